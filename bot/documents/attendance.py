"""The attendance list of a theme night: who is to come, with a box for each, and nothing of why (F34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.documents.paper import Canvas


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
    with Canvas(said.title, said.language, said.made) as canvas:
        canvas.write(said.hub, 11)
        canvas.skip(3)
        canvas.write(said.title, 20, bold=True)
        for fact in said.facts:
            canvas.write(fact, 13)
        for title, people in (*said.parts, (said.others, ("",) * said.free_lines)):
            _part(canvas, title, people)
        return canvas.as_pdf()


def _part(canvas: Canvas, title: str, people: Sequence[str]) -> None:
    canvas.skip(3)
    canvas.keep_together(lines=2)
    canvas.write(title, 13, bold=True)
    for each in people:
        canvas.write_box(each)
