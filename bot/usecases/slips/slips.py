"""Everything that is done to slips."""

from dataclasses import replace

from bot.domain.people import BY_PHONE, FOLLOWERS
from bot.domain.refusals import NotYours, Stale
from bot.domain.slips import owners, promises, sending
from bot.domain.slips import slips as rules
from bot.domain.slips.slips import Move, Side, Slip, State
from bot.domain.timetable.bookings import Booking, Outcome
from bot.store import bookings, people
from bot.store import slips as store
from bot.usecases.slips import steps
from bot.usecases.staff import advisers
from bot.usecases.turn import Turn


async def mine(turn: Turn) -> list[Slip]:
    """Return the slips of who is signed in, the open ones first."""
    return await store.of_inmate(turn.tx, turn.inmate)


async def open_own(turn: Turn, code: str) -> tuple[Slip, Booking | None]:
    """Read one's own slip; its news are read with it, if it was opened and not only written anew."""
    slip = await own(turn, code)
    if slip.news and turn.place == turn.session.kiosk:
        await seen(turn, slip)
    return slip, (await bookings.newest_and_last_talk(turn.tx, code))[0]


async def seen(turn: Turn, slip: Slip) -> Slip:
    """Note that an inmate has read a slip's news, or was told; nobody needs to hand them over any more."""
    await store.mark_seen(turn.tx, slip.code, turn.now)
    steps.touch(turn, slip)
    return rules.seen(slip)


async def news(turn: Turn) -> int:
    """Count the own slips with something new on them."""
    return await store.news_of(turn.tx, turn.inmate)


async def follower(turn: Turn) -> str | None:
    """Return who follows a broken promise up (F136)."""
    followers = await people.with_role(turn.tx, FOLLOWERS)
    return followers[0].id if followers else None


async def own(turn: Turn, code: str) -> Slip:
    """Return a slip of who is signed in, or refuse somebody else's as if there were none."""
    slip = await store.get(turn.tx, code)
    if slip is None:
        raise NotYours
    return owners.owned_by_inmate(slip, turn.inmate)


async def addressed(turn: Turn, code: str, revision: int | None = None) -> Slip:
    """Return a slip that the acting adviser may answer; with a revision, only as it was shown."""
    slip = await store.get(turn.tx, code)
    if slip is None:
        raise NotYours
    if revision is not None:
        slip = rules.as_shown(slip, revision)
    return owners.owned_by_adviser(slip, turn.person)


async def withdraw(turn: Turn, code: str, revision: int) -> Slip:
    """Take one's own slip back; a time it had is free again."""
    slip = rules.as_shown(await own(turn, code), revision)
    booking = await bookings.standing(turn.tx, code)
    after = rules.withdraw(slip, booking.slot.starts if booking else None, turn.now)
    return await steps.keep(turn, slip, after, booking)


async def ask_again(turn: Turn, code: str, revision: int) -> Slip:
    """Ask for a talk once more, after one that did not happen or an answer without a meeting."""
    return await again(turn, rules.as_shown(await own(turn, code), revision))


async def again(turn: Turn, slip: Slip) -> Slip:
    """Let a slip wait once more, for the same adviser where that one can still answer."""
    adviser = await advisers.still_there(turn, slip.adviser, slip.service, slip.unit)
    return await steps.keep(turn, slip, promises.again(replace(slip, adviser=adviser), turn.hub, turn.now))


async def close(turn: Turn, code: str, revision: int) -> Slip:
    """Let it be."""
    slip = rules.as_shown(await own(turn, code), revision)
    return await steps.keep(turn, slip, rules.close(slip))


async def take(turn: Turn, code: str, revision: int) -> Slip:
    """Take a slip over from a colleague of the same service who has not answered it."""
    slip = await store.get(turn.tx, code)
    if slip is None or not turn.person.answers(slip.service, slip.unit):
        raise NotYours
    slip = rules.as_shown(slip, revision)
    return await steps.keep(turn, slip, owners.take(slip, turn.person.id), quietly=Move.TAKE)


async def own_it(turn: Turn, code: str, revision: int) -> Slip:
    """Let the first adviser who begins to answer a slip own it."""
    slip = await addressed(turn, code, revision)
    if slip.adviser == turn.person.id or slip.state is not State.WAITING or turn.person.role & BY_PHONE:
        return slip
    return await steps.keep(turn, slip, owners.take(slip, turn.person.id), quietly=Move.TAKE)


async def on_the_phone(turn: Turn, code: str, revision: int, adviser: str) -> Slip:
    """Let the adviser who has called own the slip; the coordinator answers for them."""
    slip = await addressed(turn, code, revision)
    caller = await people.person(turn.tx, adviser)
    if caller is None or not caller.answers(slip.service, slip.unit):
        raise NotYours
    return await steps.keep(turn, slip, owners.by_phone(owners.take(slip, adviser), turn.person), quietly=Move.TAKE)


async def release(turn: Turn, slip: Slip) -> Slip:
    """Open a slip to the colleagues of an adviser who cannot be reached."""
    return await steps.keep(turn, slip, owners.release(slip), quietly=Move.RELEASE)


async def forward(turn: Turn, code: str, revision: int, service: str) -> Slip:
    """Send a slip on to where it belongs; the promise stays and the inmate is told."""
    slip = await addressed(turn, code, revision)
    to = turn.hub.services.get(service)
    if to is None:
        raise NotYours
    return await answered(turn, slip, sending.forward(slip, to, turn.hub))


async def extend(turn: Turn, code: str, revision: int, days: int) -> Slip:
    """Promise the answer later, once and with a date."""
    slip = await addressed(turn, code, revision)
    return await answered(turn, slip, promises.extend(slip, days, turn.hub, turn.now))


async def answer(turn: Turn, code: str, revision: int, words: str) -> Slip:
    """Answer without a meeting, in the hub's own plain words."""
    slip = await addressed(turn, code, revision)
    if words not in turn.hub.answers:
        raise Stale
    by_phone = bool(turn.person.role & BY_PHONE)
    return await answered(turn, slip, rules.answer(slip, words, slip.adviser if by_phone else turn.person.id))


async def answered(
    turn: Turn,
    before: Slip,
    after: Slip,
    held: Booking | None = None,
    booked: Booking | None = None,
    became: Outcome = Outcome.RELEASED,
) -> Slip:
    """Write what an adviser has answered, or a coordinator for one who calls by phone."""
    return await steps.keep(turn, before, owners.by_phone(after, turn.person), held, booked, became=became)


async def find(turn: Turn, code: str) -> Slip | None:
    """Return a slip, for the hub's own work."""
    return await store.get(turn.tx, code)


async def time_has_come(turn: Turn, code: str) -> None:
    """Say that something is so now of a slip that was not before, by the clock alone."""
    if slip := await store.get(turn.tx, code):
        steps.touch(turn, slip, await bookings.standing(turn.tx, code))


async def unanswered(turn: Turn, code: str) -> Slip | None:
    """Return a slip that still waits for an answer."""
    slip = await store.get(turn.tx, code)
    return slip if slip and slip.state is State.WAITING else None


async def break_promise(turn: Turn, code: str) -> Slip | None:
    """Note that a promise was not kept and give a new one."""
    slip = await unanswered(turn, code)
    if slip is None:
        return None
    return await steps.keep(turn, slip, promises.break_promise(slip, turn.hub, turn.now))


async def line_of(turn: Turn) -> list[Slip]:
    """Return the open slips of the acting adviser's services."""
    found = [slip for service in sorted(turn.person.services) for slip in await store.of_service(turn.tx, service)]
    found = [slip for slip in found if slip.unit in turn.person.units]
    return sorted(found, key=lambda slip: slip.sent_at)


async def to_answer(turn: Turn) -> list[Slip]:
    """Return the slips that wait for the acting adviser: for a time, or for how the talk went."""
    return [slip for slip in await line_of(turn) if await _waits_for(turn, slip)]


async def _waits_for(turn: Turn, slip: Slip) -> bool:
    if slip.state is State.WAITING:
        return slip.adviser in {None, turn.person.id}
    if slip.adviser not in {None, turn.person.id}:
        return False
    if slip.state is State.OFFERED:
        return slip.offered_by is Side.INMATE
    booking = await bookings.standing(turn.tx, slip.code)
    return booking is not None and booking.slot.ends <= turn.now


async def written_by_me(turn: Turn) -> list[Slip]:
    """Return the open slips that the acting member of staff wrote for others, the oldest first."""
    return await store.of_staff(turn.tx, turn.person.id)


async def all_open(turn: Turn) -> list[Slip]:
    """Return every open slip of the hub, by the end of its promise."""
    return await store.all_open(turn.tx)
