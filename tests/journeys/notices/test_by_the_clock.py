"""A notice comes and ends by itself, also where the hub was not there to see it."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.config import Settings
from bot.store import facts
from bot.store.database import Database
from bot.store.moments import to_text
from tests.hub.whole_hub import WholeHub, whole_hub
from tests.journeys.notices.desk import GREETS, at, begins, opens_desk, presses, publishes, says


async def comes_tomorrow(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Gymsalen er stengt", "The gym is closed")
    await presses(hub, "TK1", "Betjenter", "Gå videre")
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
        await facts.put(tx, facts.CLOCK, to_text(moment))


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
