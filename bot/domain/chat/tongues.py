"""Words of another language within a page's own: marked where they are said, and told apart before anybody sees them.

The hub's own texts may lack a reader's language. What is shown in its place goes into sentences and buttons like any
other text, so that only a mark within it can tell where it stands. The marks are characters that no text has: they are
taken out of every view before it is written down, and a page of the house network is told the pieces.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.chat.looks import Piece
from bot.domain.chat.messages import Button, Document, Entry, Line, View

BEGIN, SAYS, END = "\ufdd0", "\ufdd1", "\ufdd2"
MARKS = (BEGIN, SAYS, END)
MARKED = re.compile(f"{BEGIN}([a-z]{{2,3}}){SAYS}([^{''.join(MARKS)}]*){END}")
STRAY = re.compile(f"[{''.join(MARKS)}]")

Rows = tuple[tuple[Button, ...], ...]


def marked(text: str, language: str) -> str:
    """Mark a text as one of another language than what it will stand in."""
    return f"{BEGIN}{language}{SAYS}{text}{END}"


def plain(text: str) -> str:
    """Return a text without marks, as everybody sees it."""
    return STRAY.sub("", MARKED.sub(r"\2", text)) if STRAY.search(text) else text


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a text, each with its language where it is not the page's; none where nothing is marked."""
    return tuple(each for each in _apart(text) if each.text) if MARKED.search(text) else ()


def _apart(text: str) -> Iterator[Piece]:
    begun = 0
    for found in MARKED.finditer(text):
        yield Piece(plain(text[begun : found.start()]))
        yield Piece(found[2], found[1])
        begun = found.end()
    yield Piece(plain(text[begun:]))


def clipped(text: str, longest: int) -> str:
    """Return the beginning of a text, of so many characters as everybody sees them, with its marks."""
    kept, left = "", longest
    for each in pieces(text) or (Piece(plain(text)),):
        part = each.text[:left]
        kept += marked(part, each.language) if each.language and part else part
        left -= len(part)
    return kept


def told_apart(view: View) -> View:
    """Return a view as it may be written down: without marks, and with the pieces of what had some."""
    return replace(
        view,
        lines=_lines(view.lines),
        rows=_rows(view.rows),
        entries=tuple(map(_entry, view.entries)),
        document=_document(view.document) if view.document else None,
    )


def _entry(entry: Entry) -> Entry:
    return replace(entry, lines=_lines(entry.lines), rows=_rows(entry.rows), heading=_lines(entry.heading))


def _lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(map(_line, lines))


def _rows(rows: Rows) -> Rows:
    return tuple(tuple(map(_button, row)) for row in rows)


def _line(line: Line) -> Line:
    steps = tuple(replace(each, text=plain(each.text)) for each in line.steps)
    if not any(STRAY.search(each) for each in (line.text, line.outside or "", line.spoken)) and steps == line.steps:
        return line
    said, outside = plain(line.text), plain(line.outside) if line.outside else line.outside
    return replace(line, text=said, outside=outside, spoken=plain(line.spoken), steps=steps, pieces=pieces(line.text))


def _button(button: Button) -> Button:
    if not any(STRAY.search(each) for each in (button.text, button.outside or "")):
        return button
    outside = plain(button.outside) if button.outside else button.outside
    return replace(button, text=plain(button.text), outside=outside, pieces=pieces(button.text))


def _document(document: Document) -> Document:
    return replace(
        document,
        name=plain(document.name),
        recipe=plain(document.recipe),
        elsewhere=plain(document.elsewhere),
    )
