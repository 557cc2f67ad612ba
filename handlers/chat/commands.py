"""Typed commands as people write them: in any case, with spaces about them, and with the bot's own name."""

import re

from telegram import Message
from telegram.ext import filters

from bot.usecases.turn import current_turn

SPACES = r"[ \t\u00a0]"
"""What may stand before, between and behind the words of one line; a second line is no command."""


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """Return what takes a command, ``["/start", "(?P<code>…)"]``; only its name may be written in any case."""
    name, *rest = words
    called = rf"(?i:{name})(?:@(?P<bot>[A-Za-z0-9_]{{1,32}}))?"
    return re.compile(rf"\A{SPACES}*{f'{SPACES}+'.join([called, *rest])}{SPACES}*\Z")


def looks_like_one(text: str) -> bool:
    """Say whether somebody meant a command, ours or not: such a line is never the text that a page asks for."""
    return text.lstrip().startswith("/")


class Typed(filters.MessageFilter):
    """Takes what looks like a command and is meant for this bot: one that names another bot is not ours."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        super().__init__(name=f"typed {pattern.pattern}", data_filter=True)
        self._pattern = pattern

    def filter(self, message: Message) -> dict[str, list[re.Match[str]]]:
        """Return the match for the handler, or nothing."""
        match = self._pattern.match(message.text or "")
        return {"matches": [match]} if match and _is_ours(match["bot"]) else {}


def _is_ours(named: str | None) -> bool:
    # Until a network has told who the bot is there, whoever writes to it in private means it.
    ours = current_turn.get().edge.called
    return not named or not ours or named.lower() == ours.lower()
