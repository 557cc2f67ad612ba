"""J2: a wrong code says how many tries are left, of any number; and a forgotten one what to do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import subjects
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of

WRONG = "Nummer og kode stemte ikke."
TWO, ONE = "Du har 2 forsøk igjen før en pause.", "Du har 1 forsøk igjen før en pause."
BREAK = "Du kan prøve igjen her om"
FORGOTTEN = "Husker du ikke koden?"
WELCOME = "Her kan du be om en samtale"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as opened:
        yield opened


async def tries(kiosk: Device, number: str) -> list[str]:
    """Enter three wrong codes; return what stands there after each."""
    said = []
    for words in (TWO, ONE, BREAK):
        await kiosk.sign_in(number, "0000")
        said.append(words_of(await kiosk.shows(words)))
        await kiosk.press("Tilbake")
        await kiosk.shows(WELCOME)
    return said


async def test_tries_left_are_told_alike_whether_there_is_such_a_number_or_not(hub: WholeHub) -> None:
    there, nobody = await tries(hub["K-A"], "A01"), await tries(hub["K-A"], "A99")
    assert there == nobody
    assert [WRONG in each for each in there] == [True, True, False]


async def test_what_is_left_is_counted_of_this_number_at_this_screen(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "0000")
    await hub["K-A"].shows(WRONG, TWO)
    await hub["K-B"].sign_in("A01", "0000")
    await hub["K-B"].shows(WRONG, TWO)
    await hub["K-A"].press("Tilbake")
    await hub["K-A"].sign_in("A02", "0000")
    await hub["K-A"].shows(WRONG, TWO)


async def test_the_page_can_be_written_anew_and_in_another_language(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "0000")
    page = await kiosk.shows(WRONG, TWO)
    await hub.settled()
    async with hub.running.turns.begin() as turn:
        turn.touch(subjects.HUB)
    await hub.settled()
    assert words_of(await kiosk.shows(WRONG)) == words_of(page)
    await kiosk.press_raw(page["id"], "language:en")
    await kiosk.shows("Number and code did not match.", "You have 2 tries left before a break.")
    await hub.settled()
    await hub.advance(40)
    await kiosk.press("I need more time")
    await kiosk.shows("Number and code did not match.", "You have 2 tries left before a break.")


async def test_a_break_that_is_over_lets_one_try_again(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await tries(kiosk, "A01")
    await kiosk.sign_in("A01", "0000")
    paused = await kiosk.shows(BREAK)
    assert data_of(paused, "Prøv igjen") == []
    await hub.settled()
    await hub.advance(40)
    await kiosk.press("Jeg trenger mer tid")
    await kiosk.shows(BREAK)
    await hub.settled()
    await hub.advance(40)
    await kiosk.press("Jeg trenger mer tid")
    await kiosk.press("Prøv igjen")
    await kiosk.shows("Nummer: A○○")


async def test_the_number_that_was_wrong_stands_in_no_row_of_the_screen(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "0000")
    await hub["K-A"].shows(WRONG)
    await hub.settled()
    [session] = await hub.rows("SELECT view, trail FROM kiosk_sessions WHERE kiosk = 'K-A'")
    assert session == {"view": "not_signed_in:A:2:", "trail": "welcome"}


async def test_who_has_forgotten_their_code_reads_what_to_do_and_goes_back_to_the_pad(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.press("Avdeling A")
    pad = await kiosk.shows("Nummer: A○○")
    for digit in "01":
        await kiosk.press_raw(pad["id"], data_of(pad, digit)[0])
    await kiosk.shows("Nummer: A01", "Kode: ○○○○")
    await kiosk.press("Glemt koden?")
    page = await kiosk.shows(FORGOTTEN, "Spør en betjent.", "engangskode", "papirlapp")
    assert "A01" not in words_of(page)
    await kiosk.press("Tilbake", of=FORGOTTEN)
    await kiosk.shows("Nummer: A01", "Kode: ○○○○")
    await kiosk.press("Tilbake")
    await kiosk.shows(WELCOME)
    await hub.settled()
    assert hub.running.turns.pads == {}


async def test_a_wrong_present_code_says_how_many_tries_are_left_and_back_is_one_step(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("Mine samtaler")
    mine = await kiosk.shows("📋 Mine samtaler")
    await kiosk.press_raw(mine["id"], "new_pin")
    pad = await kiosk.shows("Trykk koden du har nå")
    for _ in range(4):
        await kiosk.press_raw(pad["id"], data_of(pad, "0")[0])
    await kiosk.shows("Det var ikke koden du har nå.", TWO)
    await kiosk.press("Tilbake")
    await kiosk.shows("📋 Mine samtaler")


async def test_who_stops_making_a_code_goes_one_step_back_and_is_told_that_nothing_was_changed(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("Mine samtaler")
    mine = await kiosk.shows("📋 Mine samtaler")
    await kiosk.press_raw(mine["id"], "new_pin")
    await enters(kiosk, "Trykk koden du har nå", "2101")
    await enters(kiosk, "Lag din egen kode", "7391")
    await kiosk.shows("Trykk den nye koden en gang til")
    await kiosk.press("Tilbake")
    await kiosk.shows("Lag din egen kode", "Kode: ○○○○")
    await kiosk.press("Tilbake")
    await kiosk.shows("📋 Mine samtaler")
    await kiosk.alerted("Ingenting er endret. Du har den samme koden som før.")
    assert hub.running.turns.pads == {}


async def enters(kiosk: Device, words: str, digits: str) -> None:
    pad = await kiosk.shows(words)
    for digit in digits:
        await kiosk.press_raw(pad["id"], data_of(pad, digit)[0])
