"""Papers as recipes: what shall be drawn, with all its words, as one line that a row can keep until it is drawn."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.documents.attendance import Attendance, attendance
from bot.documents.invitations import Invitation, invitation
from bot.documents.pin_letters import PinLetter, pin_letter
from bot.documents.posters import ThemeNightPoster, WeekPoster, theme_night_poster, week_poster

Paper = Attendance | Invitation | PinLetter | ThemeNightPoster | WeekPoster
"""What a paper says, whole: nothing else is asked when it is drawn."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: the value that says everything about one, and how that is drawn."""

    said: type[Paper]
    drawn: Callable[[Any], bytes]


KINDS = {
    "attendance": Kind(Attendance, attendance),
    "invitation": Kind(Invitation, invitation),
    "pin_letter": Kind(PinLetter, pin_letter),
    "night_poster": Kind(ThemeNightPoster, theme_night_poster),
    "week_poster": Kind(WeekPoster, week_poster),
}
"""Every kind of paper, by the name that stands in rows."""

PLAIN: dict[type[Paper], TypeAdapter[Any]] = {kind.said: TypeAdapter(kind.said) for kind in KINDS.values()}
"""What turns each into plain values and back."""


def written(paper: Paper) -> str:
    """Write a paper as its recipe: JSON in one line; the same paper is always the same recipe."""
    [name] = [name for name, kind in KINDS.items() if kind.said is type(paper)]
    return json.dumps([name, PLAIN[type(paper)].dump_python(paper, mode="json")], ensure_ascii=False)


def draw(recipe: str) -> bytes:
    """Draw a recipe as PDF. It takes up to some seconds: call it in a thread, and in no transaction.

    What is no recipe raises KeyError or ValueError.
    """
    name, said = json.loads(recipe)
    kind = KINDS[name]
    return kind.drawn(PLAIN[kind.said].validate_python(said))
