"""Pages that say who somebody is: written whole inside the house, and with one sentence outside."""

from bot.domain.chat.messages import Entry, Line, Reader, View
from bot.domain.subjects import Subject
from handlers.chat.rows import START, Rows
from handlers.chat.words import Words


def inside(
    reader: Reader,
    _: Words,
    title: str,
    lines: list[str],
    rows: Rows,
    entries: tuple[Entry, ...] = (),
    name: str = "",
    about: frozenset[Subject] = frozenset(),
) -> View:
    """Write a page of private lines below its title; where the chat leaves the house, say where it can be read.

    Of the ``entries`` there may be many, and what it is ``about``, see View.
    """
    if reader.leaves_house:
        lines_shown = (Line(title), Line(_("You see this page only on the house network.")))
        return View(lines_shown, tuple(row for row in rows if row and row[-1].data == START), about=about)
    said = (Line(title), *(Line(line, private=True) for line in lines))
    return View(said, tuple(row for row in rows if row), entries=entries, name=name, about=about)
