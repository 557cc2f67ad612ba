"""The access log, as the auditor reads it; reading it is in the log as well."""

import re
from collections.abc import Iterable

from bot.domain import subjects
from bot.domain.audit import Kept
from bot.domain.refusals import NotUsable
from bot.domain.subjects import Subject
from bot.store import audit as store
from bot.store import people
from bot.usecases.turn import Turn

PAGE = 15
EVERYTHING = "-"
REFUSED, READ = "_refused", "_read"
ONLY = {REFUSED: ("refused",), READ: ("read", "read_walks", "read_night", "read_log")}
NEWEST = 999_999_999
CODE = re.compile(r"[A-Z]{2,3}-[0-9]{1,7}")
WORD = re.compile(r"[A-Za-z0-9_-]{1,16}")


async def page(turn: Turn, only: str, before: int = NEWEST) -> tuple[list[Kept], bool]:
    """Return a page of the log, the newest first, and whether there is an older one; the look itself is noted."""
    if only == EVERYTHING or only in ONLY:
        found = await store.before(turn.tx, before, PAGE + 1, ONLY.get(only, ()))
    else:
        found = await store.concerning(turn.tx, before, PAGE + 1, only)
    await turn.note("read_log", only)
    return found[:PAGE], len(found) > PAGE


async def about(turn: Turn, found: Iterable[Kept], only: str) -> frozenset[Subject]:
    """Return which slips and inmates a page of the log names."""
    said = " ".join([only, *(f"{each.entry.actor} {each.entry.about}" for each in found)])
    words, inmates = set(WORD.findall(said)), {each.id for each in await people.inmates(turn.tx)}
    return subjects.slips(*(each for each in words if CODE.fullmatch(each))) | subjects.named(*(words & inmates))


def typed(text: str) -> str:
    """Return the slip, person or place that was typed to look for."""
    word = text.strip().upper()
    if not WORD.fullmatch(word):
        raise NotUsable
    return word
