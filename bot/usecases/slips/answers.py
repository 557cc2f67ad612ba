"""News that somebody of the staff hands over to inmates who have not read them at a screen."""

from dataclasses import dataclass, replace

from bot.domain import subjects
from bot.domain.audit import Entry
from bot.domain.people import Inmate, Person
from bot.domain.refusals import OutsideScope
from bot.domain.slips import answers as rules
from bot.domain.slips import slips as slip_rules
from bot.domain.slips.slips import Side, Slip
from bot.domain.subjects import Subject
from bot.domain.timetable.bookings import GIVEN_BACK, Booking
from bot.store import audit, bookings, people, sign_ups
from bot.store import slips as store
from bot.usecases import movements
from bot.usecases.movements import Walk
from bot.usecases.slips import offers, slips
from bot.usecases.theme_nights import answers as theme_night_answers
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Answer:
    """One slip's news, with all that is needed to say them; ``walk`` is there where somebody walks along."""

    slip: Slip
    inmate: Inmate
    booking: Booking | None
    walk: Walk | None = None


async def to_tell(turn: Turn, person: Person) -> list[Answer]:
    """Return what this person has to hand over, the oldest news first: only to those whom they care for (F25)."""
    found = await _untold(turn, person)
    escorted = [each.booking for each in found if each.booking and each.inmate.escort]
    walks = await movements.walks_to(turn, escorted)
    return [replace(each, walk=walks.get(each.slip.code)) for each in found]


async def count(turn: Turn, person: Person) -> int:
    """Count what this person has to hand over, news about theme nights among it."""
    sign_ups.expect_news(turn.tx)
    return len(await _untold(turn, person)) + len(await theme_night_answers.to_tell(turn, person))


async def _untold(turn: Turn, person: Person) -> list[Answer]:
    news = await store.with_news(turn.tx)
    cared_for = {each.id: each for each in await people.inmates(turn.tx) if person.cares_for(each)} if news else {}
    mine = [slip for slip in news if slip.inmate in cared_for]
    times = await bookings.newest_of(turn.tx, [slip.code for slip in mine]) if mine else {}
    found = [Answer(slip, cared_for[slip.inmate], times.get(slip.code)) for slip in mine]
    return [each for each in found if rules.worth_telling(each.slip, each.booking, turn.now)]


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
    await turn.note("told", code)
    return await slips.seen(turn, slip)


async def accept(turn: Turn, code: str, revision: int) -> Slip:
    """Say yes to an offer for the inmate, as at the kiosk."""
    return await offers.accept(turn, await _mine(turn, code, revision), Side.INMATE)


async def decline(turn: Turn, code: str, revision: int) -> Slip:
    """Say no to an offer for the inmate, as at the kiosk."""
    return await offers.decline(turn, await _mine(turn, code, revision), Side.INMATE)


async def again(turn: Turn, code: str, revision: int) -> Slip:
    """Ask for a talk once more for the inmate, as at the kiosk."""
    return await slips.again(turn, await _mine(turn, code, revision))


async def _mine(turn: Turn, code: str, revision: int) -> Slip:
    """Return a slip whose news the acting person may hand over, as it was shown; another's is as if it were none."""
    slip = await store.get(turn.tx, code)
    inmate = await people.inmate(turn.tx, slip.inmate) if slip else None
    if slip is None or inmate is None or not turn.person.cares_for(inmate):
        raise OutsideScope
    return rules.untold(slip_rules.as_shown(slip, revision))


async def about(turn: Turn, person: Person) -> frozenset[Subject]:
    """Return what somebody's answers to tell are about: everybody whom they care for, and who that is."""
    mine = frozenset(subjects.inmate(each.id) for each in await people.inmates(turn.tx) if person.cares_for(each))
    return mine | {subjects.person(person.id)}


async def hands_over(turn: Turn, person: Person, slip: Slip) -> bool:
    """Say whether somebody hands a slip's news over: the contact officer, and who wrote the slip."""
    inmate = await people.inmate(turn.tx, slip.inmate)
    return inmate is not None and person.id in {inmate.officer, slip.written_by} and person.cares_for(inmate)


async def to_be_told_at_once(turn: Turn, slip: Slip) -> list[Person]:
    """Return who has to hand over what has just happened to a slip without waiting for the morning, if anybody."""
    inmate = await people.inmate(turn.tx, slip.inmate)
    if inmate is None or not slip.news or slip.last_at != turn.now:
        return []
    times = await bookings.every(turn.tx, slip.code)
    given_back = [each for each in times if each.outcome in GIVEN_BACK]
    starts = [each.slot.starts for each in (*times[:1], *given_back[:1])]
    if not rules.hurries(slip, starts, turn.hub, turn.now):
        return []
    named = [await people.person(turn.tx, each) for each in {inmate.officer, slip.written_by} if each]
    return [each for each in named if each and each.cares_for(inmate) and each.id != turn.doer]
