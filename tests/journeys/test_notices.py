"""Notices through the whole hub: from the coordinator's desk to the screens and the staff, and one tap to a slip."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.config import Settings
from bot.demo.files import OPENS
from bot.domain.notices.notices import Notice, State, checked
from bot.domain.people import Person, Role
from bot.domain.refusals import TextMissing
from bot.jobs import CLOCK
from bot.store import chats, facts, people
from bot.store.database import Database
from bot.store.moments import to_text
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, whole_hub, words_of

NAV_IS_HERE = "📣 NAV er her torsdag 14. januar, 09.00–15.00."
GREETS = "Hei! Her kan du be om en samtale."
SENT_ALREADY = "Det finnes en åpen lapp til denne tjenesten. Ingenting er endret. Det er lapp FJ-116."
HOME = "Hvem vil du snakke med?"
OPEN = "SELECT code, inmate, state FROM slips WHERE code > 'FJ-115' ORDER BY code"
NOTICES = "SELECT id, state, revision FROM notices ORDER BY id"


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        await running.settled()
        yield running


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return OPENS.replace(day=day, hour=hour, minute=minute)


async def presses(hub: WholeHub, who: str, *labels: str) -> None:
    for label in labels:
        await hub[who].press(label)
        await hub.settled()


async def says(hub: WholeHub, who: str, *lines: str) -> None:
    for line in lines:
        await hub[who].say(line)
        await hub.settled()


async def opens_desk(hub: WholeHub, who: str = "TK1") -> None:
    await says(hub, who, "/start")
    await presses(hub, who, "📣 Oppslag")


async def begins(hub: WholeHub, style: str = "Vanlig", prison: str = "Fjordheim") -> None:
    await opens_desk(hub)
    await presses(hub, "TK1", "Nytt oppslag", prison, style)


async def publishes(hub: WholeHub, nb: str, en: str, *audience: str, style: str = "Vanlig") -> None:
    """Publish a notice that stands from now until this evening."""
    await begins(hub, style)
    await says(hub, "TK1", nb, en)
    await presses(hub, "TK1", *audience, "Videre", "Nå", "13. jan. kl. 20.00", "Heng det opp")


async def nav_is_here(hub: WholeHub, *audience: str) -> None:
    await begins(hub, "En tjeneste er her")
    await presses(hub, "TK1", "NAV", "Bruk denne teksten", "Bruk denne teksten", *audience)
    await presses(hub, "TK1", "Videre", "Nå", "14. jan. kl. 20.00", "Heng det opp")


async def newest(device: Device) -> str:
    return words_of((await device.messages())[-1])


async def at_notices(hub: WholeHub, kiosk: str, number: str, pin: str) -> Message:
    """Sign in and open the notices; return the screen."""
    await hub[kiosk].sign_in(number, pin)
    await hub[kiosk].press("📣 Oppslag", of=HOME)
    return await hub[kiosk].shows("Det henger oppe til")


# ── one tap to a slip ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_nav_is_here_thursday_and_one_tap_brings_a_receipt_and_a_card(hub: WholeHub) -> None:
    await nav_is_here(hub)
    await hub["K-A"].shows(GREETS, NAV_IS_HERE)
    screen = await at_notices(hub, "K-A", "A01", "2101")
    assert "Veilederne hos NAV kan lese lappen." in screen["text"]
    await hub["K-A"].press("🙋 Samtale: NAV")
    await hub["K-A"].shows("Lappen er sendt. Nummeret er FJ-116.", "NAV skal svare senest")
    await hub["N1"].shows("Ny samtalelapp FJ-116", "Sett tid")
    assert await hub.rows(OPEN) == [{"code": "FJ-116", "inmate": "A01", "state": "waiting"}]


async def test_pressed_twice_it_is_asked_once_and_the_receipt_stays(hub: WholeHub) -> None:
    await nav_is_here(hub)
    screen = await at_notices(hub, "K-A", "A01", "2101")
    [ask] = data_of(screen, "Samtale: NAV")
    for _ in range(2):
        await hub["K-A"].press_raw(screen["id"], ask)
    await hub.settled()
    await hub["K-A"].alerted(SENT_ALREADY)
    assert "Lappen er sendt. Nummeret er FJ-116." in await newest(hub["K-A"])
    assert len(await hub.rows(OPEN)) == 1


async def test_whoever_has_an_open_slip_there_is_shown_the_way_to_it(hub: WholeHub) -> None:
    await nav_is_here(hub)
    screen = await at_notices(hub, "K-A", "A05", "2105")
    assert "Du har allerede lappen FJ-105 der." in screen["text"]
    assert data_of(screen, "Samtale: NAV") == []
    await hub["K-A"].press("📋 Lapp FJ-105")
    await hub["K-A"].shows("FJ-105", "torsdag 14. januar")


async def test_whoever_is_not_signed_in_reads_it_and_how_to_ask(hub: WholeHub) -> None:
    await nav_is_here(hub)
    await hub["K-A"].press("📣 Oppslag")
    screen = await hub["K-A"].shows(NAV_IS_HERE, "Gå tilbake og trykk på avdelingen din")
    assert data_of(screen, "Samtale: NAV") == []
    await hub["K-A"].press_raw(screen["id"], "notice_ask:1")
    await hub.settled()
    assert await hub.rows(OPEN) == []
    await hub["K-A"].press("Tilbake")
    await hub["K-A"].shows(GREETS, NAV_IS_HERE)


async def test_somebody_of_another_unit_reads_it_there_and_cannot_ask_with_it(hub: WholeHub) -> None:
    await nav_is_here(hub, "Avdeling B", "Avdeling C")
    screen = await at_notices(hub, "K-A", "B01", "2201")
    assert NAV_IS_HERE in screen["text"]
    assert data_of(screen, "Samtale: NAV") == []
    await hub["K-A"].press_raw(screen["id"], "notice_ask:1")
    await hub["K-A"].alerted("Dette oppslaget finnes ikke lenger. Du ser det nyeste nå.")
    assert await hub.rows(OPEN) == []


async def test_pressed_after_it_was_withdrawn_it_says_so_and_is_gone(hub: WholeHub) -> None:
    await nav_is_here(hub)
    screen = await at_notices(hub, "K-A", "A01", "2101")
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Ja, ta det ned")
    await hub["K-A"].shows("Det er ingen oppslag nå.")
    await hub["K-A"].press_raw(screen["id"], "notice_ask:1")
    await hub["K-A"].alerted("Dette oppslaget finnes ikke lenger. Du ser det nyeste nå.")
    assert await hub.rows(OPEN) == []


# ── whom it reaches ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_urgent_notice_reaches_its_unit_alone_and_says_so_in_a_word(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Avdeling B", "Avdeling C")
    await publishes(hub, "Vannet er stengt", "The water is off", "Avdeling A", "Betjenter", style="❗ Viktig")
    welcome = await hub["K-A"].shows(GREETS, "❗ Viktig: Vannet er stengt", "📣 Biblioteket er stengt")
    assert welcome["text"].index("Vannet") < welcome["text"].index("Biblioteket")
    await hub["KB-A1"].shows("❗ Viktig: Vannet er stengt", "Det henger oppe til onsdag 13. januar kl. 20.00.")
    for elsewhere in ("K-B", "K-C", "K-N", "KB-B1", "KB-N1", "N1"):
        assert "Vannet" not in await hub[elsewhere].everything()


async def test_an_urgent_notice_without_a_unit_is_not_published(hub: WholeHub) -> None:
    await begins(hub, "❗ Viktig")
    await says(hub, "TK1", "Vannet er stengt", "The water is off")
    await hub["TK1"].press("Videre")
    await hub["TK1"].alerted("Ingen ville sett dette ennå. Velg minst én avdeling.")
    assert "På skjermene i hvilke avdelinger?" in await newest(hub["TK1"])


async def test_the_preview_says_how_it_looks_and_whom_it_reaches(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Avdeling B", "Betjenter", "Videre", "Nå", "13. jan. kl. 20.00")
    await hub["TK1"].shows(
        "📣 Biblioteket er stengt",
        "📣 The library is closed",
        "På skjermene i avdeling A, C. Får også beskjed: Betjenter.",
        "Det gjelder: 2 skjermer, 5 ansatte, 26 innsatte.",
    )
    assert await hub.rows(NOTICES) == []
    assert "Biblioteket" not in await hub["K-A"].everything()


async def test_each_reads_it_in_their_language(hub: WholeHub) -> None:
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE people SET language = 'en' WHERE id = 'KB-A1'")
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    await hub["KB-A2"].shows("📣 Biblioteket er stengt")
    await hub["KB-A1"].shows("📣 The library is closed", "It stands until Wednesday 13 January at 20:00.")
    await hub["K-A"].press("🇬🇧 English")
    await hub["K-A"].shows("Hi! Here you can ask for a talk.", "📣 The library is closed")


async def test_the_coordinator_sees_how_far_it_has_come(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    await presses(hub, "TK1", "📊 Framdrift")
    await hub["TK1"].shows("📣 Biblioteket er stengt", "Vist på 3 av 3 skjermer, hos 8 av 8 ansatte.")


async def test_three_stand_on_the_welcome_and_all_behind_a_page(hub: WholeHub) -> None:
    for number in range(1, 8):
        await publishes(hub, f"Melding {number}", f"Message {number}")
    welcome = await hub["K-A"].shows(GREETS, "Melding 7", "Melding 6", "Melding 5", "… og 4 til")
    assert "Melding 4" not in welcome["text"]
    await hub["K-A"].press("📣 Oppslag")
    await hub["K-A"].shows("Melding 7", "Melding 3")
    await hub["K-A"].press("Flere oppslag")
    await hub["K-A"].shows("Melding 2", "Melding 1")
    await opens_desk(hub)
    await presses(hub, "TK1", "Flere oppslag")
    assert "Melding 1" in await newest(hub["TK1"])


async def test_on_a_screen_that_somebody_uses_it_stands_at_home_and_is_counted(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].shows(HOME)
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await hub["K-A"].shows(HOME, "📣 Biblioteket er stengt")
    await presses(hub, "TK1", "📊 Framdrift")
    await hub["TK1"].shows("Vist på 3 av 3 skjermer")


# ── in place ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_corrected_text_stands_in_the_place_of_the_old_one_everywhere(hub: WholeHub) -> None:
    await publishes(hub, "Bibloteket er stengt", "The library is closed", "Betjenter")
    before = {who: (await hub[who].messages())[-1]["id"] for who in ("K-A", "KB-A1")}
    await opens_desk(hub)
    await presses(hub, "TK1", "Rett 1")
    await says(hub, "TK1", "Biblioteket er stengt")
    await presses(hub, "TK1", "Som før", "Rett det")
    await hub["K-A"].shows(GREETS, "📣 Biblioteket er stengt")
    await hub["KB-A1"].shows("📣 Biblioteket er stengt")
    for who, number in before.items():
        assert (await hub[who].messages())[-1]["id"] == number
        assert "Bibloteket" not in await hub[who].everything()
    assert await hub.rows(NOTICES) == [{"id": 1, "state": "published", "revision": 1}]


async def test_a_withdrawn_notice_leaves_the_screens_at_once_and_is_said_to_be_over(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    message = (await hub["KB-A1"].messages())[-1]["id"]
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Nei, behold den", "Ta ned 1")
    assert "Biblioteket" in await hub["K-A"].everything()
    await presses(hub, "TK1", "Ja, ta det ned")
    for kiosk in ("K-A", "K-B", "K-C"):
        assert "Biblioteket" not in await hub[kiosk].everything()
        assert "📣 Oppslag" not in await hub[kiosk].everything()
    assert (await hub["KB-A1"].messages())[-1]["id"] == message
    assert await newest(hub["KB-A1"]) == "Dette oppslaget gjelder ikke lenger."
    await hub["TK1"].shows("Ingen oppslag henger oppe, og ingen kommer.")
    assert await hub.audit("notice:1") == [
        ("TK1", "notice_published", "notice:1", "done"),
        ("TK1", "broadcast", "notice:1", "done"),
        ("TK1", "notice_withdrawn", "notice:1", "done"),
        ("TK1", "broadcast_stop", "notice:1", "done"),
    ]


async def test_who_was_never_told_of_a_notice_is_not_told_that_it_is_over(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    assert hub.running.house is not None
    await hub.running.house.open_chat(901, "KB-A1 at home", "staff")
    async with hub.running.database.transaction() as tx:
        await chats.link_person(tx, "house", 901, "KB-A1")
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Ja, ta det ned")
    await hub["KB-A1"].shows("Dette oppslaget gjelder ikke lenger.")
    assert await Device(hub.http, 901).messages() == []


async def test_at_night_what_ended_long_ago_is_deleted(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await publishes(hub, "Gymsalen er stengt", "The gym is closed")
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE notices SET ends = '2026-10-01T19:00:00.000000+00:00' WHERE id = 1")
    await hub.to(at(14, 4, 30))
    assert [row["id"] for row in await hub.rows(NOTICES)] == [2]


async def test_withdrawing_twice_withdraws_once(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1")
    page = (await hub["TK1"].messages())[-1]
    [yes] = data_of(page, "Ja, ta det ned")
    for _ in range(2):
        await hub["TK1"].press_raw(page["id"], yes)
    await hub.settled()
    assert await hub.rows(NOTICES) == [{"id": 1, "state": "withdrawn", "revision": 1}]


async def test_publishing_twice_publishes_once(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Videre", "Nå", "13. jan. kl. 20.00")
    page = (await hub["TK1"].messages())[-1]
    [publish] = data_of(page, "Heng det opp")
    for _ in range(2):
        await hub["TK1"].press_raw(page["id"], publish)
    await hub.settled()
    assert await hub.rows(NOTICES) == [{"id": 1, "state": "published", "revision": 0}]


# ── by the clock ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def comes_tomorrow(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Gymsalen er stengt", "The gym is closed")
    await presses(hub, "TK1", "Betjenter", "Videre")
    await says(hub, "TK1", "14.1.")
    await presses(hub, "TK1", "14. jan. kl. 20.00", "Heng det opp")
    await hub["TK1"].shows("Oppslaget er lagret. Det kommer opp av seg selv.")


async def test_it_appears_and_ends_by_itself(hub: WholeHub) -> None:
    await comes_tomorrow(hub)
    await hub["TK1"].shows(
        "📣 Oppslag", "Det henger oppe fra tor. 14. jan. kl. 07.30 til tor. 14. jan. kl. 20.00.", "Rett 1"
    )
    assert "Gymsalen" not in await hub["K-A"].everything() + await hub["KB-A1"].everything()
    await hub.to(at(14, 7, 29))
    assert "Gymsalen" not in await hub["K-A"].everything() + await hub["KB-A1"].everything()
    await hub.to(at(14, 7, 30))
    await hub["K-A"].shows(GREETS, "📣 Gymsalen er stengt")
    await hub["KB-A1"].shows("📣 Gymsalen er stengt", "Det henger oppe til torsdag 14. januar kl. 20.00.")
    await hub["TK1"].shows("📣 Oppslag", "Det henger oppe til torsdag", "📊 Framdrift 1")
    await hub.to(at(14, 20))
    assert "Gymsalen" not in await hub["K-A"].everything() + await hub["KB-A1"].everything()
    await hub["KB-A1"].shows("Dette oppslaget gjelder ikke lenger.")
    await hub["TK1"].shows("Ingen oppslag henger oppe, og ingen kommer.")


async def sleeps_until(data: Path, moment: datetime) -> None:
    """Let the hub of a folder open again at a later moment."""
    async with await Database.open(Settings(data=data).database) as database, database.transaction() as tx:
        await facts.put(tx, CLOCK, to_text(moment))


@pytest.mark.parametrize(("opens", "seen"), [(at(14, 12), True), (at(15, 12), False)])
async def test_after_an_outage_only_what_is_not_over_is_told(tmp_path: Path, opens: datetime, seen: bool) -> None:
    async with whole_hub(tmp_path / "data") as hub:
        await hub.settled()
        await comes_tomorrow(hub)
    await sleeps_until(tmp_path / "data", opens)
    async with whole_hub(tmp_path / "data") as hub:
        await hub.advance(2)
        assert ("📣 Gymsalen er stengt" in await hub["K-A"].everything()) is seen
        assert ("📣 Gymsalen er stengt" in await hub["KB-A1"].everything()) is seen
        assert "gjelder ikke lenger" not in await hub["KB-A1"].everything()


@pytest.mark.parametrize(("opens", "said"), [(at(14, 12), True), (at(15, 12), False)])
async def test_what_ended_during_an_outage_is_gone_after_it_and_said_to_be_over_for_a_day(
    tmp_path: Path, opens: datetime, said: bool
) -> None:
    async with whole_hub(tmp_path / "data") as hub:
        await hub.settled()
        await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
        await hub["KB-A1"].shows("📣 Biblioteket er stengt")
    await sleeps_until(tmp_path / "data", opens)
    async with whole_hub(tmp_path / "data") as hub:
        await hub.advance(2)
        assert ("Dette oppslaget gjelder ikke lenger." in await hub["KB-A1"].everything()) is said
        assert "Biblioteket" not in await hub["K-A"].everything() + await hub["KB-A1"].everything()


async def test_a_notice_that_was_to_come_and_is_withdrawn_never_appears(hub: WholeHub) -> None:
    await comes_tomorrow(hub)
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Ja, ta det ned")
    await hub.to(at(14, 12))
    assert "Gymsalen" not in await hub["K-A"].everything() + await hub["KB-A1"].everything()
    assert "gjelder ikke lenger" not in await hub["KB-A1"].everything()


# ── two coordinators, and odd input ───────────────────────────────────────────────────────────────────────────────────


@pytest_asyncio.fixture
async def colleague(hub: WholeHub) -> Device:
    """A second coordinator, of one prison."""
    assert hub.running.house is not None
    await hub.running.house.open_chat(900, "TK2", "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, Person("TK2", Role.COORDINATOR, "Koordinator TK2", "nb", units=frozenset("ABC")))
        await chats.link_person(tx, "house", 900, "TK2")
    hub.devices["TK2"] = Device(hub.http, 900)
    return hub["TK2"]


async def test_two_coordinators_correct_at_once_and_neither_text_is_lost(hub: WholeHub, colleague: Device) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    for who in ("TK1", "TK2"):
        await opens_desk(hub, who)
        await presses(hub, who, "Rett 1")
        await says(hub, who, f"Biblioteket er stengt, sier {who}")
        await presses(hub, who, "Som før")
    await presses(hub, "TK2", "Rett det")
    await presses(hub, "TK1", "Rett det")
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["K-A"].shows("Biblioteket er stengt, sier TK2")
    await hub["TK1"].shows(
        "📣 Biblioteket er stengt, sier TK1",
        "Noen andre har endret det i mellomtida. Nå står det: Biblioteket er stengt, sier TK2",
    )
    await presses(hub, "TK1", "Rett det")
    await hub["K-A"].shows("Biblioteket er stengt, sier TK1")


async def test_what_one_coordinator_does_the_other_sees_at_once(hub: WholeHub, colleague: Device) -> None:
    await opens_desk(hub, "TK2")
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await colleague.shows("📣 Oppslag", "1 · 📣 Biblioteket er stengt")
    await presses(hub, "TK2", "Ta ned 1", "Ja, ta det ned")
    await hub["TK1"].shows("Ingen oppslag henger oppe, og ingen kommer.")


async def test_whoever_serves_one_prison_is_not_asked_which(hub: WholeHub, colleague: Device) -> None:
    await opens_desk(hub, "TK2")
    await presses(hub, "TK2", "Nytt oppslag")
    assert "Hva slags oppslag er det?" in await newest(colleague)


async def test_a_text_that_is_too_long_is_told_at_once_and_nothing_is_lost(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "x" * 200)
    await hub["TK1"].shows("Det er 40 bokstaver for langt for en skjerm.", "Skriv teksten på dette språket: engelsk.")
    assert "x" * 200 in await hub["TK1"].everything()
    await says(hub, "TK1", "x" * 160)
    await presses(hub, "TK1", "Videre", "Nå", "13. jan. kl. 20.00")
    await hub["TK1"].shows("📣 Biblioteket er stengt", "📣 " + "x" * 160)


async def test_a_typed_text_becomes_one_line(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket\n er   stengt", "The library is closed")
    await hub["K-A"].shows("📣 Biblioteket er stengt")


async def test_a_text_missing_in_one_language_is_never_published(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt")
    page = (await hub["TK1"].messages())[-1]
    [back] = data_of(page, "Tilbake")
    await hub["TK1"].press_raw(page["id"], f"notice_done:{back.partition(':')[2]}:0")
    await hub.settled()
    assert await hub.rows(NOTICES) == []
    assert "Skriv teksten på dette språket: engelsk." in await newest(hub["TK1"])
    now = hub.running.turns.clock.now()
    half = Notice(1, "FJ", State.PUBLISHED, 0, {"nb": "Hei"}, ("A",), (), now, now + timedelta(hours=1), "TK1", now)
    with pytest.raises(TextMissing, match="en"):
        checked(half, hub.running.turns.hub, now)


async def test_an_end_in_the_past_and_a_beginning_in_the_past_are_told_at_once(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Videre")
    await says(hub, "TK1", "12.1.")
    await hub["TK1"].shows("Denne tiden har vært. Velg en senere.")
    await says(hub, "TK1", "20.1.", "19.1.")
    await hub["TK1"].shows("Oppslaget ville vært over allerede. Velg en senere slutt.")
    await says(hub, "TK1", "i morgen")
    await hub["TK1"].shows("Det forsto jeg ikke.")
    await says(hub, "TK1", "21.1.")
    await hub["TK1"].shows("Det henger oppe fra ons. 20. jan. kl. 07.30 til tor. 21. jan. kl. 20.00.")


async def test_published_too_late_it_is_told_and_the_draft_is_kept(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Videre", "Nå", "13. jan. kl. 20.00")
    await hub.to(at(13, 20, 1))
    await presses(hub, "TK1", "Heng det opp")
    await hub["TK1"].alerted("Oppslaget ville vært over allerede. Velg en senere slutt.")
    await presses(hub, "TK1", "Tilbake", "14. jan. kl. 20.00", "Heng det opp")
    await hub["K-A"].shows("📣 Biblioteket er stengt")


# ── what is here ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_here_tells_of_this_screens_prison_alone(hub: WholeHub) -> None:
    for kiosk, here, elsewhere in (("K-A", "Servicetorget 1", "Nordvik"), ("K-N", "Møterommet på Nordvik", "Service")):
        await hub[kiosk].press("Hva finnes her?")
        screen = await hub[kiosk].shows("I dag og de neste dagene:", here)
        assert elsewhere not in screen["text"]
