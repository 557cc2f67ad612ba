"""What is told of a network that is down, shared with another hub, or hands over the same again and again."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import intake as module
from bot.delivery import networks as networks_module
from bot.delivery.intake import Intake
from bot.delivery.sending.outages import Outage
from tests.delivery.intake.mail import PATIENCE, Post, update, woken
from tests.delivery.network import BROKEN_OFF, LOST, NEVER_SENT, Answer, refusal
from tests.hub.real_turns import StillClock


# What an administrator reads
def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("bot")]


async def test_an_outage_is_told_once_then_ever_more_rarely_and_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = StillClock()
    outage = Outage("telegram", clock)
    outage.begin()
    for _ in range(4 * 3600):
        clock.move(timedelta(seconds=1))
        outage.note(BROKEN_OFF)
    fault = "it has a fault of its own"
    minutes = ["0:00:01", "0:01:01", "0:03:01", "0:07:01", "0:15:01", "0:31:01", "1:03:01", "2:03:01", "3:03:01"]
    assert said(caplog) == [f"No updates from telegram for {time}: {fault}" for time in minutes]
    caplog.clear()
    outage.note(LOST)
    outage.end()
    outage.end()
    assert said(caplog) == [
        "No updates from telegram for 4:00:00: no answer in time",
        "telegram answers again, after 4:00:00",
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refusal(401, "Unauthorized"), "it does not know the bot's token (401 or 404): the token in the settings"),
        (refusal(404, "Not Found"), "it does not know the bot's token (401 or 404): the token in the settings"),
        (
            refusal(409, "Conflict: terminated by other getUpdates request"),
            "another program asks with the same token, perhaps a second hub",
        ),
        (
            refusal(409, "Conflict: can't use getUpdates method while webhook is active"),
            "a webhook is set for this bot: another program takes its updates (409)",
        ),
        (NEVER_SENT, "no connection"),
        (refusal(502, "Bad Gateway"), "it has a fault of its own"),
        ((200, b'{"ok": true}'), "its answer cannot be read (KeyError)"),
    ],
)
async def test_what_is_wrong_with_a_network_is_told_in_words(
    post: Post, answer: Any, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    post.wire.updates = [answer]
    await post.polled(2)
    assert [words in line for line in said(caplog)] == [True]


# Another program with the same token
def noted_in(pauses: list[float]) -> Callable[[Exception, float], float]:
    def note(_error: Exception, pause: float) -> float:
        pauses.append(pause)
        return 0

    return note


async def test_a_hub_that_sees_another_one_asks_ever_more_rarely_and_is_quick_again_afterwards(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(module, "_wait", noted_in(pauses))
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.08)
    conflict = refusal(409, "Conflict: terminated by other getUpdates request")
    post.wire.updates = [conflict, (200, [update(1)]), conflict, (200, [update(2)]), conflict, conflict, conflict]
    await post.polled(8)
    assert (pauses, post.intake.network.is_contested) == ([0.01, 0.02, 0.04, 0.08, 0.08], True)
    assert len(said(caplog)) == 1
    monkeypatch.setattr(networks_module, "CONTEST_SECONDS", -1)
    post.wire.updates = [conflict, (200, [update(3)]), conflict]
    await post.polled(11)
    assert pauses[-1] == 0.01


# A server that does not wait
async def test_a_server_that_answers_at_once_with_nothing_new_is_asked_once_in_a_while(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHORTEST_POLL", 0.2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    post.wire.updates = [(200, []), (200, [update(5)]), (200, [update(5)]), (200, [update(5)])]
    assert await post.polled(5) == [None, None, 6, 6, 6]
    assert loop.time() - began >= 3 * 0.2


# A number that was used before
async def test_a_number_that_was_used_before_leaves_a_line(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.wire.updates = [(200, [update(5), update(6)]), (200, [update(7), update(6), update(5, new=True)])]
    post.wire.updates += [(200, [update(6), update(5)])] * 3
    await post.polled(6)
    assert await post.ids() == [5, 6, 7]
    assert said(caplog) == ["house hands over 2 updates under numbers that were used before, as 5: they are left out"]


async def test_a_number_that_was_used_before_a_restart_leaves_a_line_as_well(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.wire.updates = [(200, [update(5), update(9)])]
    await post.polled(2)
    again = Post(post.database, post.wire, Intake(post.intake.network, post.database, post.intake.clock, woken, woken))
    post.wire.updates = [(200, [update(9), update(7)]), (200, [update(10)])]
    await again.polled(5)
    assert await post.ids() == [5, 9, 7, 10]
    assert said(caplog) == ["house hands over 1 updates under numbers that were used before, as 9: they are left out"]


# A server that hands over the same again and again
def alternately(times: int) -> list[Answer]:
    """Two servers behind one address: neither learns what was confirmed to the other."""
    return [(200, [update(number)]) for _ in range(times) for number in (5, 7)]


async def test_a_server_that_alternates_between_old_numbers_is_asked_once_in_a_while_and_told_once(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SHORTEST_POLL", 0.2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    post.wire.updates = alternately(3)
    assert await post.polled(7) == [None, 6, 8, 6, 8, 6, 8]
    assert loop.time() - began >= 4 * 0.2
    assert await post.ids() == [5, 7]
    told = "house hands over 1 updates under numbers that were used before, as {}: they are left out"
    assert said(caplog) == [told.format(5), told.format(7)]


async def test_a_start_does_not_wait_for_a_server_that_hands_over_the_same_for_ever(post: Post) -> None:
    post.wire.updates = alternately(20)
    async with asyncio.timeout(PATIENCE):
        await post.intake.catch_up()
    assert (await post.ids(), len(post.wire.offsets) < 8) == ([5, 7], True)


async def test_what_waits_behind_a_batch_that_was_here_before_is_caught_up_with_as_well(post: Post) -> None:
    post.wire.updates = [(200, [update(5)])]
    await post.intake.fetch(None)
    post.wire.updates = [(200, [update(5)]), (200, [update(6)]), (200, [])]
    await post.intake.catch_up()
    assert (await post.ids(), post.wire.offsets[-1]) == ([5, 6], 7)
