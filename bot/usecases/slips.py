"""Everything that is done to slips."""

import json
from dataclasses import dataclass, replace
from typing import Any

from bot.domain import bookings as booking_rules
from bot.domain import cover, timetable
from bot.domain import reminders as due
from bot.domain import slips as rules
from bot.domain import talks as talk_rules
from bot.domain.bookings import Booking, Outcome
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import NothingToUndo, NotYours, Stale
from bot.domain.slips import Move, Side, Slip, State
from bot.store import bookings, people, reminders
from bot.store import slips as store
from bot.usecases import advisers, movements
from bot.usecases.movements import Walk
from bot.usecases.timetable import day
from bot.usecases.turn import Turn


async def mine(turn: Turn) -> list[Slip]:
    """Return the slips of who is signed in, the open ones first."""
    return await store.of_inmate(turn.tx, turn.inmate)


async def open_own(turn: Turn, code: str) -> tuple[Slip, Booking | None]:
    """Read one's own slip; its news are read with it, if it was opened and not only written anew."""
    slip = await own(turn, code)
    if turn.place:
        await store.mark_seen(turn.tx, code, turn.now)
    return slip, await bookings.newest(turn.tx, code)


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
    if slip is None or not await may_read(turn, turn.person, slip):
        raise NotYours
    return slip


async def may_read(turn: Turn, person: Person, slip: Slip) -> bool:
    """Say whether somebody may have a card of a slip at all; how much it says is for the card to decide."""
    if person.role is Role.COORDINATOR:
        return slip.unit in person.units
    return _ever_answers(person, slip, await _services(turn, slip))


def _ever_answers(person: Person, slip: Slip, services: set[str]) -> bool:
    return any(person.answers(service, slip.unit) for service in services)


async def _services(turn: Turn, slip: Slip) -> set[str]:
    return {slip.service} | await store.services_of(turn.tx, slip.code)


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
    after = cover.with_somebody(after, turn.hub)
    done = {"last_actor": None} if quietly else {"last_actor": turn.doer, "last_at": turn.now}
    after = replace(after, **done)
    undo = None if quietly else json.dumps(_as_it_was(before, held))
    await store.save(turn.tx, before, after, turn.now, undo)
    await _keep_time(turn, after, held, booked, became)
    await reminders.replace(turn.tx, after.code, due.OF_A_SLIP, due.due_of(after, booked, turn.hub, turn.now))
    await turn.note(str(quietly or after.last), after.code, "phone" if after.phoned_by else "done")
    return after


async def bind(turn: Turn, slip: Slip) -> Slip:
    """Let nobody take a slip's newest step back alone: it is part of something bigger, which stands."""
    bound = replace(slip, last_actor=None)
    await store.save(turn.tx, slip, bound, turn.now)
    return bound


def _as_it_was(slip: Slip, held: Booking | None) -> dict[str, object]:
    return {"slip": store.as_kept(slip), "slot": held.slot.id if held else None, "outcome": held and held.outcome}


async def _keep_time(turn: Turn, slip: Slip, held: Booking | None, booked: Booking | None, became: Outcome) -> None:
    if held and booked and held.slot == booked.slot:
        await bookings.become(turn.tx, slip.code, booked.outcome, turn.now)
        return
    if held:
        await bookings.finish(turn.tx, slip.code, became)
    if booked:
        taken = booking_rules.resources(turn.hub, slip.inmate, booked.slot)
        await bookings.add(turn.tx, booked, slip.revision, taken, turn.now)


async def undo(turn: Turn, code: str, revision: int) -> Slip:
    """Take one's own newest step back, where nobody has acted on it; a time that was given back must still be free."""
    slip = await store.get(turn.tx, code)
    kept = await store.before(turn.tx, code)
    if slip is None or kept is None:
        raise NothingToUndo
    after = rules.taken_back(rules.as_shown(slip, revision), store.slip_of(kept["slip"]), turn.doer, turn.now)
    after = cover.with_somebody(after, turn.hub)
    after = await _with_who_answers(turn, after, has_time=kept["slot"] is not None)
    held = await bookings.standing(turn.tx, code)
    booked = await _time_again(turn, slip, after, kept, held)
    await store.save(turn.tx, slip, after, turn.now)
    await _keep_time(turn, after, held, booked, Outcome.RELEASED)
    await reminders.replace(turn.tx, code, due.OF_A_SLIP, due.due_of(after, booked, turn.hub, turn.now))
    await turn.note("undo", code, str(slip.last))
    return after


async def _with_who_answers(turn: Turn, slip: Slip, *, has_time: bool) -> Slip:
    """Let nobody have a slip again who may not answer it any more; a time with them does not come back.

    Whoever of the staff takes a step back may still answer the slip.
    """
    if turn.actor.person:
        rules.owned_by_adviser(replace(slip, adviser=None), turn.person)
    adviser = await people.person(turn.tx, slip.adviser) if slip.adviser else None
    if adviser is None or adviser.answers(slip.service, slip.unit):
        return slip
    if has_time:
        raise NothingToUndo
    return replace(slip, adviser=None)


async def _time_again(
    turn: Turn, slip: Slip, after: Slip, kept: dict[str, Any], held: Booking | None
) -> Booking | None:
    if kept["slot"] is None:
        return None
    if slip.last in {Move.HOLD, Move.MISS, Move.RENEW}:
        return await _talk_again(turn, slip)
    slot = timetable.slot_with(turn.hub, kept["slot"])
    if not rules.can_stand_again(after, slot.starts, turn.now):
        raise NothingToUndo
    booking = booking_rules.book(after, slot, await day(turn, slot, besides=held), turn.hub, turn.now)
    return replace(booking, outcome=Outcome(kept["outcome"]))


async def _talk_again(turn: Turn, slip: Slip) -> Booking | None:
    """Let what was told of a talk not have been told; whether its session still stands is all the same by now."""
    told = await bookings.newest(turn.tx, slip.code)
    await bookings.talk_becomes(turn.tx, slip.code, Outcome.RELEASED)
    return replace(told, outcome=Outcome.LIVE) if told else None


async def withdraw(turn: Turn, code: str, revision: int) -> tuple[Slip, Booking | None]:
    """Take one's own slip back; a time it had is free again, and returned so that the adviser can be told."""
    slip = rules.as_shown(await own(turn, code), revision)
    booking = await bookings.standing(turn.tx, code)
    after = rules.withdraw(slip, booking.slot.starts if booking else None, turn.now)
    return await keep(turn, slip, after, booking), booking


async def ask_again(turn: Turn, code: str, revision: int) -> Slip:
    """Ask for a talk once more, after one that did not happen or an answer without a meeting."""
    return await again(turn, rules.as_shown(await own(turn, code), revision))


async def again(turn: Turn, slip: Slip) -> Slip:
    """Let a slip wait once more, for the same adviser where that one can still answer."""
    adviser = await advisers.still_there(turn, slip.adviser, slip.service, slip.unit)
    return await keep(turn, slip, rules.again(replace(slip, adviser=adviser), turn.hub, turn.now))


async def close(turn: Turn, code: str, revision: int) -> Slip:
    """Let it be."""
    slip = rules.as_shown(await own(turn, code), revision)
    return await keep(turn, slip, rules.close(slip))


async def take(turn: Turn, code: str, revision: int) -> Slip:
    """Take a slip over from a colleague of the same service who has not answered it."""
    slip = await store.get(turn.tx, code)
    if slip is None or not turn.person.answers(slip.service, slip.unit):
        raise NotYours
    slip = rules.as_shown(slip, revision)
    return await keep(turn, slip, rules.take(slip, turn.person.id), quietly=Move.TAKE)


async def own_it(turn: Turn, code: str, revision: int) -> Slip:
    """Let the first adviser who begins to answer a slip own it."""
    slip = await addressed(turn, code, revision)
    if slip.adviser == turn.person.id or slip.state is not State.WAITING or turn.person.role is Role.COORDINATOR:
        return slip
    return await keep(turn, slip, rules.take(slip, turn.person.id), quietly=Move.TAKE)


async def on_the_phone(turn: Turn, code: str, revision: int, adviser: str) -> Slip:
    """Let the adviser who has called own the slip; the coordinator answers for them."""
    slip = await addressed(turn, code, revision)
    caller = await people.person(turn.tx, adviser)
    if caller is None or not caller.answers(slip.service, slip.unit):
        raise NotYours
    return await keep(turn, slip, rules.by_phone(rules.take(slip, adviser), turn.person), quietly=Move.TAKE)


async def release(turn: Turn, slip: Slip) -> Slip:
    """Open a slip to the colleagues of an adviser who cannot be reached."""
    return await keep(turn, slip, rules.release(slip), quietly=Move.RELEASE)


async def forward(turn: Turn, code: str, revision: int, service: str) -> Slip:
    """Send a slip on to where it belongs; the promise stays and the inmate is told."""
    slip = await addressed(turn, code, revision)
    to = turn.hub.services.get(service)
    if to is None:
        raise NotYours
    return await answered(turn, slip, rules.forward(slip, to, turn.hub))


async def extend(turn: Turn, code: str, revision: int, days: int) -> Slip:
    """Promise the answer later, once and with a date."""
    slip = await addressed(turn, code, revision)
    return await answered(turn, slip, rules.extend(slip, days, turn.hub, turn.now))


async def answer(turn: Turn, code: str, revision: int, words: str) -> Slip:
    """Answer without a meeting, in the hub's own plain words."""
    slip = await addressed(turn, code, revision)
    if words not in turn.hub.answers:
        raise Stale
    by_phone = turn.person.role is Role.COORDINATOR
    return await answered(turn, slip, rules.answer(slip, words, slip.adviser if by_phone else turn.person.id))


async def answered(
    turn: Turn, before: Slip, after: Slip, held: Booking | None = None, booked: Booking | None = None
) -> Slip:
    """Write what an adviser has answered, or a coordinator for one who calls by phone."""
    return await keep(turn, before, rules.by_phone(after, turn.person), held, booked)


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
    return await keep(turn, slip, rules.break_promise(slip, turn.hub, turn.now))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a card about a slip may say, and the advisers who have one."""

    slip: Slip
    booking: Booking | None
    inmate: Inmate | None
    advisers: tuple[Person, ...]
    followers: tuple[Person, ...]
    coordinators: tuple[Person, ...] = ()
    walk: Walk | None = None
    writer: Person | None = None
    untold: Booking | None = None

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
    staff, services = await people.answering(turn.tx), await _services(turn, slip)
    booking, talk = await bookings.newest_and_last_talk(turn.tx, slip.code)
    return Facts(
        slip,
        booking,
        await people.inmate(turn.tx, slip.inmate),
        tuple(person for person in staff if _ever_answers(person, slip, services)),
        tuple(person for person in staff if person.role is Role.SOCIAL_ADVISER),
        tuple(person for person in staff if person.role is Role.COORDINATOR and slip.unit in person.units),
        await movements.walk_to(turn, booking) if booking and slip.state is State.BOOKED else None,
        await people.person(turn.tx, slip.written_by) if slip.written_by else None,
        talk if talk_rules.to_find_out(slip, talk, turn.hub) else None,
    )


async def opened(turn: Turn, slip: Slip) -> Facts:
    """Gather what a slip's card says for somebody who opens it: each reading is in the log, once a turn."""
    await turn.note_reading(slip.code)
    return await facts(turn, slip)


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
