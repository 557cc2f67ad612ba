"""The invitation: a QR code to scan and a line to write, with which somebody of the staff joins the hub."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents.paper import Sheet

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
    with Sheet(said.title, said.language, said.made) as sheet:
        sheet.write(said.hub, 11)
        sheet.skip(6)
        sheet.write(said.title, 24, bold=True)
        sheet.skip(4)
        for step in said.steps:
            sheet.write(step, 13)
        sheet.qr(said.scanned, QR_SIDE)
        sheet.write(said.instead, 13)
        for line in said.lines:
            sheet.skip(2)
            sheet.write_code(line)
        sheet.skip(6)
        for note in said.notes:
            sheet.write(note)
        return sheet.as_pdf()
