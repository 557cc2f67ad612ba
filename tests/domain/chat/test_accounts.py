"""What is due when a chat takes no messages."""

from datetime import UTC, datetime, timedelta

from bot.domain.chat import accounts as rules
from bot.domain.chat.accounts import Away
from bot.domain.reminders import Kind, Reminder

SINCE = datetime(2027, 1, 13, 9, 0, 0, 123456, tzinfo=UTC)
GONE = Away("telegram", 7001, SINCE)


def test_its_name_says_all_that_is_known_of_it() -> None:
    assert Away.named(GONE.about) == GONE


def test_it_is_told_at_once_and_tried_again_after_an_hour() -> None:
    assert rules.due_when_lost(GONE) == [
        Reminder(Kind.UNREACHABLE, GONE.about, SINCE),
        Reminder(Kind.KNOCK, GONE.about, SINCE + timedelta(hours=1)),
    ]


def test_it_is_tried_ever_more_rarely_but_once_a_day() -> None:
    now, hours = SINCE, []
    for _ in range(8):
        at = rules.next_knock(GONE, now).at
        hours.append((at - now) / timedelta(hours=1))
        now = at
    assert hours == [1, 1, 2, 4, 8, 16, 24, 24]
