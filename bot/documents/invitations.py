"""The invitation: a QR code to scan and a line to write, with which somebody of the staff joins the hub."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents.paper import Drawing

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
    with Drawing(said.title, said.language, said.made) as drawing:
        drawing.write(said.hub, 11)
        drawing.skip(6)
        drawing.write(said.title, 24, bold=True)
        drawing.skip(4)
        for step in said.steps:
            drawing.write(step, 13)
        drawing.qr(said.scanned, QR_SIDE)
        drawing.write(said.instead, 13)
        for line in said.lines:
            drawing.skip(2)
            drawing.write_code(line)
        drawing.skip(6)
        for note in said.notes:
            drawing.write(note)
        return drawing.as_pdf()
