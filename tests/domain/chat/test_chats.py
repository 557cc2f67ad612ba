"""What a chat of the staff keeps: what somebody can still need."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chat.accounts import Away
from bot.domain.chat.chats import DAY, WEEK, Facts, Kept, is_over, over
from bot.domain.chat.uses import read
from bot.domain.people import Person, Role
from bot.domain.screen.closings import Closing
from bot.domain.slips.slips import Slip, State

NOW = datetime(2027, 1, 14, 3, 0, tzinfo=UTC)
ADVISER = Person("N1", Role.PROVIDER, "N1", "nb", frozenset({"nav"}), frozenset("A"))
OFFICER = Person("KB", Role.OFFICER, "KB", "nb", frozenset(), frozenset("A"))
SLIP = Slip("FJ-1", "A01", "A", "nav", None, None, "N1", State.WAITING, NOW - 9 * DAY, NOW + DAY, last_at=NOW - 8 * DAY)
AWAY = Away("telegram", 1, NOW - 3 * DAY)
CLOSED = Closing("KB-1", "A", 2, NOW - 3 * DAY)


def facts(slip: Slip | None = SLIP) -> Facts:
    slips = {slip.code: slip} if slip else {}
    nights, notices = {1: NOW + DAY, 2: NOW - 2 * DAY, 3: NOW - 8 * DAY}, {1: NOW + DAY, 2: NOW - 2 * DAY}
    return Facts(NOW.date(), NOW, slips, nights, notices, frozenset({AWAY.about}), frozenset({CLOSED.about}))


def kept(use: str, age: timedelta = 2 * DAY, person: Person = ADVISER) -> Kept:
    return Kept(person, use, read(use), NOW - age)


@pytest.mark.parametrize(
    "use",
    [
        "stands:",
        "asked_today:",
        "day:2027-01-14",
        "day:2027-01-20",
        "day_before:2027-01-14",
        "week:",
        "card:FJ-1",
        "half_of_promise:FJ-1",
        "waiting_slip:FJ-1",
        "theme_night_ahead:1",
        "theme_night_page:1",
        "theme_night_page:2",
        "running_notice:1",
        f"silent_chat:{AWAY.about}",
        f"closed_screen:{CLOSED.about}",
    ],
)
def test_what_somebody_can_still_need_stays(use: str) -> None:
    assert not is_over(kept(use), facts())


@pytest.mark.parametrize(
    ("use", "age"),
    [
        ("day:2027-01-13", timedelta(hours=1)),
        ("day_before:2027-01-13", timedelta(hours=1)),
        ("moment:", DAY),
        ("typed:", DAY),
        ("week:", WEEK),
        ("card:FJ-9", DAY),
        ("half_of_promise:FJ-9", DAY),
        ("broken_promise:FJ-1", DAY),  # a promise that was not broken after all
        ("news_for_inmate:FJ-1", DAY),  # told already
        ("theme_night_ahead:2", DAY),
        ("theme_night_ahead:4", DAY),
        ("theme_night_page:3", WEEK),
        ("theme_night_page:4", DAY),
        ("running_notice:2", DAY),
        (f"silent_chat:{replace(AWAY, chat_id=2).about}", DAY),
        (f"closed_screen:{replace(CLOSED, number=1).about}", DAY),
    ],
)
def test_what_nobody_can_need_any_more_goes(use: str, age: timedelta) -> None:
    assert is_over(kept(use, age), facts())


def test_what_came_within_the_last_day_stays_for_a_while() -> None:
    uses = (
        "moment:",
        "typed:",
        "news_for_inmate:FJ-1",
        "broken_promise:FJ-1",
        "theme_night_ahead:2",
        "theme_night_page:4",
        "running_notice:2",
        "closed_screen:KB-1:1",
    )
    assert [use for use in uses if is_over(kept(use, timedelta(hours=23)), facts())] == []


@pytest.mark.parametrize("state", [State.HELD, State.WITHDRAWN, State.CLOSED])
def test_a_card_goes_a_week_after_its_slip_has_ended(state: State) -> None:
    ended = replace(SLIP, state=state, last_at=NOW - WEEK)
    assert is_over(kept("card:FJ-1"), facts(ended))
    assert not is_over(kept("card:FJ-1"), facts(replace(ended, last_at=NOW - WEEK + timedelta(minutes=1))))


@pytest.mark.parametrize("state", [State.WAITING, State.OFFERED, State.BOOKED, State.ANSWERED, State.NOT_HELD])
def test_a_card_stays_while_its_slip_is_open(state: State) -> None:
    assert not is_over(kept("card:FJ-1", 9 * DAY), facts(replace(SLIP, state=state)))


def test_a_card_goes_a_week_after_its_slip_was_sent_on_to_somebody_else() -> None:
    assert is_over(kept("card:FJ-1"), facts(replace(SLIP, service="bolig")))
    assert not is_over(kept("card:FJ-1", person=OFFICER), facts(replace(SLIP, service="bolig")))


def test_a_reminder_stays_while_the_promise_is_open() -> None:
    assert is_over(kept("half_of_promise:FJ-1"), facts(replace(SLIP, state=State.BOOKED)))
    assert not is_over(kept("broken_promise:FJ-1"), facts(replace(SLIP, broken=1)))
    assert is_over(kept("half_of_promise:FJ-1"), facts(replace(SLIP, broken=1)))


def test_the_question_how_a_talk_went_stays_until_somebody_tells() -> None:
    asked = kept("untold_talk:FJ-1")
    booked = replace(SLIP, state=State.BOOKED)
    assert not is_over(asked, facts(booked))
    assert not is_over(asked, facts(replace(booked, broken=1)))
    assert is_over(asked, facts(replace(booked, last_at=NOW - DAY)))  # another talk has been agreed on since
    assert is_over(asked, facts(replace(SLIP, state=State.HELD)))
    assert is_over(asked, facts(SLIP))


def test_where_everything_would_go_the_newest_stays() -> None:
    old, newer = kept("moment:", 3 * DAY), kept("moment:", 2 * DAY)
    assert over([newer, old], facts()) == [old]
    assert over([newer, old, kept("stands:")], facts()) == [newer, old]
    assert over([old, kept("moment:", person=OFFICER)], facts()) == []


def test_the_page_with_a_button_stays_also_where_the_line_that_was_typed_before_it_is_as_new() -> None:
    said, line = kept("moment:"), kept("typed:")
    assert over([said, line], facts()) == [line]
