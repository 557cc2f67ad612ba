"""What somebody lets go whose scope changes, or who leaves: slips are open to colleagues again, messages go."""

from collections.abc import Collection
from dataclasses import replace

from bot.domain.people import Person
from bot.domain.refusals import Stale
from bot.domain.slips.slips import Reason, Slip, State
from bot.domain.subjects import About, Subject
from bot.domain.timetable.bookings import Booking
from bot.store import slips as slip_store
from bot.store import subjects as messages_about
from bot.usecases.slips import cards, offers, slips, steps
from bot.usecases.turn import Turn


async def slips_of(turn: Turn, before: Person, after: Person, *, anew: bool = False) -> list[Slip]:
    """Open the slips that somebody has taken and may not answer any more; return what is open to others or to them."""
    found = []
    for slip in await slips.all_open(turn):
        lost = slip.adviser == before.id and not after.answers(slip.service, slip.unit)
        gained = after.answers(slip.service, slip.unit) and (anew or not before.answers(slip.service, slip.unit))
        if lost:
            found.append(await _open_again(turn, slip))
        elif gained:
            steps.touch(turn, slip)
            found.append(slip)
    return found


async def _open_again(turn: Turn, slip: Slip) -> Slip:
    if slip.state is State.WAITING:
        return await slips.release(turn, slip)
    # A talk that has begun, or an answer that the inmate may still come back on: no step of the slip's life.
    await slip_store.open_to_colleagues(turn.tx, slip.code)
    steps.touch(turn, slip)
    return replace(slip, adviser=None)


async def messages_of(turn: Turn, person: Person, *, keep: bool) -> list[str]:
    """Return the keys of the messages in somebody's chats that do not fit the new scope.

    Lists of days stay, and what is about slips alone that they may still read; every other page was written for the
    old scope.
    """
    found = await messages_about.of_person(turn.tx, person.id)
    return [key for key, about in found.items() if not (keep and await _fits(turn, person, about))]


async def _fits(turn: Turn, person: Person, about: Collection[Subject]) -> bool:
    kinds = {each.kind for each in about}
    if About.TALKS in kinds:
        return True
    codes = [each.id for each in about if each.kind is About.SLIP]
    read = [slip for slip in await slip_store.of_codes(turn.tx, codes) if await cards.may_read(turn, person, slip)]
    return kinds in ({About.SLIP}, {About.SLIP, About.NAMED}) and len(read) == len(codes)


async def cancel(turn: Turn, booking: Booking) -> Slip:
    """Cancel a talk of somebody who is sent away: the place in line stays, and there is a promise again."""
    slip = await slips.find(turn, booking.slip)
    if slip is None:
        raise Stale
    return await offers.cancel_with_session(turn, slip, booking, Reason.ADVISER_AWAY)
