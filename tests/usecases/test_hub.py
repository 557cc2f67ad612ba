"""The hub as it was changed is the same hub after a restart."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from bot.domain.people import Role
from bot.domain.services import Hours, Session
from bot.domain.settings import Setting, value_of
from bot.domain.slips.slips import Reason
from bot.usecases import opening, settings
from bot.usecases.hub import composed
from bot.usecases.staff import staff
from bot.usecases.timetable import sessions
from tests.hub.real_turns import RealTurns, demo_hub, described, real_turns

NOBODY = sessions.seen(())


async def changed(hub: RealTurns) -> None:
    morning = (Hours(time(9), time(12)),)
    async with hub.as_adviser("TK1") as turn:
        new = await staff.add(turn, Role.PROVIDER, "Ny", ["nav"], ["A", "B"])
        gone = await staff.member(turn, "N3")
        await staff.revoke(turn, gone.person.id, gone.revision)
        less = await staff.member(turn, "N2")
        await staff.toggle_unit(turn, "N2", "C", less.revision)
        await sessions.add(turn, Session("nav", new.id, "R2", date(2027, 1, 20), morning, 30, 30))
        await sessions.cancel(turn, "bolig.H1.R1.2701200900", Reason.ILL, NOBODY)
        debts = next(each for each in turn.hub.sessions if each.service == "gjeld" and each.day > date(2027, 1, 14))
        to = replace(debts, day=date(2027, 1, 27))
        await sessions.move(turn, "gjeld.G1.R2.2701260800", to, NOBODY)
    async with hub.as_adviser("ADM") as turn:
        kept = value_of(turn.hub, Setting.RETENTION)
        await settings.change(turn, Setting.RETENTION, kept + 1, kept)


async def test_what_was_changed_is_the_same_after_a_restart(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await changed(hub)
        before = hub.turns.hub
        assert before != demo_hub()
        async with hub.turns.database.transaction() as tx:
            places = [(place.id, place.unit, place.language) for place in described().kiosks]
            await opening.take_over(tx, tuple(described().staff), places)
            assert await composed(tx, demo_hub()) == before
