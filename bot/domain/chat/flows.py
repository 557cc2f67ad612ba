"""Questions that are asked one after the other: which is the next, which was answered last, and the way back."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.refusals import Stale

Draft = Mapping[str, Any]
"""What has been answered so far, as plain words, by the names of the questions."""

GIVEN = "given"
"""Where a draft names what it had from the beginning: that was never asked, so that nobody goes back to it."""


def kind_of(name: str) -> tuple[str, str]:
    """Take a question's name apart: what it asks, and of which language or unit: ``topic_nb``."""
    kind, _, of = name.partition("_")
    return kind, of


def next_of(asked: Iterable[str], draft: Draft) -> str:
    """Return what is to be asked next; nothing where everything is said."""
    return next((each for each in asked if draft.get(each) is None), "")


def last_of(asked: Iterable[str], draft: Draft) -> str:
    """Return what was answered last; nothing where there is no way back."""
    answered = [each for each in asked if draft.get(each) is not None and each not in draft.get(GIVEN, ())]
    return answered[-1] if answered else ""


def taken_back(asked: Iterable[str], draft: Draft) -> dict[str, None]:
    """Return what changes when the last answer is taken back."""
    last = last_of(asked, draft)
    return {last: None} if last else {}


def number_in(word: str) -> int:
    """Return the number that a pressed word tells; a word that is none was never on a button."""
    if not word.isdecimal():
        raise Stale
    return int(word)
