"""What a chat shall show: plain values that the edge writes and the delivery carries."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto

from bot.domain.chat.looks import Head, Look, Part, Piece, Place, Step
from bot.domain.subjects import Subject

SCREEN = "screen"
"""The key of a kiosk's one living message."""

LANE_TAP, LANE_DUE, LANE_BROADCAST = 0, 1, 2
"""What goes first: answers to taps, what is due, and behind everything else what is told to many."""

STRAY, WAS = "stray:", "was:"
"""What the keys begin with of messages that are to disappear, and of those that say where something has gone."""

TYPED = "typed:"
"""What the key of a line begins with that somebody of the staff typed, and that stands until the next answer."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button; ``style`` is primary, success or danger, ``private`` keeps it inside the house.

    ``outside`` is what stands on it where the message does leave the house. The ``pieces`` say the same as its text,
    where a part of that is in another language.
    """

    text: str
    data: str
    style: str | None = None
    private: bool = False
    outside: str | None = None
    place: Place = Place.TILE
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a message; a private one says something about a person and never leaves the house.

    ``outside`` is what is said in its place where the message does leave the house. ``spoken`` is what is read aloud
    where what stands there is no words. The ``steps`` of a road say the same as its text, and so do its ``pieces``
    where a part of that is in another language.
    """

    text: str
    private: bool = False
    outside: str | None = None
    part: Part = Part.SAID
    spoken: str = ""
    steps: tuple[Step, ...] = ()
    pieces: tuple[Piece, ...] = ()


class Letter(Enum):
    """When a view goes out by letter: nothing that was sent can be changed there, so that each change is one more."""

    SENDS = auto()
    """Goes out whenever it says something new."""
    CORRECTS = auto()
    """Changes a letter that has not gone out yet, and is none of its own."""
    ENDS = auto()
    """Goes only to who has got the one before it; what has not gone out yet is taken back instead."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What has become of a letter: it may have ``gone`` out already; it ``waits`` to go out, perhaps once more."""

    exists: bool = False
    gone: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file that a message carries; its kind shows in the end of its ``name``.

    The ``recipe`` says what shall be drawn, with all its words, and is kept only until it has been sent; what is drawn
    of it is kept nowhere. It stays inside the house: what a paper says is free text, or about somebody. ``elsewhere``
    is the sentence that stands for it outside.
    """

    name: str
    recipe: str = field(repr=False)
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of many of a kind: what is said of it and what can be pressed, which stay on one sheet.

    ``heading`` is said once more where a sheet begins with this entry: under what it stands. ``about`` is
    what it tells of.
    """

    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    heading: tuple[Line, ...] = ()
    about: frozenset[Subject] = frozenset()


@dataclass(frozen=True, slots=True)
class View:
    """A whole message. A ``neutral`` one says nothing about anybody and may be sent to a kiosk as it is.

    Only what was written as a ``letter`` reaches somebody who cannot answer. ``carries`` are the broadcasts that
    whoever sees the message has then been shown. ``entries`` are what there may be many of: they stand between the
    lines and the rows, on as many sheets as they need. ``name`` tells this list from others in the same message, so
    that whoever reads its third sheet still does when it is written anew. A ``passing`` view tells a secret: it lives
    in memory alone, and a restart takes it away. With what it is ``about`` it changes, and goes. How it ``looks`` on a
    page of the house network, with its ``head``, the ``language`` of its words and the moment ``until`` which it
    stands, is for kiosks; of a sheet, the ``cards`` are those of its lines and rows that belong together.
    """

    lines: tuple[Line, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    neutral: bool = False
    document: Document | None = None
    letter: Letter | None = None
    carries: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()
    name: str = ""
    passing: bool = False
    about: frozenset[Subject] = frozenset()
    look: Look | None = None
    head: Head | None = None
    language: str = ""
    until: datetime | None = None
    cards: tuple[Entry, ...] = ()

    @property
    def text(self) -> str:
        """Return all that is said as the text of a message."""
        said = (*self.lines, *(line for entry in self.entries for line in entry.lines))
        return "\n".join(line.text for line in said)

    @property
    def subjects(self) -> frozenset[Subject]:
        """Return everything that it is about, what its entries tell of among it."""
        return self.about.union(*(entry.about for entry in self.entries))


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody's chat, seen by the one who writes to it; a ``one_way`` chat takes letters and brings nothing back."""

    network: str
    chat_id: int
    language: str
    leaves_house: bool
    person: str | None = None
    kiosk: str | None = None
    one_way: bool = False


Build = Callable[[Reader], View | None]
"""Writes a message for one reader, in their language; None takes the message away."""


def once_for_all(build: Build) -> Build:
    """Write a message only once for all readers of a language, inside the house and outside, by chat and by letter.

    For what says nothing to one reader that it does not say to the next: a broadcast to a thousand chats is then a
    handful of messages.
    """
    written: dict[tuple[str, bool, bool], View | None] = {}

    def build_once(reader: Reader) -> View | None:
        kind = reader.language, reader.leaves_house, reader.one_way
        if kind not in written:
            written[kind] = build(reader)
        return written[kind]

    return build_once


def discreet(view: View, reader: Reader) -> View:
    """Keep what is private inside the house: the one place that decides what a leaving network carries."""
    if not reader.leaves_house:
        return view
    entries = (_discreet_entry(each, reader) for each in view.entries)
    return replace(
        view,
        lines=_said_outside(view.lines) + _instead_of(view.document),
        rows=_pressed_outside(view.rows, reader),
        entries=tuple(each for each in entries if each.lines or each.rows),
        document=None,
    )


def _discreet_entry(entry: Entry, reader: Reader) -> Entry:
    rows = _pressed_outside(entry.rows, reader)
    return replace(entry, lines=_said_outside(entry.lines), rows=rows, heading=_said_outside(entry.heading))


def _said_outside(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(said for line in lines if (said := _outside(line)))


def _pressed_outside(rows: tuple[tuple[Button, ...], ...], reader: Reader) -> tuple[tuple[Button, ...], ...]:
    if reader.one_way:
        return ()
    left = (tuple(there for button in row if (there := _button_outside(button))) for row in rows)
    return tuple(row for row in left if row)


def _button_outside(button: Button) -> Button | None:
    if not button.private:
        return button
    return Button(button.outside, button.data, button.style) if button.outside else None


def _outside(line: Line) -> Line | None:
    if not line.private:
        return line
    return Line(line.outside) if line.outside else None


def _instead_of(document: Document | None) -> tuple[Line, ...]:
    return (Line(document.elsewhere),) if document and document.elsewhere else ()


def goes_by_letter(view: View | None, before: Posted) -> bool:
    """Say whether a view is what a one-way chat shall get now."""
    letter = view.letter if view else None
    corrects = letter is Letter.CORRECTS and before.waits
    return letter is Letter.SENDS or corrects or (letter is Letter.ENDS and before.gone)


def takes_letter_back(view: View | None, before: Posted) -> bool:
    """Say whether a letter is wanted no more; one that has gone out stays where it is."""
    return before.exists and (view is None or (view.letter is Letter.ENDS and not before.gone))
