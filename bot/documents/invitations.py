"""The invitation: a QR code to scan and a line to write, with which somebody of the staff joins the hub."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents.paper import Canvas

QR_SIDE = 80.0


@dataclass(frozen=True, slots=True)
class Invitation:
    """What stands on the paper; ``scanned`` is what the QR code says, ``lines`` what can be written instead of it.

    ``made`` is the hub's time.
    """

    hub: str
    made: datetime
    language: str
    title: str
    steps: tuple[str, ...]
    scanned: str
    instead: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]


def invitation(said: Invitation) -> bytes:
    """Return the paper as PDF. It takes a tenth of a second: call it in a thread."""
    with Canvas(said.title, said.language, said.made) as canvas:
        canvas.write(said.hub, 11)
        canvas.skip(6)
        canvas.write(said.title, 24, bold=True)
        canvas.skip(4)
        for step in said.steps:
            canvas.write(step, 13)
        canvas.qr(said.scanned, QR_SIDE)
        canvas.write(said.instead, 13)
        for line in said.lines:
            canvas.skip(2)
            canvas.write_code(line)
        canvas.skip(6)
        for note in said.notes:
            canvas.write(note)
        return canvas.as_pdf()
