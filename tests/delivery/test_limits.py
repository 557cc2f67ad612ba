"""A network's pace is kept to the letter, a chat may be ahead by a short burst only, and broadcasts leave room."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import TELEGRAM_PER_CHAT, TELEGRAM_PER_SECOND, TRICKLE, Limits, telegram
from tests.strategies import LOOP_TIMES

ONE_CHAT = 1


def go(limits: Limits, chat: int, at: float, takes: float = 0, *, behind: bool = False) -> None:
    limits.begin(behind=behind)
    limits.end(chat, at + takes, behind=behind)


def sent_at(limits: Limits, chats: list[int], asked_at: list[float], takes: float = 0) -> list[float]:
    """One after the other, each as soon as it may go."""
    sent: list[float] = []
    for chat, asked in zip(chats, asked_at, strict=True):
        at = max([asked, *sent[-1:]])
        while wait := limits.wait_for(chat, at):
            at += wait
        go(limits, chat, at, takes)
        sent.append(at)
    return sent


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(0 <= other - one < seconds - 1e-6 for other in times) for one in times)


def test_the_house_has_no_limits() -> None:
    assert sent_at(Limits(), [ONE_CHAT] * 1000, [0.0] * 1000) == [0.0] * 1000
    assert Limits().room_behind(0) == math.inf


def test_the_thirty_first_message_of_a_second_waits_for_the_next_one() -> None:
    sent = sent_at(telegram(), list(range(TELEGRAM_PER_SECOND + 1)), [100.0] * (TELEGRAM_PER_SECOND + 1))
    assert (sent[-2], sent[-1]) == (100.0, 101.0)


def test_a_place_is_free_a_second_after_its_answer_however_late_the_network_saw_the_message() -> None:
    limits = Limits(per_second=1)
    go(limits, ONE_CHAT, 100.0, takes=0.4)
    assert (limits.wait_for(2, 101.3) > 0, limits.wait_for(2, 101.4)) == (True, 0)


def test_while_every_place_is_under_way_nobody_waits_for_ever_for_somebody_elses_end() -> None:
    limits = Limits(per_second=1)
    limits.begin()
    assert (limits.room(100.0), limits.wait_for(ONE_CHAT, 100.0), limits.until_change(100.0)) == (0, 1.0, 1.0)


def test_a_message_that_does_not_leave_after_all_takes_no_place() -> None:
    limits = Limits(per_second=1)
    limits.begin()
    limits.give_back()
    assert limits.wait_for(ONE_CHAT, 100.0) == 0


def test_a_chat_takes_a_burst_of_three_and_then_one_a_second() -> None:
    limits = Limits(per_chat=TELEGRAM_PER_CHAT)
    assert sent_at(limits, [ONE_CHAT] * 6, [100.0] * 6) == [100.0, 100.0, 100.0, 101.0, 102.0, 103.0]


def test_other_chats_do_not_wait_for_a_busy_one() -> None:
    limits = Limits(per_chat=TELEGRAM_PER_CHAT)
    for _ in range(9):
        go(limits, ONE_CHAT, 100.0)
    assert limits.wait_for(ONE_CHAT + 1, 100.0) == 0
    assert limits.crowded(100.0) == {ONE_CHAT: 7}
    assert limits.crowded(108.0) == {}


def test_silence_is_kept_for_as_long_as_it_is_asked_for() -> None:
    limits = telegram()
    limits.obey(5, 100.0)
    limits.obey(2, 101.0)
    assert [limits.wait_for(ONE_CHAT, now) for now in (100.0, 103.0, 105.0, 106.0)] == [5, 2, 0, 0]
    assert [limits.room_behind(now) for now in (104.9, 105.0)] == [0, 30]


@pytest.mark.parametrize(
    ("taps", "room"), [(0, 30), (1, 27), (4, 23), (10, 14), (18, TRICKLE), (21, 1), (22, 0), (30, 0)]
)
def test_the_more_is_tapped_the_less_is_left_for_broadcasts_and_while_somebody_taps_answers_find_a_place(
    taps: int, room: int
) -> None:
    limits = telegram()
    for chat in range(taps):
        go(limits, chat, 100.0)
    assert limits.room_behind(100.5) == room
    for chat in range(room):
        go(limits, 100 + chat, 100.5, behind=True)
    assert limits.room_behind(100.5) == 0
    assert (limits.wait_for(ONE_CHAT + 500, 100.5) == 0) is (0 < taps < TELEGRAM_PER_SECOND)


def test_a_place_that_broadcasts_took_is_theirs_again_a_second_later() -> None:
    limits = telegram()
    for chat in range(30):
        go(limits, chat, 100.0, behind=True)
    assert (limits.room_behind(100.9), limits.until_change(100.75), limits.room_behind(101.0)) == (0, 0.25, 30)


@given(LOOP_TIMES, st.data())
def test_no_second_ever_holds_more_than_the_network_takes(times: list[float], data: st.DataObject) -> None:
    chats = data.draw(st.lists(st.integers(1, 5), min_size=len(times), max_size=len(times)))
    asked_at = sorted(times)
    sent = sent_at(Limits(per_second=4), chats, asked_at)
    assert all(then >= asked for then, asked in zip(sent, asked_at, strict=True))
    assert most_within(sent, 1) <= 4


@given(LOOP_TIMES)
def test_no_chat_is_ever_ahead_by_more_than_its_burst(times: list[float]) -> None:
    sent = sent_at(Limits(per_chat=1, chat_burst=3), [ONE_CHAT] * len(times), sorted(times))
    assert sent == sorted(sent)
    assert most_within(sent, 1) <= 3
    assert most_within(sent, 10) <= 3 + 9
