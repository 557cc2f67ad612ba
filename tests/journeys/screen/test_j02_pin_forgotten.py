"""J2: a forgotten PIN; the officer gives a one-time code, and nobody but its owner ever knows the new PIN."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.demo.files import OPENS
from bot.domain.refusals import OutsideScope
from bot.usecases.inmates import pins
from tests.hub.real_turns import all_at_once, real_turns
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, whole_hub
from tests.usecases.test_races import outcomes

NEW, OTHER = "7391", "8264"
A17, OLD = "A17", "2117"
WRONG = "9999"
WELCOME = "Her kan du be om en samtale"
PAUSE = "Du kan prøve igjen her om"
NO_MATCH = "Nummer og kode stemte ikke"


async def ask_for_code(hub: WholeHub, officer: Device, inmate: str = A17) -> Message:
    await officer.say("/start")
    await hub.settled()
    await officer.press("Hjelp med kode")
    await officer.press(inmate, of="Hvem trenger en ny kode?")
    return await officer.press("Ja, gi en kode", of=f"Har du selv sett {inmate}?")


async def a_code(hub: WholeHub, who: str = "KB-A2", inmate: str = A17, digits: int = 4) -> str:
    officer = hub[who]
    await ask_for_code(hub, officer, inmate)
    message = await officer.shows(f"Kode til {inmate}: ")
    found = re.search(rf"Kode til {inmate}: (\d{{{digits}}})\n", message["text"])
    assert found
    return found[1]


async def enter(kiosk: Device, digits: str, dots: str = "Kode: ○○○○") -> None:
    """Press four digits of a PIN that is being made and see nothing but dots; the pad of the sign-in is another one."""
    pad = await kiosk.until(lambda each: dots in each["text"] and "Nummer:" not in each["text"], dots)
    for digit in digits:
        await kiosk.press_raw(pad["id"], data_of(pad, digit)[0])


async def make_pin(kiosk: Device, first: str = NEW, second: str = NEW) -> None:
    await kiosk.shows("Lag din egen kode (4 sifre)", "Kode: ○○○○")
    await enter(kiosk, first)
    await kiosk.shows("Trykk den nye koden en gang til", "Kode: ○○○○")
    await enter(kiosk, second)


async def wrong_until_pause(kiosk: Device, number: str = A17) -> None:
    for _ in range(2):
        await kiosk.sign_in(number, WRONG)
        await kiosk.press("Tilbake", of=NO_MATCH)
    await kiosk.sign_in(number, WRONG)
    await kiosk.shows(PAUSE)


async def pin_of(hub: WholeHub, number: str = A17) -> str:
    return str((await hub.rows("SELECT pin FROM inmates WHERE id = :number", number=number))[0]["pin"])


async def codes(hub: WholeHub) -> list[tuple[str, int]]:
    await hub.settled()
    return [(row["inmate"], row["wrong"]) for row in await hub.rows("SELECT inmate, wrong FROM pin_codes")]


async def shown_code(officer: Device) -> bool:
    return "Kode til" in await officer.everything()


@asynccontextmanager
async def watched(hub: WholeHub) -> AsyncIterator[list[str]]:
    """Collect every text and button that any chat ever shows, also for a moment."""
    texts: list[str] = []
    assert hub.running.house is not None
    async with hub.running.house.subscribe() as reader:

        async def watch() -> None:
            async for event in reader:
                told = event.data.get("message", {}).get("text") or event.data.get("alert")
                texts.append(str(told))

        watching = asyncio.create_task(watch())
        yield texts
        await hub.settled()
        watching.cancel()
        await asyncio.wait({watching})


async def test_j02_the_right_code_forgets_the_wrong_ones_before_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        for _ in range(2):
            await kiosk.sign_in(A17, WRONG)
            await kiosk.press("Tilbake", of=NO_MATCH)
        await hub.until_rows("SELECT number, wrong FROM pin_tries", [{"number": A17, "wrong": 2}])
        await kiosk.sign_in(A17, OLD)
        await kiosk.shows("Hvem vil du snakke med?")
        assert await hub.rows("SELECT * FROM pin_tries") == []


async def test_j02_during_the_pause_the_code_opens_the_way_to_a_pin_of_ones_own(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, officer = hub["K-A"], hub["KB-A2"]
        await wrong_until_pause(kiosk)
        for who in ("KB-A1", "KB-A2", "KB-A3"):
            await hub[who].shows("Skjermen K-A: en kode tar en pause til kl. 10.01.", "Noen kan trenge hjelp.")
        assert "Skjermen K-A" not in await hub["KB-B1"].everything()
        before = await pin_of(hub)
        code = await a_code(hub)
        await kiosk.press("Tilbake", of=PAUSE)
        await kiosk.sign_in(A17, code)
        await kiosk.shows("Lag din egen kode (4 sifre)", "Bare du kjenner koden.")
        await hub.settled()
        assert not await shown_code(officer)
        assert await codes(hub) == []
        await make_pin(kiosk)
        await kiosk.shows("Hvem vil du snakke med?")
        assert await pin_of(hub) != before
        assert await hub.rows("SELECT * FROM pin_tries") == []
        await kiosk.press("Ferdig")
        await kiosk.sign_in(A17, OLD)
        await kiosk.shows(NO_MATCH)
        await kiosk.press("Tilbake")
        await kiosk.sign_in(A17, NEW)
        await kiosk.shows("Hvem vil du snakke med?")
        done = [(who, what, how) for who, what, _, how in await hub.audit(A17)]
        assert done == [
            *[("K-A", "sign_in", "wrong_pin")] * 3,
            ("KB-A2", "pin_code", "done"),
            ("K-A", "pin_code_used", "done"),
            ("A17@K-A", "sign_in", "done"),
            ("A17@K-A", "change_pin", "done"),
            ("K-A", "sign_in", "wrong_pin"),
            ("A17@K-A", "sign_in", "done"),
        ]


async def test_j02_neither_pin_is_ever_shown_logged_or_kept(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        async with watched(hub) as texts:
            code = await a_code(hub)
            await kiosk.sign_in(A17, code)
            await make_pin(kiosk, NEW, OTHER)
            await kiosk.shows("De to var ikke like.", "Kode: ○○○○")
            await make_pin_again(kiosk)
            await kiosk.shows("Hvem vil du snakke med?")
            await kiosk.press("Ferdig")
            await kiosk.shows(WELCOME)
            await hub.settled()
        besides = [text.replace(f"Kode til {A17}: {code}", "") for text in texts]
        pins_told = [text for text in besides if re.search(rf"(?<!\d)({NEW}|{OTHER}|{OLD})(?!\d)", text)]
        assert pins_told == []
        assert len([text for text in texts if code in text]) == 1, "the officer's message alone"
        assert any("●●" in text for text in texts)
        kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        told = re.compile(rf"(?<![0-9A-Za-z+/=_-])({NEW}|{OTHER}|{OLD}|{code})(?![0-9A-Za-z+/=_-])".encode())
        values = str([await hub.rows(f"SELECT * FROM {table}") for table in await hub.domain()])  # every row as text
        assert re.findall(rf"(?<![0-9A-Za-z+/=_.-])({NEW}|{OTHER}|{OLD}|{code})(?![0-9A-Za-z+/=_-])", values) == []
        assert {found.decode() for found in told.findall(kept)} - {code} == set()
        messages = await hub.rows("SELECT text FROM messages WHERE text LIKE '%Kode til%'")
        assert messages == []


async def make_pin_again(kiosk: Device) -> None:
    await enter(kiosk, NEW[:2])
    await enter(kiosk, NEW[2:], dots="Kode: ●●○○")
    await kiosk.shows("Trykk den nye koden en gang til", "Kode: ○○○○")
    await enter(kiosk, NEW)


async def test_j02_leaving_in_the_middle_keeps_the_old_pin_and_spends_the_code(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        before, code = await pin_of(hub), await a_code(hub)
        await kiosk.sign_in(A17, code)
        pad = await kiosk.shows("Lag din egen kode")
        for forged in ("home", "mine", "ask:nav"):
            await kiosk.press_raw(pad["id"], forged)
            await kiosk.alerted("Skjermen ble låst. Du kan starte på nytt.")
        await hub.settled()
        assert await hub.rows("SELECT inmate FROM kiosk_sessions WHERE kiosk = 'K-A'") == [{"inmate": None}]
        await enter(kiosk, "73")
        await hub.settled()
        await hub.advance(61)
        await kiosk.shows(WELCOME)
        assert await pin_of(hub) == before
        await kiosk.sign_in(A17, code)
        await kiosk.shows(NO_MATCH)
        await kiosk.press("Tilbake")
        await kiosk.sign_in(A17, OLD)
        await kiosk.shows("Hvem vil du snakke med?")


async def test_j02_the_one_time_code_itself_is_no_pin(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        code = await a_code(hub)
        await kiosk.sign_in(A17, code)
        await enter(kiosk, code)
        await kiosk.shows("Andre kan kjenne denne koden. Lag en annen (4 sifre)", "Kode: ○○○○")
        await make_pin_again(kiosk)
        await kiosk.shows("Hvem vil du snakke med?")


async def test_j02_the_code_lives_five_minutes_and_its_message_no_longer(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await a_code(hub)
        await hub["KB-A2"].shows("Den virker én gang, til kl. 10.05.")
        await hub.to(OPENS + timedelta(minutes=6))
        assert not await shown_code(hub["KB-A2"])
        assert await codes(hub) == []
        await hub["K-A"].sign_in(A17, code)
        await hub["K-A"].shows(NO_MATCH)


async def test_j02_the_officer_takes_the_message_away_and_the_code_stays_good(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await a_code(hub)
        await hub["KB-A2"].press("Ta bort")
        await hub.settled()
        assert not await shown_code(hub["KB-A2"])
        await hub["K-A"].sign_in(A17, code)
        await hub["K-A"].shows("Lag din egen kode")


async def test_j02_three_wrong_tries_end_the_code_wherever_they_are_made(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await a_code(hub)
        wrong = "1111" if code != "1111" else "2222"
        for kiosk in ("K-A", "K-B", "K-C"):
            await hub[kiosk].sign_in(A17, wrong)
            await hub[kiosk].shows(NO_MATCH)
            await hub[kiosk].press("Tilbake")
        await hub.advance(1)
        assert not await shown_code(hub["KB-A2"])
        assert await codes(hub) == []
        await hub["K-A"].sign_in(A17, code)
        await hub["K-A"].shows(NO_MATCH)


async def test_j02_the_code_of_one_is_not_that_of_another(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await a_code(hub)
        await hub["K-A"].sign_in("A14", code)
        await hub["K-A"].shows(NO_MATCH)
        assert await codes(hub) == [(A17, 0)]


async def test_j02_a_new_code_ends_the_one_before_and_two_presses_make_one(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = hub["KB-A2"]
        first = await a_code(hub)
        await hub.settled()
        asked = await ask_for_code(hub, officer)
        await officer.press_raw(asked["id"], data_of(asked, "Ja, gi en kode")[0])
        await hub.settled()
        assert await codes(hub) == [(A17, 0)]
        issued = [line for line in await hub.audit(A17) if line[1] == "pin_code"]
        assert len(issued) == 2, "one for each question, however often it was pressed"
        second = await officer.shows("Kode til A17: ")
        assert len([each for each in await officer.messages() if "Kode til" in each["text"]]) == 1
        if first not in second["text"]:
            await hub["K-A"].sign_in(A17, first)
            await hub["K-A"].shows(NO_MATCH)


async def test_j02_an_officer_gives_no_code_to_inmates_of_others(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = hub["KB-A1"]
        await officer.say("/start")
        await hub.settled()
        await officer.press("Hjelp med kode")
        page = await officer.shows("Hvem trenger en ny kode?")
        assert A17 not in page["text"] + str(page["buttons"])
        await officer.press_raw(page["id"], f"pin_for:{A17}")
        await officer.alerted("En annen følger opp denne personen. Ingenting er endret.")
        assert await codes(hub) == []


async def test_j02_the_next_pause_changes_the_message_in_place(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, officer = hub["K-A"], hub["KB-A2"]
        await wrong_until_pause(kiosk)
        await officer.shows("en kode tar en pause til kl. 10.01.")
        await kiosk.press("Tilbake")
        await hub.advance(61)
        await kiosk.sign_in(A17, WRONG)
        await kiosk.shows(PAUSE)
        await officer.shows("en kode tar en pause til kl. 10.06.")
        told = [each["text"] for each in await officer.messages() if "Skjermen K-A" in (each["text"] or "")]
        assert len(told) == 1
        assert A17 not in told[0]


async def test_j02_a_code_pressed_at_two_screens_at_once_opens_one(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await a_code(hub)
        await asyncio.gather(hub["K-A"].sign_in(A17, code), hub["K-C"].sign_in(A17, code))
        await hub.settled()
        seen = [await hub[kiosk].everything() for kiosk in ("K-A", "K-C")]
        assert sorted("Lag din egen kode" in text for text in seen) == [False, True]


async def test_the_first_code_of_a_newcomer_is_the_coordinators_and_lives_fourteen_days(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:

        async def first_code(person: str, number: str) -> str:
            async with hub.as_adviser(person) as turn:
                await pins.first_code(turn, number)
                return "made"

        for person, number in (("KB-B1", "B01"), ("SK1", "B01"), ("TK1", "Z01")):
            assert outcomes(await all_at_once(first_code(person, number))) == {OutsideScope: 1}
        assert await first_code("TK1", "B01") == "made"
        rows = await hub.rows("SELECT inmate, expires, made_by, length(stamp) AS n FROM pin_codes")
        ends = (hub.clock.now() + timedelta(days=14)).isoformat(timespec="microseconds")
        assert rows == [{"inmate": "B01", "expires": ends, "made_by": "TK1", "n": 43}]
