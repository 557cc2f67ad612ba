"""The door of a theme night: ticks that are not lost, walk-ins where seats are free, and the paper to tick by hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.theme_nights.theme_nights import ThemeNight
from tests.documents.pages import words
from tests.hub.theme_nights import (
    DOOR,
    STARTS,
    a_theme_night,
    all_join,
    joins,
    labels,
    line_of,
    opens,
    standing_of,
    takes_off,
)
from tests.hub.whole_hub import Message, WholeHub, data_of, whole_hub


@dataclass(frozen=True)
class AtTheDoor:
    hub: WholeHub
    night: ThemeNight

    async def door(self, who: str) -> Message:
        return await opens(self.hub, who, f"door:{self.night.id}", "Trykk på den som kommer.")


@pytest.fixture
async def at_the_door(tmp_path: Path) -> AsyncIterator[AtTheDoor]:
    """Five seats: A01, A02, B01 and B05 have one; it is ten past five in the afternoon of the day."""
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=5, closes=STARTS, caps={"A": 2})
        await all_join(hub, night, ["A01", "A02", "B01", "B05"])
        await joins(hub, night, "A03")
        await hub.to(DOOR)
        yield AtTheDoor(hub, night)


async def test_who_comes_is_ticked_and_taken_back_and_counted(at_the_door: AtTheDoor) -> None:
    hub, officer = at_the_door.hub, at_the_door.hub["KB-B1"]
    page = await at_the_door.door("KB-B1")
    assert page["text"].splitlines() == [
        "🎟️ Temakveld tirsdag 19. januar kl. 18.00",
        "Gjeld og frihet · Gymsal",
        "🚪 0 av 4 kom",
        "1 plass er ledig.",
        "Trykk på den som kommer. Trykk igjen for å angre.",
    ]
    assert labels(page) == [
        *("▫️ A01 Furu", "▫️ A02 Gran", "▫️ B01 Lyng", "▫️ B05 Strand"),
        *("➕ En annen", "🖨️ Deltakerliste", "📋 Vis lista", "⬅️ Startside"),
    ]
    await officer.press("B01 Lyng", of="Trykk på den som kommer")
    await officer.shows("1 av 4 kom", "☑️ B01 Lyng")
    await officer.press("B01 Lyng", of="Trykk på den som kommer")
    await officer.shows("0 av 4 kom", "▫️ B01 Lyng")
    log = [row[:2] for row in await hub.audit(f"{at_the_door.night.holder}/B01")][-2:]
    assert log == [("KB-B1", "sign_up_arrive"), ("KB-B1", "sign_up_not_here")]
    assert ("KB-B1", "read_night", at_the_door.night.holder, "done") in await hub.audit(at_the_door.night.holder)


async def test_two_officers_tick_at_once_and_nothing_is_lost(at_the_door: AtTheDoor) -> None:
    hub = at_the_door.hub
    one, other = await at_the_door.door("KB-B1"), await at_the_door.door("KB-A1")
    await hub.settled()
    for officer, page, number in (("KB-B1", one, "A01"), ("KB-A1", other, "B01"), ("KB-B1", one, "B05")):
        await hub[officer].press_raw(page["id"], data_of(page, number)[0])
    for officer in ("KB-B1", "KB-A1"):
        await hub[officer].shows("3 av 4 kom", "☑️ A01 Furu", "▫️ A02 Gran", "☑️ B01 Lyng", "☑️ B05 Strand")
    await hub["KB-A1"].press_raw(other["id"], data_of(other, "A01")[0])
    await hub["KB-A1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["KB-A1"].shows("3 av 4 kom")
    assert await standing_of(hub, at_the_door.night, "A01") == "came", "the same tick twice takes nothing back"


async def test_somebody_else_comes_in_while_a_seat_is_free_and_not_after(at_the_door: AtTheDoor) -> None:
    hub, officer = at_the_door.hub, at_the_door.hub["KB-B1"]
    await at_the_door.door("KB-B1")
    await officer.press("En annen")
    page = await officer.shows("Hvor kommer personen fra?")
    assert labels(page)[0] == "Avdeling B", "A has its two seats"
    assert "Avdeling A" not in labels(page)
    await officer.press("Avdeling B", of="Hvor kommer personen fra?")
    page = await officer.shows("Hvem kommer inn?")
    assert "B01 Lyng" not in labels(page)
    late = data_of(page, "B09 Dal")[0]
    await officer.press("B08 Fjell")
    await officer.shows("1 av 5 kom", "☑️ B08 Fjell", "0 plasser er ledige.")
    await officer.press_raw(page["id"], late)
    await officer.alerted("Den siste plassen ble nettopp tatt. Du ser det nyeste nå.")
    walked_in = [each for each in await line_of(hub, at_the_door.night) if each.inmate == "B08"]
    assert [(str(each.state), str(each.source), each.seat) for each in walked_in] == [("came", "door", 5)]


async def test_who_was_let_in_by_mistake_gives_the_seat_back(at_the_door: AtTheDoor) -> None:
    hub, officer = at_the_door.hub, at_the_door.hub["KB-B1"]
    page = await at_the_door.door("KB-B1")
    await officer.press_raw(page["id"], f"let_in:{at_the_door.night.id}:B08")
    await officer.shows("1 av 5 kom", "☑️ B08 Fjell")
    await officer.press("B08 Fjell")
    await officer.shows("0 av 4 kom", "1 plass er ledig.")
    assert await standing_of(hub, at_the_door.night, "B08") == "withdrawn"
    assert await hub.rows("SELECT 1 FROM claims WHERE resource = 'person:B08'") == []
    await officer.press_raw(page["id"], f"let_in:{at_the_door.night.id}:B08")
    await officer.shows("1 av 5 kom")


async def test_who_waits_comes_in_when_a_seat_of_the_unit_is_free(at_the_door: AtTheDoor) -> None:
    hub = at_the_door.hub
    await opens(hub, "TK1", f"night_list:{at_the_door.night.id}", "A03 Bjørk", "avdelingen er full (2 av 2)")
    await takes_off(hub, "TK1", at_the_door.night, "A01")
    assert await standing_of(hub, at_the_door.night, "A03") == "waiting", (
        "two hours before, nothing is offered any more"
    )
    await hub["TK1"].shows("A03 Bjørk", "får plass snart, eller ved døra")
    await at_the_door.door("KB-A1")
    await hub["KB-A1"].press("⏳ A03 Bjørk")
    await hub["KB-A1"].shows("1 av 4 kom", "☑️ A03 Bjørk")


@pytest.mark.parametrize("number", ["C01", "Z99", "N01"])
async def test_nobody_is_let_in_whom_the_night_is_not_for(at_the_door: AtTheDoor, number: str) -> None:
    page = await at_the_door.door("KB-B1")
    before = await line_of(at_the_door.hub, at_the_door.night)
    await at_the_door.hub["KB-B1"].press_raw(page["id"], f"let_in:{at_the_door.night.id}:{number}")
    await at_the_door.hub["KB-B1"].alerted()
    await at_the_door.hub.settled()
    assert await line_of(at_the_door.hub, at_the_door.night) == before


async def test_the_door_opens_an_hour_before(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, closes=STARTS)
        await joins(hub, night, "B01")
        for who in ("KB-B1", "TK1", "SK1"):
            page = await opens(hub, who, f"night_list:{night.id}", "1 av 20 plasser er tatt")
            for data in (f"door:{night.id}", f"door_tick:{night.id}:B01:came", f"let_in:{night.id}:B02"):
                await hub[who].press_raw(page["id"], data)
                await hub[who].alerted("Hvem som kommer, telles fra en time før. Prøv igjen da.")
        assert [str(each.state) for each in await line_of(hub, night)] == ["seated"]
        await hub["KB-B1"].press_raw((await hub["KB-B1"].messages())[-1]["id"], f"attendance:{night.id}")
        await hub["KB-B1"].alerted("Hvem som kommer, telles fra en time før. Prøv igjen da.")


async def test_at_the_door_the_officer_prints_the_whole_list(at_the_door: AtTheDoor) -> None:
    hub = at_the_door.hub
    await at_the_door.door("KB-B1")
    await hub["KB-B1"].press("Deltakerliste", of="Trykk på den som kommer")
    message = await hub["KB-B1"].shows("Deltakerlista, til å skrive ut.")
    said = words((await hub.http.get(f"/client/documents/{message['documents'][0]['file_id']}")).content)
    assert said[5:] == [
        *("Avdeling A", "A01 Furu", "A02 Gran", "Avdeling B", "B01 Lyng", "B05 Strand"),
        *("Venteliste", "1. A03 Bjørk", "Kom i tillegg"),
    ]


async def test_the_morning_brings_the_list_to_the_officers_and_the_coordinator_and_movements_name_who_goes(
    tmp_path: Path,
) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, closes=STARTS)
        await all_join(hub, night, ["A01", "B01"])
        await hub.to(STARTS.replace(hour=8))
        own = await hub["KB-B1"].shows("🪑 B: B01 Lyng")
        assert "A01" not in own["text"]
        await hub["TK1"].shows("🪑 A: A01 Furu", "🪑 B: B01 Lyng")
        await hub["KB-B1"].shows("tirsdag 19. januar: 1 forflytning", "18.00 · B01 Lyng · temakveld · Gymsal")
        assert "Temakveld" not in await hub["KB-B3"].everything(), "none of theirs goes"
        await joins(hub, night, "B02")
        await hub["TK1"].press("Ta av lista", of="A01 Furu")
        await hub["TK1"].press("B01 Lyng", of="Hvem kan ikke komme?")
        await hub["TK1"].press("Ja, ta av lista")
        own = await hub["KB-B1"].shows("🪑 B: B02 Mose")
        assert "B01" not in own["text"]
        await hub["KB-B1"].shows("18.00 · B02 Mose · temakveld · Gymsal")
