"""What is said of a talk that was untold for long, and until whose word it can still be told."""

from pathlib import Path

import pytest

from tests.hub.real_turns import demo_hub
from tests.hub.whole_hub import Message, WholeHub, whole_hub, words_of
from tests.journeys.slips.test_untold_talks import CODE, OUTCOME, at, leaves, own_page, standing

TALKED = "👍 Ja, vi snakket"
OF_THE_TALK = "Du hadde samtale torsdag 14. januar kl. 09.30.\nIngen har sagt hvordan den gikk. Vi finner ut av det."
WITH_WHOM = "Samtalen var torsdag 14. januar kl. 09.30, hos "


def labels(message: Message) -> list[str]:
    return [each["text"] for row in message["buttons"] for each in row]


async def more_time(hub: WholeHub, who: str) -> None:
    await hub[who].press("Trenger mer tid", of=CODE)
    asked = await hub[who].shows(CODE, "Når svarer du")
    await hub[who].press_raw(asked["id"], asked["buttons"][0][0]["data"])
    await hub.settled()


async def card(hub: WholeHub, who: str) -> Message:
    return await hub[who].until(lambda each: words_of(each).startswith("📋") and CODE in words_of(each), "the card")


async def test_who_waits_is_told_what_happens_on_the_fifth_working_day_and_that_happens(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(14, 11))
        page = await own_page(hub)
        assert "Har ingen sagt fra torsdag 21. januar, finner vi ut av det." in page["text"]
        await leaves(hub)
        await hub.to(at(21, 16))
        assert "Ingen har sagt hvordan samtalen gikk." in words_of(await card(hub, "SK1"))
        assert await standing(hub) == ("waiting", "sos", None)


async def test_neither_more_time_nor_a_broken_promise_takes_away_what_ends_it_truly(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(21, 15))
        await more_time(hub, "SK1")
        assert "👍 Holdt" in labels(await card(hub, "SK1"))
        assert WITH_WHOM in words_of(await card(hub, "SK1"))
        page = await own_page(hub)
        assert OF_THE_TALK in page["text"]
        assert TALKED in labels(page)
        await leaves(hub)
        await hub.to(at(29, 16))
        [row] = await hub.rows(f"SELECT broken FROM slips WHERE code = '{CODE}'")
        assert row == {"broken": 1}
        assert "👍 Holdt" in labels(await card(hub, "SK1"))
        page = await own_page(hub)
        assert OF_THE_TALK in page["text"]
        await hub["K-A"].press(TALKED)
        await hub["K-A"].shows("Samtalen ble holdt.")
        assert await hub.rows(OUTCOME) == [{"outcome": "held"}]


async def test_a_time_that_was_set_and_taken_back_leaves_it_to_be_found_out(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await mistaken(hub)
        await sets_a_time(hub, "N1", CODE)
        await hub["N1"].press("Angre", of=CODE)
        await hub["N1"].press("👍 Holdt", of=CODE)
        await hub["N1"].shows(CODE, "Samtalen ble holdt. Takk.")
        assert [row["outcome"] for row in await hub.rows(OUTCOME)] == ["held", "released"]


async def sets_a_time(hub: WholeHub, who: str, code: str) -> None:
    await hub[who].press("Sett tid", of=code)
    times = await hub[who].until(lambda each: code in words_of(each) and "'set:" in str(each), "the times")
    chosen = [each["data"] for row in times["buttons"] for each in row if each["data"].startswith("set:")]
    await hub[who].press_raw(times["id"], chosen[0])
    await hub.settled()


async def test_whoever_is_to_find_out_reads_when_the_talk_was_and_with_whom(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(21, 15))
        name = demo_hub().name_of("N1")["nb"]
        assert f"{WITH_WHOM}{name}." in words_of(await card(hub, "SK1"))


async def test_a_slip_that_was_sent_on_before_its_talk_is_not_sent_on_to_itself(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("Jeg vet ikke", of="Hvem vil du snakke med?")
        await kiosk.press("Send", of="Skal vi sende denne lappen?")
        receipt = await kiosk.shows("Lappen er sendt")
        code = receipt["text"].partition("Nummeret er ")[2].partition(".")[0]
        await leaves(hub)
        await hub["SK1"].press("Hører til andre", of=code)
        await hub["SK1"].press("NAV", of=code)
        await sets_a_time(hub, "N1", code)
        await hub.to(at(29, 16))
        assert await hub.rows(f"SELECT last FROM slips WHERE code = '{code}'") == [{"last": "break"}]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("Mine samtaler")
        page = await kiosk.shows("📋 Mine samtaler", code)
        assert "sendte lappen videre" not in page["text"]
        await kiosk.press(code, of="📋 Mine samtaler")
        page = await kiosk.until(lambda each: str(each["text"]).startswith(f"{code} · "), "the slip's own page")
        assert "sendte lappen videre" not in page["text"]


async def not_held_and_told_late(hub: WholeHub) -> Message:
    await hub.to(at(14, 11))
    await hub["N1"].press("Ble ikke noe av", of=CODE)
    await hub["N1"].press("Ville ikke nå", of=CODE)
    await hub.settled()
    await hub.to(at(31, 10))
    await hub["KB-A3"].say("/svar")
    return await hub["KB-A3"].shows("Samtalen ble ikke noe av", CODE)


async def state(hub: WholeHub) -> object:
    [row] = await hub.rows(f"SELECT state FROM slips WHERE code = '{CODE}'")
    return row["state"]


@pytest.mark.long
async def test_a_question_that_an_officer_reads_aloud_can_be_answered_for_two_weeks_from_then(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        page = await not_held_and_told_late(hub)
        assert "Du kan svare til og med søndag 14. februar." in words_of(page)
        await hub["KB-A3"].press(f"{CODE} Fortalt")
        await hub.settled()
        await hub.to(OPENS_OF_FEBRUARY.replace(day=14, hour=23, minute=50))
        assert await state(hub) == "not_held"
        await hub.to(OPENS_OF_FEBRUARY.replace(day=15, hour=9))
        assert await state(hub) == "closed"


@pytest.mark.long
async def test_a_question_that_is_read_late_at_the_screen_can_be_answered_for_as_long(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await not_held_and_told_late(hub)
        page = await own_page(hub)
        assert "Du kan svare til og med søndag 14. februar." in page["text"]
        await leaves(hub)
        await hub.to(OPENS_OF_FEBRUARY.replace(day=14, hour=23, minute=50))
        assert await state(hub) == "not_held"


async def test_a_mistaken_word_of_the_inmate_is_put_right_by_the_inmate(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await mistaken(hub)
        page = await own_page(hub)
        assert TALKED in labels(page)
        await hub["K-A"].press(TALKED)
        await hub["K-A"].shows("Samtalen ble holdt.")
        assert await hub.rows(OUTCOME) == [{"outcome": "held"}]


async def test_a_mistaken_word_of_the_inmate_is_put_right_by_the_adviser_and_the_inmate_is_told(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await mistaken(hub)
        await more_time(hub, "N1")
        await hub["N1"].press("👍 Holdt", of=CODE)
        await hub["N1"].shows(CODE, "Samtalen ble holdt. Takk.")
        await hub["KB-A3"].say("/svar")
        page = await hub["KB-A3"].shows("Du kan be om en ny samtale når du vil.", CODE)
        assert f"✅ {CODE} Fortalt" in labels(page)
        await hub["K-A"].sign_in("A07", "2107")
        await hub["K-A"].press("Mine samtaler")
        assert f"🔔 {CODE} · NAV (nytt)" in labels(await hub["K-A"].shows("📋 Mine samtaler", CODE))
        await hub["K-A"].press(CODE, of="📋 Mine samtaler")
        await hub["K-A"].until(lambda each: str(each["text"]).startswith(f"{CODE} · "), "the slip's own page")
        assert await hub.rows(f"SELECT state, news FROM slips WHERE code = '{CODE}'") == [{"state": "held", "news": 0}]


async def mistaken(hub: WholeHub) -> None:
    await hub.to(at(14, 11))
    await own_page(hub)
    await hub["K-A"].press("Samtalen ble ikke noe av")
    await hub["K-A"].shows("Det er notert.")
    await leaves(hub)
    await hub.to(at(15, 12))


OPENS_OF_FEBRUARY = at(1, 9).replace(month=2)
