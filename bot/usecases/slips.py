"""Everything that is done to slips."""

from dataclasses import dataclass, replace

from bot.domain import reminders as due
from bot.domain import slips as rules
from bot.domain.bookings import Booking, Outcome
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import MoveNotPossible, NotYours
from bot.domain.reminders import Kind
from bot.domain.slips import Move, Reason, Slip, State
from bot.store import accounts, bookings, people, reminders
from bot.store import slips as store
from bot.usecases.turn import Turn

SHOWN_TO_INMATE = 24
PROMISE = (Kind.HALF, Kind.BROKEN)


async def mine(turn: Turn) -> list[Slip]:
    """Return the newest slips of who is signed in."""
    return await store.of_inmate(turn.tx, turn.inmate, SHOWN_TO_INMATE)


async def open_own(turn: Turn, code: str) -> tuple[Slip, Booking | None]:
    """Read one's own slip; its news are read with it, if it was opened and not only written anew."""
    slip = await own(turn, code)
    if turn.place:
        await store.mark_seen(turn.tx, code)
    return slip, await bookings.newest(turn.tx, code)


async def booking_of(turn: Turn, slip: Slip) -> Booking | None:
    """Return the newest time of a slip."""
    return await bookings.newest(turn.tx, slip.code)


async def news(turn: Turn) -> int:
    """Count the own slips with something new on them."""
    return await store.news_of(turn.tx, turn.inmate)


async def follower(turn: Turn) -> str | None:
    """Return who follows a broken promise up (F136)."""
    social_advisers = await people.with_role(turn.tx, Role.SOCIAL_ADVISER)
    return social_advisers[0].id if social_advisers else None


async def own(turn: Turn, code: str) -> Slip:
    """Return a slip of who is signed in, or refuse somebody else's as if there were none."""
    slip = await store.get(turn.tx, code)
    if slip is None:
        raise NotYours
    return rules.owned_by_inmate(slip, turn.inmate)


async def addressed(turn: Turn, code: str, revision: int | None = None) -> Slip:
    """Return a slip that the acting adviser may answer; with a revision, only as it was shown."""
    slip = await store.get(turn.tx, code)
    if slip is None:
        raise NotYours
    if revision is not None:
        slip = rules.as_shown(slip, revision)
    return rules.owned_by_adviser(slip, turn.person)


async def readable(turn: Turn, code: str) -> Slip:
    """Return a slip of which the acting adviser has a card: of their service now, or sent on from it."""
    slip = await store.get(turn.tx, code)
    if slip is None or not _ever_answers(turn.person, slip, await _services(turn, slip)):
        raise NotYours
    return slip


def _ever_answers(person: Person, slip: Slip, services: set[str]) -> bool:
    return any(person.answers(service, slip.unit) for service in services)


async def _services(turn: Turn, slip: Slip) -> set[str]:
    return {slip.service} | await store.services_of(turn.tx, slip.code)


async def withdraw(turn: Turn, code: str, revision: int) -> tuple[Slip, Booking | None]:
    """Take one's own slip back; a time it had is free again, and returned so that the adviser can be told."""
    slip = rules.as_shown(await own(turn, code), revision)
    booking = await bookings.live(turn.tx, code)
    after = rules.withdraw(slip, booking.slot.starts if booking else None, turn.now)
    await _save(turn, slip, after, Move.WITHDRAW)
    await reminders.cancel(turn.tx, code, (*PROMISE, Kind.OVER))
    await bookings.finish(turn.tx, code, Outcome.RELEASED)
    return after, booking


async def ask_again(turn: Turn, code: str, revision: int) -> Slip:
    """Ask for a new time after a talk that did not happen; of anybody, where nothing reaches the adviser now."""
    slip = rules.as_shown(await own(turn, code), revision)
    reach, _ = await accounts.within_reach(turn.tx)
    heard = slip if slip.adviser in reach else replace(slip, adviser=None)
    after = await _save(turn, slip, rules.again(heard, turn.hub, turn.now), Move.AGAIN)
    await reminders.put(turn.tx, due.watch(after, turn.hub, turn.now))
    return after


async def close(turn: Turn, code: str, revision: int) -> Slip:
    """Let it be after a talk that did not happen."""
    slip = rules.as_shown(await own(turn, code), revision)
    return await _save(turn, slip, rules.close(slip), Move.CLOSE)


async def take(turn: Turn, code: str, revision: int) -> Slip:
    """Take a slip over from a colleague of the same service who has not answered it."""
    slip = await store.get(turn.tx, code)
    if slip is None or not turn.person.answers(slip.service, slip.unit):
        raise NotYours
    slip = rules.as_shown(slip, revision)
    return await _save(turn, slip, rules.take(slip, turn.person.id), Move.TAKE)


async def own_it(turn: Turn, code: str, revision: int) -> Slip:
    """Let the first adviser who begins to answer a slip own it."""
    slip = await addressed(turn, code, revision)
    if slip.adviser == turn.person.id:
        return slip
    return await _save(turn, slip, rules.take(slip, turn.person.id), Move.TAKE)


async def release(turn: Turn, slip: Slip) -> Slip:
    """Open a slip to the colleagues of an adviser who cannot be reached."""
    return await _save(turn, slip, rules.release(slip), Move.RELEASE)


async def forward(turn: Turn, code: str, revision: int, service: str) -> Slip:
    """Send a slip on to where it belongs; the promise stays and the inmate is told."""
    slip = await addressed(turn, code, revision)
    to = turn.hub.services.get(service)
    if to is None:
        raise NotYours
    return await _save(turn, slip, rules.forward(slip, to, turn.hub), Move.FORWARD)


async def hold(turn: Turn, code: str, revision: int) -> Slip:
    """Note that the talk took place."""
    slip, booking = await _booked(turn, code, revision, Move.HOLD)
    after = await _save(turn, slip, rules.hold(slip, booking.slot.starts, turn.now), Move.HOLD)
    await _end_talk(turn, code, Outcome.HELD)
    return after


async def miss(turn: Turn, code: str, revision: int, reason: Reason) -> Slip:
    """Note that the talk did not happen, with a neutral reason."""
    slip, booking = await _booked(turn, code, revision, Move.MISS)
    after = await _save(turn, slip, rules.miss(slip, reason, booking.slot.starts, turn.now), Move.MISS)
    await _end_talk(turn, code, Outcome.NOT_HELD)
    return after


async def _booked(turn: Turn, code: str, revision: int, move: Move) -> tuple[Slip, Booking]:
    slip = await addressed(turn, code, revision)
    booking = await bookings.live(turn.tx, code)
    if booking is None:
        raise MoveNotPossible(slip.state, move)
    return slip, booking


async def _end_talk(turn: Turn, code: str, outcome: Outcome) -> None:
    await reminders.cancel(turn.tx, code, [Kind.OVER])
    await bookings.finish(turn.tx, code, outcome)


async def find(turn: Turn, code: str) -> Slip | None:
    """Return a slip, for the hub's own work."""
    return await store.get(turn.tx, code)


async def unanswered(turn: Turn, code: str) -> Slip | None:
    """Return a slip that still waits for an answer."""
    slip = await store.get(turn.tx, code)
    return slip if slip and slip.state is State.WAITING else None


async def break_promise(turn: Turn, code: str) -> Slip | None:
    """Note that a promise was not kept and give a new one."""
    slip = await unanswered(turn, code)
    if slip is None:
        return None
    after = await _save(turn, slip, rules.break_promise(slip, turn.hub, turn.now), Move.BREAK)
    await reminders.put(turn.tx, due.watch_again(after, turn.hub, turn.now))
    return after


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a card about a slip may say, and the advisers who have one."""

    slip: Slip
    booking: Booking | None
    inmate: Inmate | None
    advisers: tuple[Person, ...]
    followers: tuple[Person, ...]

    def owners(self) -> list[Person]:
        """Return who is to answer: the adviser who has taken the slip, or everybody of the service."""
        slip = self.slip
        return [
            each for each in self.advisers if each.answers(slip.service, slip.unit) and slip.adviser in {None, each.id}
        ]

    def told_of_breach(self) -> list[Person]:
        """Return who learns of a broken promise: whoever has or had the slip, and the social advisers."""
        return list({each.id: each for each in (*self.advisers, *self.followers)}.values())


async def facts(turn: Turn, slip: Slip) -> Facts:
    """Gather what a slip's cards say."""
    advisers, services = await people.advisers(turn.tx), await _services(turn, slip)
    return Facts(
        slip,
        await bookings.newest(turn.tx, slip.code),
        await people.inmate(turn.tx, slip.inmate),
        tuple(person for person in advisers if _ever_answers(person, slip, services)),
        tuple(person for person in advisers if person.role is Role.SOCIAL_ADVISER),
    )


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
    booking = await bookings.live(turn.tx, slip.code)
    mine = slip.adviser in {None, turn.person.id}
    return booking is not None and mine and booking.slot.ends <= turn.now


async def all_open(turn: Turn) -> list[Slip]:
    """Return every open slip of the hub."""
    return [slip for service in turn.hub.services for slip in await store.of_service(turn.tx, service)]


async def _save(turn: Turn, before: Slip, after: Slip, move: Move) -> Slip:
    await store.save(turn.tx, before, after, turn.now)
    await turn.note(str(move), after.code)
    return after
