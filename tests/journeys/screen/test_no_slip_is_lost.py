"""No wrong button loses a slip: it is asked about, or kept, and goes on where it was left (F163)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of

HOME = "Hvem vil du snakke med?"
TOPICS = "Hva trenger du hjelp til?"
REVIEW = "Tema: Klage på vedtak"
TIMES = "Når passer det?"
ASKED = "Lappen er ikke sendt. Send den nå?"
NOT_SENT = "Du har en lapp som ikke er sendt."
GO_ON = "Fortsett på lappen"
WELCOME = "Her kan du be om en samtale"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as opened:
        yield opened


@pytest.fixture
def kiosk(hub: WholeHub) -> Device:
    return hub["K-C"]


async def signs_in(kiosk: Device) -> None:
    await kiosk.sign_in("C01", "2301")


async def at_topics(kiosk: Device) -> None:
    await signs_in(kiosk)
    await kiosk.press("NAV", of=HOME)
    await kiosk.shows(TOPICS)


async def at_review(kiosk: Device) -> None:
    await at_topics(kiosk)
    await kiosk.press("Klage på vedtak")
    await kiosk.shows(REVIEW)


async def at_times(kiosk: Device) -> None:
    await at_review(kiosk)
    await kiosk.press("Velg tid")
    await kiosk.shows(TIMES)


async def wished(kiosk: Device) -> str:
    """Wish for the first of the times; return what the slip says of it then."""
    await at_times(kiosk)
    page = await kiosk.shows(TIMES)
    label = page["buttons"][0][0]["text"]
    await kiosk.press(label)
    review = await kiosk.shows(REVIEW, "Tid: helst")
    return next(str(line) for line in review["text"].splitlines() if line.startswith("Tid: "))


LEFT = {"topics": (at_topics, TOPICS), "review": (at_review, REVIEW), "times": (at_times, TIMES)}


async def slips(hub: WholeHub) -> list[str | None]:
    return [row["topic"] for row in await hub.rows("SELECT topic FROM slips WHERE code >= 'FJ-116'")]


async def drafts(hub: WholeHub) -> list[str]:
    await hub.settled()
    return [row["inmate"] for row in await hub.rows("SELECT inmate FROM drafts")]


async def test_who_finishes_with_a_slip_that_is_not_sent_is_asked_and_sees_what_would_be_sent(
    kiosk: Device,
) -> None:
    when = await wished(kiosk)
    await kiosk.press("Ferdig")
    asked = await kiosk.shows(ASKED, "NAV", REVIEW, when)
    labels = words_of(asked)
    assert [each for each in ("Send den nå", "Ferdig, send senere", "Kast lappen", "Tilbake") if each in labels] == [
        "Send den nå",
        "Ferdig, send senere",
        "Kast lappen",
        "Tilbake",
    ]


async def test_sent_from_there_it_has_its_receipt(hub: WholeHub, kiosk: Device) -> None:
    await at_review(kiosk)
    await kiosk.press("Ferdig")
    await kiosk.press("Send den nå", of=ASKED)
    await kiosk.shows("Lappen er sendt", "FJ-116")
    assert await slips(hub) == ["klage"]
    await kiosk.press("Ferdig")
    await kiosk.shows(WELCOME)
    assert await drafts(hub) == []


@pytest.mark.parametrize("left", LEFT)
async def test_kept_from_there_it_waits_for_who_began_it_where_they_left_it(
    hub: WholeHub, kiosk: Device, left: str
) -> None:
    begin, words = LEFT[left]
    await begin(kiosk)
    await kiosk.press("Ferdig")
    await kiosk.press("Ferdig, send senere", of=ASKED)
    await kiosk.shows(WELCOME)
    assert await drafts(hub) == ["C01"]
    await kiosk.sign_in("C04", "2304")
    await kiosk.shows(HOME)
    assert NOT_SENT not in await kiosk.everything()
    await kiosk.press("Ferdig")
    await hub["K-A"].sign_in("C01", "2301")
    await hub["K-A"].shows(words)
    assert await drafts(hub) == []
    assert await slips(hub) == []


async def test_thrown_away_from_there_it_is_gone(hub: WholeHub, kiosk: Device) -> None:
    await at_review(kiosk)
    await kiosk.press("Ferdig")
    asked = await kiosk.press("Kast lappen", of=ASKED)
    await kiosk.shows(WELCOME)
    assert await drafts(hub) == []
    await kiosk.press_raw(asked["id"], data_of(asked, "Kast lappen")[0])
    await signs_in(kiosk)
    await kiosk.shows(HOME)
    assert NOT_SENT not in await kiosk.everything()
    assert await slips(hub) == []


@pytest.mark.parametrize("left", LEFT)
async def test_back_from_there_leads_to_where_one_was(kiosk: Device, left: str) -> None:
    begin, words = LEFT[left]
    await begin(kiosk)
    await kiosk.press("Ferdig")
    await kiosk.press("Tilbake", of=ASKED)
    await kiosk.shows(words)


async def test_who_presses_finish_once_more_has_finished_and_the_slip_is_kept(hub: WholeHub, kiosk: Device) -> None:
    await at_review(kiosk)
    await kiosk.press("Ferdig")
    asked = await kiosk.shows(ASKED)
    await kiosk.press_raw(asked["id"], "finish")
    await kiosk.shows(WELCOME)
    assert await drafts(hub) == ["C01"]


async def test_who_has_begun_nothing_is_asked_nothing(hub: WholeHub, kiosk: Device) -> None:
    await signs_in(kiosk)
    await kiosk.press("Mine samtaler")
    await kiosk.press("Ferdig")
    await kiosk.shows(WELCOME)
    assert await drafts(hub) == []


async def test_back_is_one_step_and_keeps_what_was_chosen(kiosk: Device) -> None:
    when = await wished(kiosk)
    await kiosk.press("Velg tid")
    await kiosk.press("Tilbake", of=TIMES)
    await kiosk.shows(REVIEW, when)
    await kiosk.press("Tilbake", of=REVIEW)
    topics = await kiosk.shows(TOPICS, "☑️", "Klage på vedtak")
    [chosen] = [each for each in words_of(topics).splitlines() if "☑️" in each]
    assert chosen.endswith("Klage på vedtak")
    await kiosk.press("Tilbake", of=TOPICS)
    await kiosk.shows(HOME, NOT_SENT)
    await kiosk.press(GO_ON)
    await kiosk.shows(TOPICS, "☑️", "Klage på vedtak")
    await kiosk.press("Klage på vedtak", of=TOPICS)
    await kiosk.shows(REVIEW, when)


async def test_the_same_service_chosen_again_keeps_topic_and_time(hub: WholeHub, kiosk: Device) -> None:
    when = await wished(kiosk)
    await kiosk.press("Tilbake", of=REVIEW)
    await kiosk.press("Tilbake", of=TOPICS)
    await kiosk.press("NAV", of=HOME)
    await kiosk.shows(TOPICS, "☑️", "Klage på vedtak")
    await kiosk.press("Klage på vedtak", of=TOPICS)
    await kiosk.shows(REVIEW, when)
    await kiosk.press("Send", of=REVIEW)
    await kiosk.shows("Lappen er sendt")
    assert await slips(hub) == ["klage"]


async def test_another_service_begins_anew(kiosk: Device) -> None:
    await wished(kiosk)
    await kiosk.press("Tilbake", of=REVIEW)
    await kiosk.press("Tilbake", of=TOPICS)
    await kiosk.press("Bolig", of=HOME)
    topics = await kiosk.shows(TOPICS, "Bolig")
    assert "☑️" not in words_of(topics)
    await kiosk.press("Hopp over", of=TOPICS)
    await kiosk.shows("Bolig", "Tid: første ledige")


@pytest.mark.parametrize("left", LEFT)
async def test_the_lock_keeps_it_where_it_was_left(hub: WholeHub, kiosk: Device, left: str) -> None:
    begin, words = LEFT[left]
    await begin(kiosk)
    await hub.settled()
    await hub.advance(61)
    await kiosk.shows(WELCOME)
    await signs_in(kiosk)
    await kiosk.shows(words)
    way = {"times": [REVIEW, TOPICS, HOME], "review": [TOPICS, HOME], "topics": [HOME]}[left]
    for page in way:
        await kiosk.press("Tilbake")
        await kiosk.shows(page)


async def test_the_question_left_alone_keeps_it_too(hub: WholeHub, kiosk: Device) -> None:
    await at_review(kiosk)
    await kiosk.press("Ferdig")
    await kiosk.shows(ASKED)
    await hub.settled()
    await hub.advance(40)
    await kiosk.press("Jeg trenger mer tid")
    await kiosk.shows(ASKED)
    await hub.settled()
    await hub.advance(61)
    await kiosk.shows(WELCOME)
    assert await drafts(hub) == ["C01"]
    await signs_in(kiosk)
    await kiosk.shows(REVIEW)


async def test_who_finishes_at_the_question_whether_they_are_there_is_asked_as_well(
    hub: WholeHub, kiosk: Device
) -> None:
    await at_times(kiosk)
    await hub.settled()
    await hub.advance(40)
    await kiosk.press("Ferdig", of="Er du der fortsatt?")
    await kiosk.press("Tilbake", of=ASKED)
    await kiosk.shows(TIMES)


async def test_a_wish_for_a_time_that_has_passed_meanwhile_is_none(hub: WholeHub, kiosk: Device) -> None:
    await wished(kiosk)
    await hub.settled()
    await hub.advance(40 * 24 * 3600)
    await signs_in(kiosk)
    await kiosk.shows(REVIEW, "Tid: første ledige")
