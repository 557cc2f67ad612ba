"""What a slip's card may say, and who may read it."""

from dataclasses import dataclass

from bot.domain.people import BY_PHONE, FOLLOWERS, Inmate, Person
from bot.domain.refusals import NotYours
from bot.domain.slips import talks as talk_rules
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable.bookings import Booking
from bot.store import bookings, people
from bot.store import slips as store
from bot.usecases import movements
from bot.usecases.movements import Walk
from bot.usecases.turn import Turn


async def readable(turn: Turn, code: str) -> Slip:
    """Return a slip of which the acting adviser has a card: of their service now, or sent on from it."""
    slip = await store.get(turn.tx, code)
    if slip is None or not await may_read(turn, turn.person, slip):
        raise NotYours
    return slip


async def may_read(turn: Turn, person: Person, slip: Slip) -> bool:
    """Say whether somebody may have a card of a slip at all; how much it says is for the card to decide."""
    if person.role & BY_PHONE:
        return slip.unit in person.units
    return person.has_answered(await _services(turn, slip), slip.unit)


async def _services(turn: Turn, slip: Slip) -> set[str]:
    return {slip.service} | await store.services_of(turn.tx, slip.code)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a card about a slip may say, and the advisers who have one."""

    slip: Slip
    booking: Booking | None
    inmate: Inmate | None
    advisers: tuple[Person, ...]
    social_advisers: tuple[Person, ...]
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
        return list({each.id: each for each in (*self.advisers, *self.social_advisers)}.values())


async def facts(turn: Turn, slip: Slip) -> Facts:
    """Gather what a slip's cards say."""
    staff, services = await people.answering(turn.tx), await _services(turn, slip)
    booking, talk = await bookings.newest_and_last_talk(turn.tx, slip.code)
    return Facts(
        slip,
        booking,
        await people.inmate(turn.tx, slip.inmate),
        tuple(person for person in staff if person.has_answered(services, slip.unit)),
        tuple(person for person in staff if person.role & FOLLOWERS),
        tuple(person for person in staff if person.role & BY_PHONE and slip.unit in person.units),
        await movements.walk_to(turn, booking) if booking and slip.state is State.BOOKED else None,
        await people.person(turn.tx, slip.written_by) if slip.written_by else None,
        talk if talk_rules.to_find_out(slip, talk, turn.hub) else None,
    )


async def advisers(turn: Turn, slip: Slip) -> list[Person]:
    """Return every adviser of a service that has or had a slip."""
    staff, services = await people.answering(turn.tx), await _services(turn, slip)
    return [person for person in staff if person.has_answered(services, slip.unit)]


async def opened(turn: Turn, slip: Slip) -> Facts:
    """Gather what a slip's card says for somebody who opens it: each reading is in the log, once a turn."""
    await turn.note_reading(slip.code)
    return await facts(turn, slip)
