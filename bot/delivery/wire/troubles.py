"""What goes wrong on a wire, and how a log says it: always in words of our own, for a server's may quote anybody."""

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

LEAST_SILENCE, MOST_SILENCE = 1.0, 3600.0
"""Seconds of silence that a network may ask for: what is more is no limit of any network, but a fault."""

SOME_SILENCE = 5
"""Seconds of silence after «too much» from a network that does not say for how long."""

WEBHOOK = "webhook is active"


class NotSent(NetworkError):
    """The request never reached the server, so that it can be repeated without doubt."""


class TurnedAway(NotSent):
    """Something on the way has answered in the server's place: the request was not carried out."""


class Broken(NetworkError):
    """The connection broke after the request had begun: what became of it is unknown."""


class NotUnderstood(NetworkError):
    """The answer is none that a Bot API server gives: what became of the request is unknown."""


def silence_of(error: RetryAfter) -> float:
    """Return for how many seconds a network wants to be left in peace, within reason."""
    return min(max(error._retry_after.total_seconds(), LEAST_SILENCE), MOST_SILENCE)


def in_words(error: Exception) -> str:
    """Return what a log may say of an error: never the library's own words, which may hold the token."""
    if isinstance(error, NotSent | Broken | NotUnderstood):
        return str(error)
    if isinstance(error, RetryAfter):
        return f"it asks for silence for {silence_of(error):.0f} seconds"
    if isinstance(error, Conflict):
        return _of_conflict(error)
    return next((words for kind, words in WORDS if isinstance(error, kind)), type(error).__name__)


def _of_conflict(error: Conflict) -> str:
    if WEBHOOK in str(error):
        return "a webhook is set for this bot: another program takes its updates (409)"
    return "another program asks with the same token, perhaps a second hub: one of them must stop (409)"


WORDS: list[tuple[type[Exception], str]] = [
    (InvalidToken, "it does not know the bot's token (401 or 404): the token in the settings is wrong or withdrawn"),
    (TimedOut, "no answer in time"),
    (TimeoutError, "no answer in time"),
    (Forbidden, "it refuses what is asked (403)"),
    (BadRequest, "it refuses what is asked (400)"),
    (NetworkError, "it has a fault of its own"),
]
