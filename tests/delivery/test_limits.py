"""A network's pace is kept to the letter, and a chat may be ahead by a short burst only."""

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import TELEGRAM_PER_CHAT, TELEGRAM_PER_SECOND, Limits, telegram
from tests.strategies import LOOP_TIMES

ONE_CHAT = 1


def sent_at(limits: Limits, chats: list[int], asked_at: list[float]) -> list[float]:
    return [at + limits.wait_for(chat, at) for chat, at in zip(chats, asked_at, strict=True)]


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(0 <= other - one < seconds - 1e-6 for other in times) for one in times)


def test_the_house_has_no_limits() -> None:
    assert [Limits().wait_for(ONE_CHAT, 0) for _ in range(1000)] == [0] * 1000


def test_the_thirty_first_message_of_a_second_waits_for_the_next_one() -> None:
    limits = telegram()
    waits = [limits.wait_for(chat, 100.0) for chat in range(TELEGRAM_PER_SECOND + 1)]
    assert (waits[0], round(waits[-1], 6)) == (0, 1)


def test_a_chat_takes_a_burst_of_three_and_then_one_a_second() -> None:
    limits = Limits(per_chat=TELEGRAM_PER_CHAT)
    assert [limits.wait_for(ONE_CHAT, 100.0) for _ in range(6)] == [0, 0, 0, 1, 2, 3]


def test_other_chats_do_not_wait_for_a_busy_one() -> None:
    limits = Limits(per_chat=TELEGRAM_PER_CHAT)
    for _ in range(9):
        limits.wait_for(ONE_CHAT, 100.0)
    assert limits.wait_for(ONE_CHAT + 1, 100.0) == 0


def test_silence_is_kept_for_as_long_as_it_is_asked_for() -> None:
    limits = Limits()
    limits.obey(5, 100.0)
    limits.obey(2, 101.0)
    assert [limits.wait_for(ONE_CHAT, now) for now in (100.0, 103.0, 105.0, 106.0)] == [5, 2, 0, 0]


@given(LOOP_TIMES, st.data())
def test_no_second_ever_holds_more_than_the_network_takes(times: list[float], data: st.DataObject) -> None:
    chats = data.draw(st.lists(st.integers(1, 5), min_size=len(times), max_size=len(times)))
    asked_at = sorted(times)
    sent = sent_at(Limits(per_second=4), chats, asked_at)
    assert all(then >= asked for then, asked in zip(sent, asked_at, strict=True))
    assert most_within(sent, 1) <= 5


@given(LOOP_TIMES)
def test_no_chat_is_ever_ahead_by_more_than_its_burst(times: list[float]) -> None:
    sent = sent_at(Limits(per_chat=1, chat_burst=3), [ONE_CHAT] * len(times), sorted(times))
    assert sent == sorted(sent)
    assert most_within(sent, 1) <= 3
    assert most_within(sent, 10) <= 3 + 9
