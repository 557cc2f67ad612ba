"""What a chat of the staff keeps: what somebody can still need."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chat import owed
from bot.domain.chat.accounts import Away
from bot.domain.chat.chats import DAY, RULES, WEEK, Facts, Kept, is_over, over
from bot.domain.chat.messages import SCREEN
from bot.domain.people import Person, Role
from bot.domain.reminders import AFTER_A_TALK, Kind
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


def kept(key: str, age: timedelta = 2 * DAY, person: Person = ADVISER) -> Kept:
    return Kept(person, key, NOW - age)


@pytest.mark.parametrize(
    "key",
    [
        "home",
        "today",
        "page:answers",
        "page:movements:2027-01-14",
        "page:capacity:2027-01-20",
        "page:night_list:7:2027-01-14",
        "morning:2027-01-14",
        "today:2027-01-14",
        "session:nav:2027-01-14:270113100000",
        "slip:FJ-1",
        "reminder:FJ-1:half",
        "unheard:FJ-1",
        "night:1",
        "page:night:1",
        "page:night:2",
        "proposal:1",
        "news:night:1",
        "notice:1",
        f"unreachable:{AWAY.about}",
        f"closed:{CLOSED.about}",
        f"put_back:database/{(NOW - 3 * DAY).isoformat()}",
        "pin:A01",
        "page:broadcast:4",
        "page:notices:0",
    ],
)
def test_what_somebody_can_still_need_stays(key: str) -> None:
    assert not is_over(kept(key), facts())


@pytest.mark.parametrize(
    ("key", "age"),
    [
        ("page:movements:2027-01-13", timedelta(hours=1)),
        ("page:door:7:2027-01-13", timedelta(hours=1)),
        ("morning:2027-01-13", timedelta(hours=1)),
        ("tomorrow:2027-01-13", timedelta(hours=1)),
        ("session:nav:2027-01-13:270113100000", DAY),
        ("said:17", DAY),
        ("pause:K-A", DAY),
        ("list_task", DAY),
        ("slip:FJ-9", DAY),
        ("reminder:FJ-9:half", DAY),
        ("reminder:FJ-1:end", DAY),  # a promise that was not broken after all
        ("news:FJ-1", DAY),  # told already
        ("night:2", DAY),
        ("page:night:3", WEEK),
        ("page:night:4", DAY),
        ("proposal:4", DAY),
        ("notice:2", DAY),
        (f"unreachable:{replace(AWAY, chat_id=2).about}", DAY),
        (f"closed:{replace(CLOSED, number=1).about}", DAY),
        ("page:broadcast:4", WEEK),
    ],
)
def test_what_nobody_can_need_any_more_goes(key: str, age: timedelta) -> None:
    assert is_over(kept(key, age), facts())


def test_every_kind_of_message_has_its_rule_whatever_else_stands_in_its_key() -> None:
    assert set(RULES) == set(owed.RULES) - {SCREEN, "stray", "was"} | {"typed"}


def test_what_came_within_the_last_day_stays_for_a_while() -> None:
    keys = (
        "said:17",
        "pause:K-A",
        "news:FJ-1",
        "reminder:FJ-1:end",
        "night:2",
        "proposal:4",
        "notice:2",
        "closed:KB-1:1",
    )
    assert [key for key in keys if is_over(kept(key, timedelta(hours=23)), facts())] == []


@pytest.mark.parametrize("state", [State.HELD, State.WITHDRAWN, State.CLOSED])
def test_a_card_goes_a_week_after_its_slip_has_ended(state: State) -> None:
    ended = replace(SLIP, state=state, last_at=NOW - WEEK)
    assert is_over(kept("slip:FJ-1"), facts(ended))
    assert not is_over(kept("slip:FJ-1"), facts(replace(ended, last_at=NOW - WEEK + timedelta(minutes=1))))


@pytest.mark.parametrize("state", [State.WAITING, State.OFFERED, State.BOOKED, State.ANSWERED, State.NOT_HELD])
def test_a_card_stays_while_its_slip_is_open(state: State) -> None:
    assert not is_over(kept("slip:FJ-1", 9 * DAY), facts(replace(SLIP, state=state)))


def test_a_card_goes_a_week_after_its_slip_was_sent_on_to_somebody_else() -> None:
    assert is_over(kept("slip:FJ-1"), facts(replace(SLIP, service="bolig")))
    assert not is_over(kept("slip:FJ-1", person=OFFICER), facts(replace(SLIP, service="bolig")))


def test_a_reminder_stays_while_the_promise_is_open() -> None:
    assert is_over(kept("reminder:FJ-1:half"), facts(replace(SLIP, state=State.BOOKED)))
    assert not is_over(kept("reminder:FJ-1:end"), facts(replace(SLIP, broken=1)))
    assert is_over(kept("reminder:FJ-1:half"), facts(replace(SLIP, broken=1)))


@pytest.mark.parametrize("kind", AFTER_A_TALK)
def test_the_question_how_a_talk_went_stays_until_somebody_tells(kind: Kind) -> None:
    asked = kept(f"reminder:FJ-1:{kind}")
    booked = replace(SLIP, state=State.BOOKED)
    assert not is_over(asked, facts(booked))
    assert not is_over(asked, facts(replace(booked, broken=1)))
    assert is_over(asked, facts(replace(booked, last_at=NOW - DAY)))  # another talk has been agreed on since
    assert is_over(asked, facts(replace(SLIP, state=State.HELD)))
    assert is_over(asked, facts(SLIP))


def test_where_everything_would_go_the_newest_stays() -> None:
    old, newer = kept("said:1", 3 * DAY), kept("said:2", 2 * DAY)
    assert over([newer, old], facts()) == [old]
    assert over([newer, old, kept("home")], facts()) == [newer, old]
    assert over([old, kept("said:3", person=OFFICER)], facts()) == []


def test_the_page_with_a_button_stays_also_where_the_line_that_was_typed_before_it_is_as_new() -> None:
    said, line = kept("said:17"), kept("typed:18")
    assert over([said, line], facts()) == [line]
