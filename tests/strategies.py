"""Everything that tests make up at random, as Hypothesis strategies."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.domain.movements import Movement
from bot.domain.services import Hours, Session
from bot.domain.slips.slips import Draft, Move, Reason, Slip, State
from bot.domain.timetable.bookings import CELL_SECONDS, Booking
from bot.domain.timetable.timetable import Slot

FIRST = datetime(2027, 1, 11, 7, tzinfo=UTC)

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  made aware
DATES = MOMENTS.map(lambda moment: moment.date())
PROMISES = st.integers(1, 20)
WAITS = st.timedeltas(timedelta(0), timedelta(days=20))

BOOKABLE = st.sampled_from(("nav", "gjeld", "bolig", "frivillig"))
TAKES_SLIPS = st.sampled_from(("nav", "gjeld", "bolig", "frivillig", "sos"))
ADVISERS = st.sampled_from(("N1", "N2", "G1"))
REASONS = st.sampled_from(tuple(Reason))

MOVES = st.tuples(st.sampled_from(tuple(Move)), WAITS, TAKES_SLIPS, ADVISERS, REASONS)
LIVES = st.lists(MOVES, max_size=40)
"""What happens to a slip: a move, how long after the one before, and what the move may need."""

DRAFTS = st.builds(Draft, BOOKABLE)

FIVE_MINUTES = timedelta(seconds=CELL_SECONDS)
ROOMS = st.sampled_from(("R1", "R2", "CELL"))


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    """Slots that get in each other's way: two hours, three advisers, three rooms, of which one can be shared."""
    starts = FIRST + draw(st.integers(0, 24)) * FIVE_MINUTES
    ends = starts + draw(st.integers(1, 10)) * FIVE_MINUTES
    return Slot(starts, ends, draw(BOOKABLE), draw(ADVISERS), draw(ROOMS))


@st.composite
def waiting_slips(draw: st.DrawFn) -> Slip:
    """Slips of five people that wait for an answer."""
    number = draw(st.integers(1, 5))
    sent_at = FIRST - timedelta(days=1)
    state, adviser = State.WAITING, None
    return Slip(
        f"FJ-{number}", f"A{number:02}", "A", "nav", None, None, adviser, state, sent_at, sent_at + timedelta(days=5)
    )


ASKED = st.lists(st.tuples(waiting_slips(), slots()), max_size=25)
"""Slips and the slots that they are to be given, one after the other."""


@st.composite
def movements(draw: st.DrawFn) -> Movement:
    """Walks to talks in the same few hours, of people who need nobody, one or several to walk along."""
    slot = draw(slots())
    booking = Booking(f"FJ-{draw(st.integers(1, 30))}", f"A{draw(st.integers(1, 18)):02}", "A", slot)
    return Movement(booking, "KB-A1", draw(st.integers(0, 3)), FIRST - draw(WAITS))


STAFFED = st.dictionaries(st.integers(7, 12), st.integers(0, 6))
"""How many can walk in some hours, as the duty leader said."""

LOOP_TIMES = st.lists(st.floats(0, 3), min_size=1, max_size=60)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Sessions that get in each other's way: two days, three advisers, three rooms, and some that have begun."""
    opens = draw(st.integers(7, 16))
    closes = time(opens + draw(st.integers(0, 4)), draw(st.sampled_from((20, 30, 45))))
    service, adviser = draw(st.sampled_from((("nav", "N1"), ("nav", "N2"), ("gjeld", "G1"))))
    minutes = draw(st.sampled_from((30, 45, 60)))
    day = date(2027, 1, draw(st.integers(13, 15)))
    return Session(service, adviser, draw(ROOMS), day, (Hours(time(opens), closes),), minutes, minutes)


PLANS = st.lists(
    st.tuples(st.sampled_from(("add", "add", "move", "cancel")), st.integers(0, 9), sessions()), max_size=20
)
"""What a coordinator does to the timetable, one after the other, to the so-manyth session."""
