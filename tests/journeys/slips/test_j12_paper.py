"""J12, the paper part: paper slips are typed in one after the other, and count from when they were written."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.files import OPENS
from bot.domain.refusals import PaperTyped, SlipThereAlready
from bot.domain.slips.slips import Source
from bot.store import people as rows_of_people
from bot.store import slips as rows_of_slips
from bot.usecases.chat import flows
from bot.usecases.slips import drafts, paper_slips
from handlers.slips.paper_slips import FLOW
from tests.hub.real_turns import RealTurns, all_at_once, real_turns
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, whole_hub
from tests.journeys.slips.test_j14_on_behalf import SILENT_ALREADY, sends_in_silence, with_debts_in_silence
from tests.usecases.test_races import outcomes

SLIPS = (
    "SELECT code, inmate, topic, sent_at, answer_by, source, paper, written_by FROM slips WHERE code > 'FJ-115'"
    " ORDER BY code"
)
NUMBER, WHEN, WHOSE, WHOM, WHAT = (
    "Hvilket nummer står på",
    "Når ble den skrevet?",
    "Hvem har skrevet den?",
    "Hvem er den til?",
    "Knappen sender lappen.",
)


async def start(hub: WholeHub, who: str = "KB-A1") -> Device:
    """Begin to type in papers; a button can be pressed when the hub knows that it is there."""
    await hub[who].say("/start")
    await hub.settled()
    await hub[who].press("Papirlapper")
    await hub[who].shows(NUMBER)
    return hub[who]


async def type_line(device: Device, text: str, *seen: str) -> Message:
    await device.say(text)
    return await device.shows(*seen)


async def choose(device: Device, inmate: str, service: str, topic: str) -> None:
    await device.press(inmate, of=WHOSE)
    await device.press(service, of=WHOM)
    await device.press(topic, of=WHAT)


async def new_slips(hub: WholeHub) -> list[dict[str, Any]]:
    await hub.settled()
    return await hub.rows(SLIPS)


async def typed_lines(device: Device) -> list[str]:
    return [message["text"] for message in await device.messages() if message["sender"] != "bot"]


async def test_j12_two_papers_in_a_row_with_their_own_time_and_the_day_kept(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await type_line(officer, "fj-p1", "Papirlapp FJ-P001", WHEN)
        await type_line(officer, "i går 17.30", "Skrevet tirsdag 12. januar kl. 17.30", WHOSE)
        await choose(officer, "A01 Furu", "NAV", "Klage på vedtak")
        page = await officer.shows("A01: papirlappen er lapp FJ-116 nå.", "neste papirlapp")
        assert page["text"] == (
            "✅ A01: papirlappen er lapp FJ-116 nå.\n"
            "Svar senest tirsdag 19. januar.\n"
            "📄 Hvilket nummer står på neste papirlapp?\n"
            "Skriv det her, slik: FJ-P001"
        )
        await type_line(officer, "2", "Papirlapp FJ-P002", WHEN, "tir. 12. jan. kl. 17.30")
        await type_line(officer, "18.15", "Skrevet tirsdag 12. januar kl. 18.15", WHOSE)
        await choose(officer, "A02 Gran", "NAV", "Send uten tema")
        await officer.shows("A02: papirlappen er lapp FJ-117 nå.")
        assert await new_slips(hub) == [
            {
                "code": "FJ-116",
                "inmate": "A01",
                "topic": "klage",
                "sent_at": "2027-01-12T16:30:00.000000+00:00",
                "answer_by": "2027-01-19T14:00:00.000000+00:00",
                "source": "paper",
                "paper": "FJ-P001",
                "written_by": "KB-A1",
            },
            {
                "code": "FJ-117",
                "inmate": "A02",
                "topic": None,
                "sent_at": "2027-01-12T17:15:00.000000+00:00",
                "answer_by": "2027-01-19T14:00:00.000000+00:00",
                "source": "paper",
                "paper": "FJ-P002",
                "written_by": "KB-A1",
            },
        ]
        assert await typed_lines(officer) == []
        assert await hub.audit("FJ-116") == [("KB-A1", "send", "FJ-116", "paper")]
        card = await hub["N1"].shows("FJ-116", "Tema: Klage på vedtak")
        assert "Fra en papirlapp fra tirsdag 12. januar." in card["text"]
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press("FJ-116", of="📋 Mine samtaler")
        await hub["K-A"].shows("Kontaktbetjent KB-A1 skrev inn papirlappen din fra tirsdag 12. januar.")


async def test_j12_the_place_in_line_is_the_papers(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].sign_in("A03", "2103")
        assert await hub["K-A"].send_slip("NAV") == "FJ-116"
        await start(hub, "KB-A1")
        await hub["KB-A1"].press("Uten nummer")
        await hub["KB-A1"].press("I går", of=WHEN)
        await choose(hub["KB-A1"], "A01 Furu", "NAV", "Send uten tema")
        await hub["KB-A1"].shows("FJ-117")
        await hub["N1"].say("/lapper")
        await hub["N1"].shows("3 lapper venter på deg")
        await hub.settled()
        newest = [each["text"] for each in (await hub["N1"].messages())[-3:]]
        assert [re.findall(r"FJ-\d+", text)[0] for text in newest] == ["FJ-110", "FJ-117", "FJ-116"]
        assert [slip["paper"] for slip in await new_slips(hub)] == [None, None]


async def test_j12_a_promise_that_is_over_already_breaks_at_once_with_a_new_date(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await type_line(officer, "P3", WHEN)
        await type_line(officer, "4.1. 9.00", "Skrevet mandag 4. januar kl. 09.00")
        await choose(officer, "A01 Furu", "NAV", "Send uten tema")
        await officer.shows("Fristen er ute allerede. Vi sier unnskyld og lover en ny dato.")
        await hub.advance(1)
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].press("Mine samtaler (1 ny")
        await hub["K-A"].shows("FJ-116", "Beklager", "fredag 15. januar")
        broken = await hub.rows("SELECT broken, state FROM slips WHERE code = 'FJ-116'")
        assert broken == [{"broken": 1, "state": "waiting"}]
        assert await hub.audit("FJ-116") == [
            ("KB-A1", "send", "FJ-116", "paper"),
            ("hub", "break", "FJ-116", "done"),
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("14.1. 8.00", "Denne tiden har ikke vært ennå."),
        ("1.10.2026 10.00", "eldre enn 60 dager"),
        ("før jul en gang", "Skriv det slik: 12.1. 17.30"),
        ("32.1. 10.00", "Skriv det slik: 12.1. 17.30"),
    ],
)
async def test_j12_a_time_that_cannot_be_is_told_and_changes_nothing(tmp_path: Path, text: str, told: str) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await type_line(officer, "P3", WHEN)
        before = await hub.domain()
        await type_line(officer, text, told, WHEN, "Papirlapp FJ-P003")
        await hub.settled()
        assert await hub.domain() == before
        assert await typed_lines(officer) == []
        await type_line(officer, "i går 18.00", WHOSE)


@pytest.mark.parametrize("text", ["hei", "OS-P001", "0", "12.1. 17.30"])
async def test_j12_what_is_no_number_is_told(tmp_path: Path, text: str) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await type_line(officer, text, "Dette er ikke nummeret på en papirlapp.", NUMBER)
        await hub.settled()
        assert await typed_lines(officer) == []
        assert await new_slips(hub) == []


async def test_j12_a_paper_is_typed_in_once_and_the_second_time_its_slip_is_told(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await start(hub, "KB-A1")
        await type_line(hub["KB-A1"], "FJ-P007", WHEN)
        await hub["KB-A1"].press("Nå", of=WHEN)
        await choose(hub["KB-A1"], "A01 Furu", "NAV", "Send uten tema")
        await hub["KB-A1"].shows("FJ-116")
        await start(hub, "KB-A2")
        await type_line(hub["KB-A2"], "7", "Denne papirlappen er skrevet inn før.", "Det er lapp FJ-116.", NUMBER)
        assert len(await new_slips(hub)) == 1


async def test_j12_where_a_slip_is_open_already_its_code_is_told(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub, "KB-A2")
        await officer.press("Uten nummer")
        await officer.press("Tidligere i dag", of=WHEN)
        await officer.press("A04 Rogn", of=WHOSE)
        await officer.press("NAV", of=WHOM)
        assert (await officer.alerted()).endswith("Det er lapp FJ-110.")
        await officer.press("Tilbake", of=WHOM)
        await officer.press("A14 Hassel", of=WHOSE)
        await officer.press("NAV", of=WHOM)
        await officer.press("Send uten tema")
        await officer.shows("A14: papirlappen er lapp FJ-116 nå.")


async def test_j12_where_a_slip_to_a_silent_service_is_open_its_code_is_not_told(tmp_path: Path) -> None:
    async with with_debts_in_silence(tmp_path) as hub:
        await sends_in_silence(hub, "A13")
        officer = await start(hub)
        await officer.press("Uten nummer")
        await officer.press("Tidligere i dag", of=WHEN)
        await officer.press("A13 Einer", of=WHOSE)
        await officer.press("Økonomi og gjeld", of=WHOM)
        assert await officer.alerted() == SILENT_ALREADY


async def test_j12_the_coordinator_types_for_the_units_served_and_is_not_asked_what_about(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        coordinator = await start(hub, "TK1")
        await type_line(coordinator, "5", "Papirlapp P005", WHEN)
        await coordinator.press("Nå", of=WHEN)
        await coordinator.shows(WHOSE, "A01 Furu")
        await next_page(coordinator, "A17 Tindved")
        await next_page(coordinator, "C01 Erle")
        await coordinator.press("N01 Krattskog", of=WHOSE)
        await coordinator.press("NAV", of=WHOM)
        page = await coordinator.shows("Skal vi sende den?")
        assert [button["text"] for row in page["buttons"] for button in row] == [
            "✅ Send",
            "⬅️ Tilbake",
            "⬅️ Startside",
        ]
        step = data_of(page, "Send")[0].split(":")[1]
        await coordinator.press_raw(page["id"], f"paper_done:{step}:klage")
        await coordinator.shows("N01: papirlappen er lapp NV-")
        found = await hub.rows("SELECT topic, paper FROM slips WHERE inmate = 'N01' AND source = 'paper'")
        assert found == [{"topic": None, "paper": "NV-P005"}]


async def next_page(device: Device, seen: str) -> None:
    await device.press("Flere", of=WHOSE)
    await device.shows(WHOSE, seen)


async def test_j12_an_officer_types_no_papers_of_others_inmates(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await officer.press("Uten nummer")
        await officer.press("Nå", of=WHEN)
        page = await officer.shows(WHOSE)
        step = data_of(page, "A01 Furu")[0].split(":")[1]
        await officer.press_raw(page["id"], f"paper_say:{step}:A04")
        await officer.alerted("En annen følger opp denne personen. Ingenting er endret.")
        assert await new_slips(hub) == []


async def test_j12_send_pressed_twice_sends_once_and_asks_for_the_next(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await officer.press("Uten nummer")
        await officer.press("Nå", of=WHEN)
        await officer.press("A01 Furu", of=WHOSE)
        await officer.press("NAV", of=WHOM)
        page = await officer.shows(WHAT)
        for _ in range(3):
            await officer.press_raw(page["id"], data_of(page, "Send uten tema")[0])
        await hub.settled()
        await officer.shows("A01: papirlappen er lapp FJ-116 nå.", NUMBER)
        assert len(await new_slips(hub)) == 1


async def test_j12_what_is_typed_after_going_home_is_for_nobody(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await officer.press("Startside")
        await officer.shows("Hva vil du gjøre?")
        await officer.say("FJ-P001")
        await officer.shows("Det forsto jeg ikke.")


async def test_two_who_type_the_same_paper_at_once_make_one_slip_by_the_rule(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        assert await both_at_once(hub, "rule") == {"typed": 1, PaperTyped: 1}
        assert await hub.rows("SELECT COUNT(*) AS n FROM slips") == [{"n": 1}]


async def test_two_who_type_the_same_paper_at_once_make_one_slip_by_the_constraint(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        assert await both_at_once(hub, "constraint") == {"typed": 1, PaperTyped: 1}
        assert await hub.rows("SELECT COUNT(*) AS n FROM slips") == [{"n": 1}]
        assert await hub.rows("SELECT COUNT(*) AS n FROM ownerships") == [{"n": 1}]


async def both_at_once(hub: RealTurns, guard: str) -> dict[object, int]:
    return dict(outcomes(await all_at_once(*(type_in(hub, who, guard) for who in PAPERS))))


PAPERS = (("SK1", "B01"), ("TK1", "B02"))


async def type_in(hub: RealTurns, paper: tuple[str, str], guard: str) -> str:
    person, number = paper
    if guard == "constraint":
        async with hub.as_adviser(person) as turn:
            inmate = await rows_of_people.inmate(turn.tx, number)
            assert inmate
            await drafts.write_for(turn, inmate, "nav", None, turn.now, source=Source.PAPER, paper="FJ-P001")
        return "typed"
    async with hub.as_adviser(person) as turn:
        await flows.begin(FLOW, turn, page="home")
        at = await flows.write(FLOW, turn, "FJ-P001")
        for word in ("now", number, "nav"):
            at = await flows.choose(FLOW, turn, at.desk.step, word)
    await asyncio.sleep(0)
    async with hub.as_adviser(person) as turn:
        await paper_slips.send(await flows.at_end(FLOW, turn, at.desk.step), None)
    return "typed"


async def test_a_paper_without_a_number_is_not_made_twice_either(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:

        async def type_in_plain(person: str) -> str:
            async with hub.as_adviser(person) as turn:
                inmate = await rows_of_people.inmate(turn.tx, "B01")
                assert inmate
                await drafts.write_for(turn, inmate, "nav", None, turn.now, source=Source.PAPER)
            return "typed"

        results = await all_at_once(type_in_plain("SK1"), type_in_plain("TK1"))
        assert outcomes(results) == {"typed": 1, SlipThereAlready: 1}


async def test_a_paper_that_grows_too_old_on_the_desk_is_refused(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await officer.press("Uten nummer")
        await type_line(officer, "15.11. 10.00", WHOSE)
        await officer.press("A01 Furu", of=WHOSE)
        await officer.press("NAV", of=WHOM)
        await officer.shows(WHAT)
        await hub.to(OPENS + timedelta(days=2))
        await officer.press("Send uten tema")
        assert "60 dager" in await officer.alerted()
        assert await new_slips(hub) == []


async def test_the_paper_of_a_slip_is_found(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await type_in(hub, ("TK1", "B01"), "rule")
        async with hub.as_adviser("TK1") as turn:
            assert await rows_of_slips.of_paper(turn.tx, "FJ-P001") == "FJ-1"
            assert await rows_of_slips.of_paper(turn.tx, "FJ-P002") is None
