"""The coordinator's day in counts and queues: which promises, slips and talks need somebody now (F22)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import today as rules
from bot.domain.chat.owed import NOTHING, Undelivered
from bot.domain.people import Person
from bot.domain.screen.closings import Closing
from bot.domain.slips.slips import Slip
from bot.domain.timetable.bookings import Booking
from bot.domain.today import Queue
from bot.store import bookings, people, slips
from bot.store import closings as rows_of_closings
from bot.usecases.chat import owed
from bot.usecases.prisons import units_at
from bot.usecases.screen import closings
from bot.usecases.telling.reach import within_reach
from bot.usecases.theme_nights import theme_nights
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many slips wait for a service, and since when the oldest does, in UTC."""

    service: str
    slips: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """What a coordinator sees: slips by what they need, each with its standing time, and what waits per service.

    ``proposals`` counts the theme nights that somebody proposes, ``undelivered`` what did not come through.
    At the screens that are ``closed`` nobody can sign in.
    """

    queues: Mapping[Queue, tuple[Slip, ...]]
    times: Mapping[str, Booking]
    waiting: tuple[Waiting, ...]
    proposals: int = 0
    undelivered: Undelivered = NOTHING
    closed: tuple[Closing, ...] = ()


async def today(turn: Turn, person: Person, prison: str) -> Today:
    """Return the day of the units that somebody serves, in one prison or in all."""
    units = units_at(turn, person, prison)
    _expect(turn)
    found = [slip for slip in await slips.all_open(turn.tx) if slip.unit in units]
    times = {each.slip: each for each in await bookings.all_standing(turn.tx)}
    staff, (reach, _) = await people.answering(turn.tx), await within_reach(turn)
    here = [each for each in staff if each.id in reach]
    queues = {
        queue: tuple(slip for slip in found if belongs(slip, times.get(slip.code), here, turn.hub, turn.now))
        for queue, belongs in rules.BELONGS.items()
    }
    proposals = len(await theme_nights.proposals(turn, person, units))
    closed = [each for each in await closings.before(turn, person) if each.unit in units]
    undelivered = await owed.undelivered(turn)
    return Today(queues, times, tuple(_waiting(found)), proposals, undelivered, tuple(closed))


def _expect(turn: Turn) -> None:
    """Let all that the day is made of be asked with its slips: it stands open while others press."""
    bookings.expect_all_standing(turn.tx)
    rows_of_closings.expect_closed(turn.tx)
    owed.expect_undelivered(turn)


def _waiting(found: Iterable[Slip]) -> list[Waiting]:
    since: dict[str, list[datetime]] = {}
    for slip in filter(rules.waits, found):
        since.setdefault(slip.service, []).append(slip.sent_at)
    return sorted((Waiting(service, len(all_), min(all_)) for service, all_ in since.items()), key=lambda w: w.oldest)
