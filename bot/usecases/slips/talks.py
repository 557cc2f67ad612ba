"""How a talk went: told by its adviser or its inmate, asked for where nobody tells, and handed on in the end."""

from dataclasses import replace

from bot.domain import reminders as due
from bot.domain.refusals import MoveNotPossible
from bot.domain.slips import owners
from bot.domain.slips import slips as slip_rules
from bot.domain.slips import talks as rules
from bot.domain.slips.slips import Reason, Side, Slip, State
from bot.domain.timetable.bookings import Booking, Outcome
from bot.store import bookings, reminders
from bot.usecases.slips import slips, steps
from bot.usecases.staff import advisers
from bot.usecases.turn import Turn


async def booked(turn: Turn, code: str, revision: int) -> tuple[Slip, Booking]:
    """Return a slip that the acting person may answer, with the time that stands for it."""
    return await _with_time(turn, await slips.addressed(turn, code, revision))


async def _with_time(turn: Turn, slip: Slip) -> tuple[Slip, Booking]:
    booking = await bookings.standing(turn.tx, slip.code)
    if booking is None:
        raise MoveNotPossible(slip.state, "time")
    return slip, booking


async def hold(turn: Turn, code: str, revision: int) -> Slip:
    """Note that the talk took place."""
    slip = await slips.addressed(turn, code, revision)
    return await _hold(turn, slip, Side.ADVISER)


async def hold_own(turn: Turn, code: str, revision: int) -> Slip:
    """Note that the talk took place, as its inmate says."""
    return await _hold(turn, slip_rules.as_shown(await slips.own(turn, code), revision), Side.INMATE)


async def _hold(turn: Turn, slip: Slip, by: Side) -> Slip:
    if slip.state is State.WAITING:
        return await _found_out(turn, slip, by)
    slip, booking = await _with_time(turn, slip)
    after = _by(turn, rules.hold(slip, booking.slot.starts, turn.now, by))
    return await steps.keep(turn, slip, after, booking, became=Outcome.HELD)


async def _found_out(turn: Turn, slip: Slip, by: Side) -> Slip:
    talk = await bookings.last_talk(turn.tx, slip.code)
    after = _by(turn, rules.find_out(slip, talk, turn.hub, turn.now, by))
    after = await steps.bind(turn, await steps.keep(turn, slip, after))
    await bookings.talk_becomes(turn.tx, slip.code, Outcome.HELD)
    return after


async def to_find_out(turn: Turn, slip: Slip) -> Booking | None:
    """Return the talk of a waiting slip of which it is still open how it went."""
    _newest, talk = await bookings.newest_and_last_talk(turn.tx, slip.code)
    return talk if rules.to_find_out(slip, talk, turn.hub) else None


def _by(turn: Turn, slip: Slip) -> Slip:
    return owners.by_phone(slip, turn.person) if slip.last_side is Side.ADVISER else slip


async def miss(turn: Turn, code: str, revision: int, reason: Reason) -> Slip:
    """Note that the talk did not happen, with a neutral reason."""
    slip, booking = await booked(turn, code, revision)
    after = owners.by_phone(rules.miss(slip, reason, booking.slot.starts, turn.now), turn.person)
    return await steps.keep(turn, slip, after, booking, became=Outcome.NOT_HELD)


async def renew(turn: Turn, code: str, revision: int) -> Slip:
    """Let the inmate say that the talk did not take place; the slip waits once more."""
    slip, booking = await _with_time(turn, slip_rules.as_shown(await slips.own(turn, code), revision))
    after = rules.renew(slip, booking.slot.ends, turn.hub, turn.now)
    adviser = await advisers.still_there(turn, after.adviser, slip.service, slip.unit)
    return await steps.keep(turn, slip, replace(after, adviser=adviser), booking, became=Outcome.DENIED)


async def untold(turn: Turn, code: str) -> Slip | None:
    """Return a slip whose talk is over and of which nobody has told how it went."""
    slip = await slips.find(turn, code)
    booking = await bookings.standing(turn.tx, code)
    return slip if slip and rules.is_over(slip, booking, turn.now) else None


async def lapse(turn: Turn, code: str) -> Slip | None:
    """Hand a slip of whose talk nobody has told to the social adviser; None where somebody has."""
    slip = await untold(turn, code)
    if slip is None:
        return None
    held = await bookings.standing(turn.tx, code)
    return await steps.keep(turn, slip, rules.lapse(slip, turn.hub, turn.now), held, became=Outcome.UNTOLD)


async def watch(turn: Turn) -> None:
    """Let every talk have all that is due of it, also one that was booked by an earlier release."""
    for slip in await slips.all_open(turn):
        booking = await bookings.standing(turn.tx, slip.code)
        if slip.state is State.BOOKED and booking:
            await reminders.put(turn.tx, due.after_talk(booking, turn.hub, turn.now))
