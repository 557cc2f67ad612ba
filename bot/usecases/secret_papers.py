"""Papers with a secret on them: they lie in a chat for some minutes, and no longer."""

from bot.domain import reminders as due
from bot.domain.refusals import Stale
from bot.domain.reminders import Kind
from bot.store import reminders
from bot.usecases.turn import Turn

PREFIX = "paper:"


def key_of(number: int, nth: int = 0) -> str:
    """Return the key of a paper's message; one update may bring several, each the ``nth``."""
    return f"{PREFIX}{number}.{nth}" if nth else f"{PREFIX}{number}"


async def hand_over(turn: Turn, key: str) -> None:
    """Let the paper under this key disappear from the turn's chat by itself when its time is over."""
    await reminders.put(turn.tx, [due.take_away(_place(turn, key), turn.now)])


async def put_away(turn: Turn) -> None:
    """Take the pressed paper away at once; anything else that is pressed is no paper."""
    if turn.pressed is None or not turn.pressed.startswith(PREFIX):
        raise Stale
    await reminders.cancel(turn.tx, _place(turn, turn.pressed), [Kind.PAPER])


def _place(turn: Turn, key: str) -> str:
    return f"{turn.network}/{turn.chat_id}/{key}"
