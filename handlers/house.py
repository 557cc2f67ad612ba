"""Pages that say who somebody is: written whole inside the house, and with one sentence outside."""

from bot.domain.messages import Button, Line, Reader, View
from handlers.pages import START, Rows
from handlers.words import Words


def inside(reader: Reader, _: Words, title: str, lines: list[str], rows: Rows) -> View:
    """Write a page of private lines below its title; where the chat leaves the house, say where it can be read."""
    if reader.leaves_house:
        lines_shown = (Line(title), Line(_("You see this page only on the house network.")))
        return View(lines_shown, tuple(row for row in rows if row and row[-1].data == START))
    return View((Line(title), *(Line(line, private=True) for line in lines)), tuple(row for row in rows if row))


def each_in_a_row(buttons: list[Button]) -> Rows:
    """Lay buttons out one below the other."""
    return tuple((button,) for button in buttons)
