"""What is worth telling, and what cannot wait until the next morning."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.refusals import Stale
from bot.domain.slips import answers as rules
from bot.domain.slips.slips import Slip, Source, State
from bot.domain.timetable.bookings import Booking
from bot.domain.timetable.timetable import Slot
from tests.hub.real_turns import demo_hub

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
SLIP = Slip("FJ-1", "A01", "A", "nav", None, None, "N1", State.BOOKED, NOW, NOW + timedelta(days=5), news=True)
SLOT = Slot(NOW + timedelta(days=1), NOW + timedelta(days=1, minutes=30), "nav", "N1", "R1")
BOOKING = Booking("FJ-1", "A01", "A", SLOT)


@pytest.mark.parametrize("state", [each for each in State if each is not State.BOOKED])
def test_news_are_worth_telling_until_the_slip_has_ended(state: State) -> None:
    ended = state in {State.WITHDRAWN, State.CLOSED}
    slip = replace(SLIP, state=state)
    assert rules.worth_telling(slip, None, NOW) is not ended
    assert not rules.worth_telling(replace(slip, news=False), None, NOW)


def test_a_talk_is_told_until_it_begins() -> None:
    assert rules.worth_telling(SLIP, BOOKING, SLOT.starts - timedelta(seconds=1))
    assert not rules.worth_telling(SLIP, BOOKING, SLOT.starts)
    assert not rules.worth_telling(SLIP, None, NOW)


def test_what_has_been_read_cannot_be_told() -> None:
    assert rules.untold(SLIP) == SLIP
    with pytest.raises(Stale):
        rules.untold(replace(SLIP, news=False))


@pytest.mark.parametrize(
    ("starts", "hurries"),
    [
        (datetime(2027, 1, 13, 8, 59, tzinfo=UTC), False),  # over
        (datetime(2027, 1, 13, 9, 30, tzinfo=UTC), True),  # today
        (datetime(2027, 1, 14, 10, 59, tzinfo=UTC), True),  # tomorrow morning, by the clock on the wall
        (datetime(2027, 1, 14, 11, 0, tzinfo=UTC), False),
        (datetime(2027, 1, 15, 8, 0, tzinfo=UTC), False),
    ],
)
def test_a_talk_today_or_tomorrow_morning_cannot_wait(starts: datetime, *, hurries: bool) -> None:
    assert rules.hurries(SLIP, [starts], HUB, NOW) is hurries
    assert rules.hurries(SLIP, [starts, datetime(2027, 2, 1, tzinfo=UTC)], HUB, NOW) is hurries


@pytest.mark.parametrize("source", list(Source))
def test_news_of_a_slip_that_came_from_no_screen_never_wait(source: Source) -> None:
    assert rules.hurries(replace(SLIP, source=source), [], HUB, NOW) is (source is not Source.SCREEN)
