"""What somebody of the staff is in the middle of: a task over several pages, each choice a press or a typed line."""

from typing import Any

from bot.domain.chat.desks import Desk
from bot.store import desks as store
from bot.store import typed_lines
from bot.usecases.turn import Turn


async def mine(turn: Turn) -> Desk:
    """Return the acting person's desk."""
    return await store.get(turn.tx, turn.keys, turn.person.id)


async def begin(turn: Turn, task: str, **draft: Any) -> Desk:
    """Begin a task; whatever was begun before is dropped."""
    return await _keep(turn, (await mine(turn)).begin(task, **draft))


async def at(turn: Turn, task: str, step: int) -> Desk:
    """Return the desk as the pressed page showed it, or refuse a button of an earlier page."""
    desk = await mine(turn)
    desk.at(task, step)
    return desk


async def go_on(turn: Turn, task: str, step: int, **chosen: Any) -> Desk:
    """Take one choice more."""
    return await _keep(turn, (await mine(turn)).go_on(task, step, **chosen))


async def clear(turn: Turn) -> None:
    """Be done with the task: a second press of the last button is stale."""
    await _keep(turn, (await mine(turn)).clear())


async def leave_line(turn: Turn, message_id: int) -> None:
    """Let a typed line stand until the next answer, or until the task is given up; the one before it goes."""
    await typed_lines.take_off(turn.tx, turn.person.id)
    await typed_lines.leave(turn.tx, turn.network, turn.chat_id, message_id, turn.now)


async def _keep(turn: Turn, desk: Desk) -> Desk:
    await store.save(turn.tx, turn.keys, turn.person.id, desk)
    await typed_lines.take_off(turn.tx, turn.person.id)
    return desk
