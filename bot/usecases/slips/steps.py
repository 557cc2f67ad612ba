"""Writing a step of a slip: the slip, its time, what is due, who sees it, the log, and the way back."""

import json
from dataclasses import replace

from bot.domain import calendar, subjects
from bot.domain import reminders as due
from bot.domain.slips.slips import Move, Slip
from bot.domain.staff import coverage
from bot.domain.subjects import About, Subject
from bot.domain.timetable import bookings as booking_rules
from bot.domain.timetable.bookings import Booking, Outcome
from bot.store import bookings, reminders, slip_rows
from bot.store import slips as store
from bot.usecases import movements
from bot.usecases.turn import Turn


async def keep(
    turn: Turn,
    before: Slip,
    after: Slip,
    held: Booking | None = None,
    booked: Booking | None = None,
    *,
    became: Outcome = Outcome.RELEASED,
    quietly: Move | None = None,
) -> Slip:
    """Write a step of a slip: the slip, the time it ``held`` and has now, what is due, the log, and the way back.

    The time that it held and has no more ``became`` something; its claims are free again. A step that is done
    ``quietly`` changes who owns the slip and nothing else: it needs no words, is no news again to whoever tells them,
    and leaves nobody a way back.
    """
    after = coverage.with_somebody(after, turn.hub)
    done = {"last_actor": None} if quietly else {"last_actor": turn.doer, "last_at": turn.now}
    after = replace(after, **done)
    undo = None if quietly else json.dumps(_as_it_was(before, held))
    await store.save(turn.tx, before, after, turn.now, undo)
    await keep_time(turn, after, held, booked, became)
    turn.news |= set() if quietly else {subjects.slip(after.code)}
    await reminders.replace(turn.tx, after.code, due.OF_A_SLIP, due.due_of(after, booked, turn.hub, turn.now))
    await turn.note(str(quietly or after.last), after.code, "phone" if after.phoned_by else "done")
    return after


def touch(turn: Turn, slip: Slip, *times: Booking | None) -> None:
    """Say that a slip has changed, what its inmate sees of it, what is open in its unit, and the days of its times."""
    turn.touch(subjects.slip(slip.code), subjects.inmate(slip.inmate), Subject(About.QUEUE, slip.unit))
    for each in filter(None, times):
        day = calendar.today(turn.hub, each.slot.starts)
        turn.touch(Subject(About.DAY, str(day)), Subject(About.TALKS, due.about_day(each, turn.hub)))
        turn.touch(Subject(About.AHEAD, each.slot.adviser))


async def bind(turn: Turn, slip: Slip) -> Slip:
    """Let nobody take a slip's newest step back alone: it is part of something bigger, which stands."""
    bound = replace(slip, last_actor=None)
    await store.save(turn.tx, slip, bound, turn.now)
    return bound


def _as_it_was(slip: Slip, held: Booking | None) -> dict[str, object]:
    return {"slip": slip_rows.as_kept(slip), "slot": held.slot.id if held else None, "outcome": held and held.outcome}


async def keep_time(turn: Turn, slip: Slip, held: Booking | None, booked: Booking | None, became: Outcome) -> None:
    """Write what a step of a slip did to its time: the one it ``held`` became something, the new one is taken."""
    touch(turn, slip, held, booked)
    if held and booked and held.slot == booked.slot:
        await bookings.become(turn.tx, slip.code, booked.outcome, turn.now)
    else:
        await _change_time(turn, slip, held, booked, became)
    store.expect(turn.tx, slip.code)
    if held or booked:
        await movements.touch_depending(turn, slip, held, booked)


async def _change_time(turn: Turn, slip: Slip, held: Booking | None, booked: Booking | None, became: Outcome) -> None:
    if held:
        await bookings.finish(turn.tx, slip.code, became)
    if booked:
        taken = booking_rules.resources(turn.hub, slip.inmate, booked.slot)
        await bookings.add(turn.tx, booked, slip.revision, taken, turn.now)
