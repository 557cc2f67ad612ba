"""What a chat shall show: plain values that the edge writes and the delivery carries."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

SCREEN = "screen"
"""The key of a kiosk's one living message."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button; ``style`` is primary, success or danger, ``private`` keeps it inside the house."""

    text: str
    data: str
    style: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a message; a private one says something about a person and never leaves the house."""

    text: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file that a message carries; its kind shows in the end of its ``name``.

    Its bytes are kept only until it has been sent. It stays inside the house unless it is ``public``; ``elsewhere`` is
    the sentence that stands for it outside.
    """

    name: str
    content: bytes = field(repr=False)
    public: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A whole message. A ``neutral`` one says nothing about anybody and may be sent to a kiosk as it is."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    neutral: bool = False
    document: Document | None = None

    @property
    def text(self) -> str:
        """Return the lines as the text of a message."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody's chat, seen by the one who writes to it."""

    network: str
    chat_id: int
    language: str
    leaves_house: bool
    person: str | None = None
    kiosk: str | None = None


Build = Callable[[Reader], View | None]
"""Writes a message for one reader, in their language; None takes the message away."""


def discreet(view: View, reader: Reader) -> View:
    """Keep what is private inside the house: the one place that decides what a leaving network carries."""
    if not reader.leaves_house:
        return view
    rows = tuple(tuple(button for button in row if not button.private) for row in view.rows)
    return replace(
        view,
        lines=tuple(line for line in view.lines if not line.private) + _instead_of(view.document),
        rows=tuple(row for row in rows if row),
        document=view.document if view.document and view.document.public else None,
    )


def _instead_of(document: Document | None) -> tuple[Line, ...]:
    if document is None or document.public or not document.elsewhere:
        return ()
    return (Line(document.elsewhere),)
