"""After a silence: what chats are owed is weighed anew, whichever side was silent (the hub, a network, or a chat)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from bot.domain import calendar
from bot.domain.chat import owed as rules
from bot.domain.chat.owed import Owed, Present, Undelivered
from bot.domain.subjects import UNDELIVERED
from bot.store import accounts, audit, bookings, closings, notices, slips, theme_nights
from bot.store import owed as store
from bot.usecases.turn import Turn

DROPPED, LEFT_BEHIND = "dropped", "left_behind"
"""How the log names what came too late to be sent, and what can neither be taken away nor changed any more."""


async def weigh(turn: Turn, network: str) -> int:
    """Drop what a network's chats were never shown and what is of no use any more; return how much that was."""
    found = await store.by_network(turn.tx, network)
    return await _drop(turn, found) if found else 0


async def weigh_chat(turn: Turn, network: str, chat_id: int) -> int:
    """Do the same for one chat that took no messages."""
    found = await store.by_chat(turn.tx, network, chat_id)
    return await _drop(turn, found) if found else 0


async def undelivered(turn: Turn) -> Undelivered:
    """Return what did not come through: what was refused for good, and what was dropped or left behind today."""
    midnight = _midnight(turn)
    return Undelivered(
        tuple(await store.refused(turn.tx)),
        await audit.count_of(turn.tx, DROPPED, midnight),
        await audit.count_of(turn.tx, LEFT_BEHIND, midnight),
    )


def expect_undelivered(turn: Turn) -> None:
    """Say that ``undelivered`` will be asked."""
    store.expect_refused(turn.tx)
    for action in (DROPPED, LEFT_BEHIND):
        audit.expect_count_of(turn.tx, action, _midnight(turn))


def _midnight(turn: Turn) -> datetime:
    return calendar.at(turn.hub, calendar.today(turn.hub, turn.now), time())


def not_arrived(turn: Turn) -> None:
    """Say that something did not come through: whoever counts it hears of it."""
    turn.touch(UNDELIVERED)


async def forget_refused(turn: Turn) -> None:
    """Want no more what was refused for good and is of no use any more: nobody has to be told of it now."""
    if found := await store.refused_for_good(turn.tx):
        now = await _present(turn)
        turn.touch(UNDELIVERED)
        await store.drop(turn.tx, [number for number, each in found.items() if not rules.still_to_be_told(each, now)])


async def _drop(turn: Turn, found: Mapping[int, Owed]) -> int:
    now = await _present(turn)
    over = {number: each for number, each in found.items() if not rules.still_worth_saying(each, now)}
    await store.drop(turn.tx, over)
    for each in over.values():
        await turn.note(DROPPED, each.use.of or each.use.span, each.use.span)
    if over:
        turn.touch(UNDELIVERED)
    return len(over)


async def _present(turn: Turn) -> Present:
    now = rules.present(
        turn.hub,
        turn.now,
        await slips.all_open(turn.tx),
        {each.slip: each for each in await bookings.all_standing(turn.tx)},
        await slips.with_news(turn.tx),
        await theme_nights.ending_after(turn.tx, turn.now),
        await notices.ending_after(turn.tx, turn.now),
    )
    away = frozenset(each.about for each in await accounts.every_away(turn.tx))
    closed = frozenset(each.about for each in await closings.closed(turn.tx))
    return replace(now, away=away, closed=closed)
