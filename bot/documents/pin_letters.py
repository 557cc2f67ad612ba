"""The PIN letter: the one-time code with which an inmate sets a PIN, and what to do with it, on one page."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.documents.paper import Canvas


@dataclass(frozen=True, slots=True)
class Part:
    """What a letter says in one language: a title, the labels of number and code, steps in order, and notes."""

    language: str
    title: str
    number: str
    code: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinLetter:
    """A letter: the first part in the reader's language, the others for whoever helps.

    It names nobody but by the ``number`` (A19). ``made`` is the hub's time.
    """

    hub: str
    made: datetime
    number: str
    code: str = field(repr=False)
    parts: tuple[Part, ...]


def pin_letter(said: PinLetter) -> bytes:
    """Return the letter as PDF. It takes a tenth of a second: call it in a thread."""
    first = said.parts[0]
    with Canvas(first.title, first.language, said.made) as canvas:
        _begin(canvas, said, first)
        _explain(canvas, first)
        for part in said.parts[1:]:
            canvas.skip(6)
            canvas.rule()
            canvas.skip(4)
            canvas.turn_to(part.language)
            canvas.write(part.title, 14, bold=True)
            _explain(canvas, part)
        return canvas.as_pdf()


def _begin(canvas: Canvas, said: PinLetter, part: Part) -> None:
    canvas.write(said.hub, 11)
    canvas.skip(6)
    canvas.write(part.title, 24, bold=True)
    for label, value, spread in ((part.number, said.number, 1), (part.code, said.code, 6)):
        canvas.skip(4)
        canvas.write(label, 13)
        canvas.write(value, 44, bold=True, spread=spread)


def _explain(canvas: Canvas, part: Part) -> None:
    canvas.skip(3)
    for number, step in enumerate(part.steps, 1):
        canvas.write(f"{number}. {step}", 13)
    canvas.skip(3)
    for note in part.notes:
        canvas.write(note)
