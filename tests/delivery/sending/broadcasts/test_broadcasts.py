"""What is told to many goes behind everything else, once to everybody, and can be held, taken back and corrected."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.limits import Limits, telegram
from bot.delivery.sending.broadcasts import BEHIND_AT_ONCE
from bot.delivery.wire import answers
from bot.domain.broadcasts import Progress, State
from bot.domain.chat.messages import LANE_DUE
from bot.domain.refusals import MoveNotPossible, Stale
from bot.store import accounts
from bot.usecases.telling import broadcasts
from tests.delivery.network import NEVER_SENT, refusal
from tests.delivery.sender.post import running
from tests.delivery.sending.broadcasts.town import BLOCKED, CORRECTED, KEY, NEWS, Town, chat_of, town_of, whole


async def test_everybody_is_shown_it_once_and_that_is_counted(town: Town) -> None:
    number = await town.begin()
    assert await town.progress(number) == Progress(0, 0, 6, 0, 6)
    await town.rest()
    assert [town.texts(each) for each in town.staff] == [[NEWS]] * 6
    assert await town.progress(number) == whole(town)


async def test_answers_and_what_is_due_go_before_it_in_every_chat(town: Town) -> None:
    town.sender.network.limits = Limits(per_second=4)
    await town.begin()
    await town.want("P4", "due", LANE_DUE)
    await town.want("P5", "later", LANE_DUE)
    await town.want("P5", "answer")
    await town.rest()
    assert [call.text for call in town.wire.calls[:2]] == ["answer", "due"]
    assert (town.texts("P4"), town.texts("P5")) == (["due", NEWS], ["answer", "later", NEWS])


async def test_while_the_pace_holds_a_broadcast_up_an_answer_goes_at_once(tmp_path: Path) -> None:
    async with town_of(tmp_path, 200, telegram()) as town, running(town.sender):
        await town.begin()
        await town.until(lambda: len(town.wire.calls) > 28)
        before = len(town.wire.calls)
        for number in range(10):
            await town.want(f"P{100 + number}", f"answer {number}")
            await asyncio.sleep(0.04)
        await town.until(lambda: sum(f"{call.text}".startswith("answer") for call in town.wire.calls) == 10)
        after = [f"{call.text}" for call in town.wire.calls[before:]]
        between = after[: after.index("answer 9")].count(NEWS)
        assert between <= 3 * BEHIND_AT_ONCE


async def test_what_is_paused_waits_and_goes_on(town: Town) -> None:
    number = await town.begin()
    await town.do(broadcasts.pause, number)
    await town.rest()
    assert (town.wire.calls, await town.progress(number)) == ([], Progress(0, 0, 6, 0, 6))
    await town.do(broadcasts.go_on, number)
    await town.rest()
    assert await town.progress(number) == whole(town)


async def test_what_is_under_way_when_it_is_paused_is_shown_and_can_be_corrected(town: Town) -> None:
    town.wire.held = asyncio.Event()
    async with running(town.sender):
        number = await town.begin()
        await town.until(lambda: len(town.wire.calls) == BEHIND_AT_ONCE)
        await town.do(broadcasts.pause, number)
        await town.correct(number)
        town.wire.held.set()
        await town.until(lambda: len(town.wire.calls) == 2 * BEHIND_AT_ONCE)
        await asyncio.sleep(0.2)
    assert [town.texts(each) for each in town.staff] == [[NEWS, CORRECTED]] * 4 + [[]] * 2
    await town.do(broadcasts.go_on, number)
    await town.rest()
    assert [town.texts(each) for each in town.staff] == [[NEWS, CORRECTED]] * 4 + [[CORRECTED]] * 2


async def test_what_is_stopped_takes_back_what_was_never_sent_and_leaves_what_is_shown(town: Town) -> None:
    town.wire.script = [(200, {"message_id": 90 + number}) for number in range(4)]
    number = await town.begin()
    async with running(town.sender):
        town.wire.held = None
        await town.until(lambda: len(town.wire.calls) >= 1)
        town.wire.held = asyncio.Event()
        await town.do(broadcasts.stop, number)
        town.wire.held.set()
        await town.quiet()
    seen = [each for each in town.staff if town.texts(each)]
    assert await town.progress(number) == Progress(0, 0, 6, len(seen), 0)
    async with town.turn() as turn:
        assert len(await turn.tx.rows("SELECT id FROM messages")) == len(seen)


async def test_what_was_under_way_when_it_was_stopped_and_did_not_leave_never_does(town: Town) -> None:
    town.wire.held = asyncio.Event()
    town.wire.script = [NEVER_SENT] * 4
    async with running(town.sender):
        number = await town.begin()
        await town.until(lambda: len(town.wire.calls) == 4)
        await town.do(broadcasts.stop, number)
        town.wire.held.set()
        await town.quiet()
    assert len(town.wire.calls) == 4
    async with town.turn() as turn:
        assert await turn.tx.rows("SELECT id FROM messages") == []


async def test_what_is_stopped_is_corrected_where_it_was_shown_and_told_to_nobody_else(town: Town) -> None:
    town.wire.held = asyncio.Event()
    async with running(town.sender):
        number = await town.begin()
        await town.until(lambda: len(town.wire.calls) == 4)
        await town.do(broadcasts.stop, number)
        town.wire.held.set()
        await town.quiet()
    await town.correct(number)
    await town.rest()
    assert [town.texts(each) for each in town.staff] == [[NEWS, CORRECTED]] * 4 + [[]] * 2


async def test_a_correction_changes_what_is_shown_in_place_and_what_waits(town: Town) -> None:
    number = await town.begin()
    await town.rest()
    await town.correct(number)
    await town.correct(number)
    await town.rest()
    assert [call.method for call in town.wire.calls] == ["sendMessage"] * 6 + ["editMessageText"] * 6
    await town.correct(number, None)
    await town.rest()
    assert [call.method for call in town.wire.calls[12:]] == ["deleteMessage"] * 6


@pytest.mark.filterwarnings("ignore:.*retry_after")  # the chat library trips over its own deprecation
@pytest.mark.parametrize("answer", [refusal(429, "Too Many Requests"), (429, b"{}"), (429, b"<html>slow down</html>")])
async def test_what_was_too_much_for_the_network_was_not_sent_and_is_sent_again(
    town: Town, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    monkeypatch.setattr(answers, "SOME_SILENCE", 1)
    town.wire.script = [answer]
    number = await town.begin()
    await town.rest()
    assert [len(town.texts(each)) for each in town.staff] == [2, 1, 1, 1, 1, 1]
    assert (await town.progress(number), town.sender.doubts, town.sender.slowed) == (whole(town), 0, 1)


async def test_a_broadcast_goes_on_where_its_chat_had_something_else_to_be_told_first(town: Town) -> None:
    town.staff = ["P0"]
    await town.begin()
    await town.want("P0", "first")
    await town.rest()
    assert town.texts("P0") == ["first", NEWS]


async def test_who_takes_no_messages_cannot_be_reached_and_gets_it_when_that_is_over(town: Town) -> None:
    town.wire.script = [BLOCKED]
    number = await town.begin()
    await town.rest()
    assert await town.progress(number) == Progress(0, 0, 6, 5, 0, (), ("P0",))
    async with town.turn() as turn:
        await accounts.regain(turn.tx, "house", chat_of("P0"))
        await accounts.send_again(turn.tx, "house", chat_of("P0"))
    await town.rest()
    assert await town.progress(number) == whole(town)


async def test_moves_that_were_made_already_are_refused(town: Town) -> None:
    number = await town.begin()
    with pytest.raises(MoveNotPossible):
        await town.do(broadcasts.go_on, number)
    for move in (broadcasts.pause, broadcasts.stop):
        await town.do(move, number)
        with pytest.raises(MoveNotPossible):
            await town.do(move, number)
    with pytest.raises(MoveNotPossible):
        await town.do(broadcasts.go_on, number)
    with pytest.raises(Stale):
        await town.do(broadcasts.pause, number + 1)


async def test_the_newest_about_something_and_those_that_run_are_found(town: Town) -> None:
    first, second = await town.begin(), await town.begin()
    async with town.turn() as turn:
        newest = await broadcasts.newest(turn, KEY)
        assert (newest.id, newest.state) == (second, State.RUNNING) if newest else False
        assert await broadcasts.newest(turn, "notice:5") is None
        assert await broadcasts.carried(turn, [KEY, "night:1"]) == (first, second)
        await broadcasts.pause(turn, first)
        assert await broadcasts.carried(turn, [KEY]) == (second,)
        assert await broadcasts.carried(turn, []) == ()


# The screen of a kiosk
async def test_a_screen_brings_what_it_carries(town: Town) -> None:
    await town.screen("Hei!")
    number = await town.begin(kiosk=True)
    await town.screen("Hei! NAV", broadcast=number, carries=(number,))
    await town.rest()
    assert await town.progress(number) == Progress(1, 1, 6, 6, 0)


async def test_a_screen_in_use_waits_until_it_says_so_itself(town: Town) -> None:
    number = await town.begin(kiosk=True)
    await town.screen("Hvem vil du snakke med?")
    await town.rest()
    assert await town.progress(number) == Progress(1, 0, 6, 6, 1)
    await town.screen("Hei! NAV", carries=(number,))
    await town.rest()
    assert await town.progress(number) == Progress(1, 1, 6, 6, 0)


async def test_a_tap_lifts_a_held_screen_and_a_broadcast_does_not_put_it_behind(town: Town) -> None:
    await town.screen("Hei!")
    await town.rest()
    number = await town.begin(kiosk=True)
    await town.screen("Hei! NAV", broadcast=number, carries=(number,))
    await town.do(broadcasts.pause, number)
    await town.rest()
    assert [call.text for call in town.wire.calls] == ["Hei!"]
    await town.screen("pad")
    async with town.turn() as turn:
        assert [
            dict(row) for row in await turn.tx.rows("SELECT lane, held, carries FROM messages WHERE key = 'screen'")
        ] == [{"lane": 0, "held": 0, "carries": None}]
    await town.screen("Hei! NAV", broadcast=number, carries=(number,))
    async with town.turn() as turn:
        assert [row["lane"] for row in await turn.tx.rows("SELECT lane FROM messages WHERE key = 'screen'")] == [0]
