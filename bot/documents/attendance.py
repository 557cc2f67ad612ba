"""The attendance list of a theme night: who is to come, with a box for each, and nothing of why (F34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.documents.paper import Drawing


@dataclass(frozen=True, slots=True)
class Attendance:
    """What a list says: the theme night's ``facts``, its parts with who is in each, and free lines for others who come.

    ``made`` is the hub's time.
    """

    hub: str
    made: datetime
    language: str
    title: str
    facts: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    others: str
    free_lines: int


def attendance(said: Attendance) -> bytes:
    """Return the list as PDF, on as many pages as it takes. It takes a tenth of a second: call it in a thread."""
    with Drawing(said.title, said.language, said.made) as drawing:
        drawing.write(said.hub, 11)
        drawing.skip(3)
        drawing.write(said.title, 20, bold=True)
        for fact in said.facts:
            drawing.write(fact, 13)
        for title, people in (*said.parts, (said.others, ("",) * said.free_lines)):
            _part(drawing, title, people)
        return drawing.as_pdf()


def _part(drawing: Drawing, title: str, people: Sequence[str]) -> None:
    drawing.skip(3)
    drawing.keep_together(lines=2)
    drawing.write(title, 13, bold=True)
    for each in people:
        drawing.write_box(each)
