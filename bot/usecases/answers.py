"""News that somebody of the staff hands over to inmates who have not read them at a screen."""

from dataclasses import dataclass

from bot.domain import answers as rules
from bot.domain import slips as slip_rules
from bot.domain.audit import Entry
from bot.domain.bookings import Booking
from bot.domain.people import Inmate, Person
from bot.domain.refusals import OutsideScope
from bot.domain.slips import Side, Slip, State
from bot.store import audit, bookings, movements, people
from bot.store import slips as store
from bot.usecases import offers, slips
from bot.usecases.movements import Walk, walk_to
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Answer:
    """One slip's news, with all that is needed to say them."""

    slip: Slip
    inmate: Inmate
    booking: Booking | None
    walk: Walk | None


async def to_tell(turn: Turn, person: Person) -> list[Answer]:
    """Return what this person has to hand over, the oldest news first: only to those whom they care for (F25)."""
    cared_for = {each.id: each for each in await people.inmates(turn.tx) if person.cares_for(each)}
    found = [slip for slip in await store.with_news(turn.tx) if slip.inmate in cared_for]
    answers = [await _answer(turn, slip, cared_for[slip.inmate]) for slip in found]
    return [each for each in answers if rules.worth_telling(each.slip, each.booking, turn.now)]


async def _answer(turn: Turn, slip: Slip, inmate: Inmate) -> Answer:
    booking = await bookings.newest(turn.tx, slip.code)
    walk = await walk_to(turn, booking) if booking and slip.state is State.BOOKED else None
    return Answer(slip, inmate, booking, walk)


async def read(turn: Turn) -> list[Answer]:
    """Read what there is to hand over; that it was read is noted for every slip."""
    found = await to_tell(turn, turn.person)
    for each in found:
        await turn.note("read", each.slip.code)
    return found


async def note_shown(turn: Turn, person: Person, slip: Slip) -> None:
    """Note that a slip's news came onto a page which this person had open."""
    await audit.add(turn.tx, Entry(turn.now, person.id, "read", slip.code))


async def tell(turn: Turn, code: str, revision: int) -> Slip:
    """Note that the inmate has been told; from then on the answer is closed to who told it."""
    slip = await _mine(turn, code, revision)
    await store.mark_seen(turn.tx, code)
    await turn.note("told", code)
    return slip_rules.seen(slip)


async def accept(turn: Turn, code: str, revision: int) -> tuple[Slip, Booking]:
    """Say yes to an offer for the inmate, as at the kiosk."""
    return await offers.accept(turn, await _mine(turn, code, revision), Side.INMATE)


async def decline(turn: Turn, code: str, revision: int) -> Slip:
    """Say no to an offer for the inmate, as at the kiosk."""
    return await offers.decline(turn, await _mine(turn, code, revision), Side.INMATE)


async def again(turn: Turn, code: str, revision: int) -> Slip:
    """Ask for a talk once more for the inmate, as at the kiosk."""
    slip = await _mine(turn, code, revision)
    return await slips.keep(turn, slip, slip_rules.again(slip, turn.hub, turn.now))


async def _mine(turn: Turn, code: str, revision: int) -> Slip:
    """Return a slip whose news the acting person may hand over, as it was shown; another's is as if it were none."""
    slip = await store.get(turn.tx, code)
    inmate = await people.inmate(turn.tx, slip.inmate) if slip else None
    if slip is None or inmate is None or not turn.person.cares_for(inmate):
        raise OutsideScope
    return rules.untold(slip_rules.as_shown(slip, revision))


async def to_be_told_at_once(turn: Turn, slip: Slip, inmate: Inmate) -> list[Person]:
    """Return who has to hand over what has just happened to a slip without waiting for the morning, if anybody."""
    if not slip.news or slip.last_at != turn.now:
        return []
    times = (await movements.newest(turn.tx, slip.code), await movements.given_back(turn.tx, slip.code))
    starts = [each.booking.slot.starts for each in times if each]
    if not rules.hurries(slip, starts, turn.hub, turn.now):
        return []
    named = [await people.person(turn.tx, each) for each in {inmate.officer, slip.written_by} if each]
    return [each for each in named if each and each.cares_for(inmate) and each.id != turn.doer]
