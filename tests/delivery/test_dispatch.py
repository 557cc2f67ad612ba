"""Each update has one turn: done whole, refused in words with nothing changed, or set aside with an apology."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.delivery import dispatch
from bot.domain.chat.messages import SCREEN, Line, View
from bot.domain.chat.uses import STANDS
from bot.domain.refusals import Refusal, SlotTaken
from bot.store import facts, inbox
from bot.usecases.turn import current_turn
from handlers.chat.context import Context
from handlers.chat.refusals import of_staff
from handlers.chat.words import words
from tests.delivery.desk import ADVISER, EPOCH, KIOSK, STRANGER, Desk, at_desk, note, press, typed
from tests.hub.real_turns import demo_hub
from tests.patience import until

NORWEGIAN = words("nb", demo_hub().zone)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_desk(tmp_path) as made:
        yield made


async def test_a_turn_is_done_whole_and_what_the_update_said_is_forgotten(desk: Desk) -> None:
    await desk.gets(typed(1, "/help"))
    assert await desk.states() == [("done", 0, True)]
    assert list(await desk.shown(ADVISER)) == ["stray:1", "said:1"], "what was typed goes, and its answer comes"
    assert desk.dispatch.counts == {"done": 1, "refused": 0, "failed": 0, "quarantined": 0}


async def test_updates_are_handled_in_the_order_in_which_they_came(desk: Desk) -> None:
    seen: list[int] = []

    async def handler(update: Update, context: Context) -> None:
        seen.append(update.update_id)
        context.turn.edge.handled = True

    desk.takes(handler)
    await desk.gets(*(typed(number, "/help") for number in range(120)))
    assert seen == list(range(120))


async def test_a_refusal_leaves_nothing_behind_but_its_words_and_its_line_in_the_log(desk: Desk) -> None:
    async def refuse(_update: Update, context: Context) -> None:
        await note(context.turn, "half")
        context.tell("N2", "card", STANDS, lambda _: View((Line("half"),)))
        raise SlotTaken

    desk.takes(refuse)
    await desk.gets(press(1, "whatever"))
    assert (await desk.facts(), await desk.shown(202), await desk.states()) == ([], {}, [("done", 0, True)])
    assert await desk.audit() == [{"actor": "N1", "action": "refused", "about": "whatever", "outcome": "SlotTaken"}]
    assert desk.wire.told() == [("answerCallbackQuery", of_staff.WORDS[SlotTaken](NORWEGIAN))]


async def test_whoever_fails_gets_three_tries_and_then_an_apology_that_is_seen(desk: Desk) -> None:
    tries: list[int] = []

    async def fail(update: Update, context: Context) -> None:
        tries.append(update.update_id)
        await note(context.turn, "half")
        raise ZeroDivisionError

    desk.takes(fail)
    await desk.gets(press(1, "whatever"))
    assert (tries, await desk.facts(), await desk.states()) == ([1, 1, 1], [], [("quarantined", 3, False)])
    assert [(text or "").partition(",")[0] for _, text in desk.wire.told()] == ["Beklager"]
    assert desk.dispatch.counts == {"done": 0, "refused": 0, "failed": 3, "quarantined": 1}


async def test_a_fault_that_passes_is_forgiven(desk: Desk) -> None:
    tries: list[int] = []

    async def fail_twice(_update: Update, context: Context) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ZeroDivisionError
        await note(context.turn, "whole")

    desk.takes(fail_twice)
    await desk.gets(press(1, "whatever"), typed(2, "/help"))
    assert [state for state, _, _ in await desk.states()] == ["done", "done"]
    assert await desk.facts() == [{"name": "whole"}]


async def test_an_update_that_nothing_takes_is_answered_counted_and_set_aside(desk: Desk) -> None:
    desk.dispatch.application.handlers.clear()
    await desk.gets(press(1, "whatever"), typed(2, "hello"))
    assert await desk.states() == [("quarantined", 3, False)] * 2
    assert [method for method, _ in desk.wire.told()] == ["answerCallbackQuery"]
    assert "Beklager" in (await desk.shown(ADVISER))["said:2"]


async def test_a_press_that_no_pattern_knows_is_refused_in_words(desk: Desk) -> None:
    await desk.gets(press(1, "forged"))
    assert await desk.audit() == [{"actor": "N1", "action": "refused", "about": "forged", "outcome": "NotUnderstood"}]


async def test_a_stranger_is_told_how_to_join_and_learns_nothing_else(desk: Desk) -> None:
    await desk.gets(typed(1, "hello", STRANGER), press(2, "card:FJ-1", STRANGER))
    assert [entry["outcome"] for entry in await desk.audit()] == ["UnknownAccount"] * 2
    assert list(await desk.shown(STRANGER)) == ["stray:1", "said:1"]


UNREADABLE: list[dict[str, Any]] = [
    {"update_id": 1},
    {"update_id": 1, "message": 7},
    {"update_id": 1, "message": []},
    {"update_id": 1, "message": {}},
    {"update_id": 1, "message": {"message_id": 1, "date": 10**20, "chat": {"id": 201, "type": "private"}}},
    {"update_id": 1, "message": {"message_id": 1, "date": "now", "chat": {"id": 201, "type": "private"}}},
    {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": "x" * 50, "type": "private"}}},
    {"update_id": 1, "callback_query": {"id": "1"}},
    {"update_id": 1, "callback_query": {"id": "1", "from": None, "chat_instance": "1", "data": {}}},
    {"update_id": 1, "poll": {"id": "1"}},
    press(1, "x") | {"callback_query": {**press(1, "x")["callback_query"], "data": ["send", 1]}},
    typed(1, "x") | {"message": {**typed(1, "x")["message"], "text": {"a": 1}}},
]


@pytest.mark.parametrize("update", UNREADABLE)
async def test_what_cannot_be_read_is_set_aside_and_the_next_has_its_turn(desk: Desk, update: dict[str, Any]) -> None:
    await desk.gets(update, typed(2, "/help"))
    states = [state for state, _, _ in await desk.states()]
    assert states[0] in {"quarantined", "done"}
    assert states[1] == "done"
    assert "said:2" in await desk.shown(ADVISER)


async def test_an_update_of_a_network_that_is_gone_is_set_aside(desk: Desk) -> None:
    async with desk.hub.turns.database.transaction() as tx:
        await inbox.add(tx, "gone", EPOCH, [typed(1, "/help")], desk.hub.clock.now())
    await desk.gets(typed(2, "/help"))
    assert [state for state, _, _ in await desk.states()] == ["quarantined", "done"]


async def signed_in(desk: Desk, view: str) -> None:
    async with desk.hub.as_inmate("B01", "K-A") as turn:
        turn.change_session(view=view)
    await desk.hub.rows(
        "INSERT INTO messages (network, chat_id, key, text, neutral, lane, revision, shown, message_id)"
        " VALUES ('house', 101, 'screen', 'x', 1, 0, 1, 1, 5)"
    )


@pytest.mark.parametrize("update", [typed(1, "hei", KIOSK), press(1, "more_time", KIOSK), press(1, "send:99", KIOSK)])
async def test_a_page_that_cannot_be_shown_stops_nobody_else(desk: Desk, update: dict[str, Any]) -> None:
    await signed_in(desk, "no such page")
    await desk.gets(update, typed(2, "/help"))
    assert [state for state, _, _ in await desk.states()] == ["quarantined", "done"]


async def test_a_page_that_refuses_to_be_shown_stops_nobody_else(desk: Desk) -> None:
    await signed_in(desk, "review")
    await desk.gets(press(1, "send:99", KIOSK), typed(2, "/help"))
    assert (await desk.states())[1] == ("done", 0, True)


async def test_a_kiosk_whose_sealed_draft_was_damaged_goes_on_without_it(desk: Desk) -> None:
    await signed_in(desk, "home")
    await desk.hub.run("UPDATE kiosk_sessions SET draft = 'AAAA' WHERE kiosk = 'K-A'")
    await desk.gets(press(1, "mine", KIOSK), typed(2, "/help"))
    assert [state for state, _, _ in await desk.states()] == ["done", "done"]
    assert "Mine samtaler" in (await desk.shown(KIOSK))[SCREEN]


async def test_a_group_is_never_taken_for_the_one_who_writes_in_it(desk: Desk) -> None:
    in_a_group = typed(1, "/help")
    in_a_group["message"]["chat"] |= {"id": -100, "type": "group", "title": "NAV"}
    await desk.gets(in_a_group, typed(2, "/help"))
    assert [state for state, _, _ in await desk.states()] == ["quarantined", "done"]


async def test_refusing_at_a_screen_shows_the_page_that_was_there(desk: Desk) -> None:
    await signed_in(desk, "home")
    await desk.gets(press(1, "send:99", KIOSK))
    assert "Hvem vil du snakke med?" in (await desk.shown(KIOSK))[SCREEN]
    assert (await desk.audit())[-1]["outcome"] == "Stale"


async def test_what_is_typed_at_a_kiosk_disappears(desk: Desk) -> None:
    await desk.gets(typed(33, "jeg heter Ola", KIOSK))
    rows = await desk.hub.rows("SELECT text, message_id FROM messages WHERE key = 'stray:33'")
    assert rows == [{"text": None, "message_id": 33}]
    assert "Ola" not in (await desk.shown(KIOSK))[SCREEN]


async def test_a_full_disk_is_waited_out_with_the_update_still_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "PAUSE_AFTER_FAULT", 0.01)
    tries: list[int] = []
    async with desk.hub.turns.database.transaction() as tx:
        page_count = await tx.row("PRAGMA page_count")
        assert page_count
        await inbox.add(tx, "house", EPOCH, [typed(1, "/help")], desk.hub.clock.now())

    async def fill(update: Update, context: Context) -> None:
        tries.append(update.update_id)
        await context.turn.tx.run(f"PRAGMA max_page_count = {page_count['page_count'] + 2}")
        for number in range(50):
            await facts.put(context.turn.tx, f"{number}", "x" * 3000)
        context.turn.edge.handled = True

    desk.takes(fill)
    task = asyncio.create_task(desk.dispatch.run())
    await until(lambda: len(tries) > 1, "another try")
    assert (await desk.states(), await desk.facts()) == ([("waiting", 0, False)], [])
    assert not task.done()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_toast_that_cannot_be_shown_is_let_go(desk: Desk) -> None:
    desk.wire.script = [(400, {"description": "Bad Request: query is too old"})]
    await desk.gets(press(1, "forged"))
    assert await desk.states() == [("done", 0, True)]


async def test_a_turn_knows_where_it_is_while_it_lasts_and_is_forgotten_after(desk: Desk) -> None:
    networks: list[str] = []

    async def look(_update: Update, context: Context) -> None:
        networks.append(current_turn.get().network)
        await note(context.turn, "x")

    desk.takes(look)
    await desk.gets(typed(1, "x"))
    assert (networks, current_turn.get(None)) == (["house"], None)


def test_every_refusal_has_its_words() -> None:
    def every(kind: type[Refusal]) -> set[type[Refusal]]:
        return {kind}.union(*(every(each) for each in kind.__subclasses__()))

    named = {each for each in every(Refusal) if each.__module__.startswith("bot.")} - {Refusal}
    assert named == set(of_staff.WORDS)


async def test_what_another_turn_changed_while_a_batch_waited_outlives_the_batch(desk: Desk) -> None:
    async def full_disk(_update: Update, _context: Context) -> None:
        message = "database or disk is full"
        raise sqlite3.OperationalError(message)

    desk.takes(full_disk)
    turns, inside, go_on = desk.hub.turns, asyncio.Event(), asyncio.Event()
    async with turns.database.transaction() as tx:
        await inbox.add(tx, "house", EPOCH, [press(1, "a"), press(2, "b")], desk.hub.clock.now())

    async def change_a_setting() -> None:
        async with turns.begin() as turn:
            turn.hub = replace(turn.hub, retention_days=7)
            inside.set()
            await go_on.wait()

    arrived = await desk.dispatch._next()
    changing = asyncio.create_task(change_a_setting())
    await inside.wait()
    batch = asyncio.create_task(desk.dispatch._handle_together(arrived))
    await asyncio.sleep(0)
    go_on.set()
    await changing
    with pytest.raises(sqlite3.OperationalError):
        await batch
    assert turns.hub.retention_days == 7
