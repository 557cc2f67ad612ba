"""The access log, as the auditor reads it; reading it is in the log as well."""

import re

from bot.domain.audit import Kept
from bot.domain.refusals import NotUsable
from bot.store import audit as store
from bot.usecases.turn import Turn

PAGE = 15
EVERYTHING = "-"
REFUSED, READ = "_refused", "_read"
ONLY = {REFUSED: ("refused",), READ: ("read", "read_walks", "read_night", "read_log")}
NEWEST = 999_999_999
WORD = re.compile(r"[A-Za-z0-9_-]{1,16}")


async def page(turn: Turn, only: str, before: int = NEWEST) -> tuple[list[Kept], bool]:
    """Return a page of the log, the newest first, and whether there is an older one; the look itself is noted."""
    if only == EVERYTHING or only in ONLY:
        found = await store.before(turn.tx, before, PAGE + 1, ONLY.get(only, ()))
    else:
        found = await store.concerning(turn.tx, before, PAGE + 1, only)
    await turn.note("read_log", only)
    return found[:PAGE], len(found) > PAGE


def typed(text: str) -> str:
    """Return the slip, person or place that was typed to look for."""
    word = text.strip().upper()
    if not WORD.fullmatch(word):
        raise NotUsable
    return word
