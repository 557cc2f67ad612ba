"""One-time codes: how a new one is made, what is kept of it, and how long it stands in a chat."""

import secrets

from bot.domain import codes as rules
from bot.domain.people import INVITE_LIFETIME
from bot.domain.refusals import Stale
from bot.domain.reminders import Kind, Reminder
from bot.store import reminders
from bot.usecases.turn import Turn

PREFIX = "code:"


def fresh() -> str:
    """Return a new code that nobody can guess; write it as ``grouped`` does."""
    return "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.LENGTH))


def key_of(number: int) -> str:
    """Return the key of a code's message."""
    return f"{PREFIX}{number}"


async def hand_over(turn: Turn, key: str) -> None:
    """Let the code under this key disappear from the turn's chat by itself when its time is over."""
    await reminders.put(turn.tx, [Reminder(Kind.CODE, _place(turn, key), turn.now + INVITE_LIFETIME)])


async def put_away(turn: Turn) -> None:
    """Take the pressed code away at once; anything else that is pressed is no code."""
    if turn.pressed is None or not turn.pressed.startswith(PREFIX):
        raise Stale
    await reminders.cancel(turn.tx, _place(turn, turn.pressed), [Kind.CODE])


def _place(turn: Turn, key: str) -> str:
    return f"{turn.network}/{turn.chat_id}/{key}"
