"""Which sentences a message of the house network has, in the order in which they are read aloud."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.voices.texts import sentences


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it stands in a message: on a ``line``, or on a ``button`` of a row. ``neutral``: about nobody."""

    text: str
    language: str
    neutral: bool
    line: int | None = None
    button: tuple[int, int] | None = None

    def for_page(self) -> dict[str, Any]:
        """Return where the sentence stands, for a page that marks it."""
        return {"text": self.text, "language": self.language, "line": self.line, "button": self.button}


def sentences_of(message: Mapping[str, Any], language: str) -> list[Read]:
    """Return what is read of a message, as the page knows it: its lines first, then what its buttons say.

    Where it has a face, that says what stands there and in which language; else its text is read in ``language``.
    """
    face = message.get("face")
    face = face if isinstance(face, Mapping) else {}
    told = _text(face, "language") or language
    neutral = face.get("neutral") is True
    return [*_of_lines(message, face, told, neutral), *_of_buttons(message, face, told, neutral)]


def _of_lines(message: Mapping[str, Any], face: Mapping[str, Any], told: str, neutral: bool) -> Iterator[Read]:
    lines = _groups(face.get("lines")) or [{"text": line} for line in str(message.get("text") or "").split("\n")]
    for number, line in enumerate(lines):
        spoken_in = _text(line, "language") or told
        for text in sentences(_text(line, "text"), spoken_in):
            yield Read(text, spoken_in, neutral, line=number)


def _of_buttons(message: Mapping[str, Any], face: Mapping[str, Any], told: str, neutral: bool) -> Iterator[Read]:
    rows = face.get("rows") or message.get("buttons")
    for y, row in enumerate(rows if isinstance(rows, list) else []):
        for x, button in enumerate(_groups(row)):
            text, spoken_in = _text(button, "text"), _text(button, "language") or told
            # A pad's keys are seen and not listened to.
            if any(each.isalpha() for each in text):
                yield from (Read(part, spoken_in, neutral, button=(y, x)) for part in sentences(text, spoken_in))


def _groups(found: Any) -> list[Mapping[str, Any]]:
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _text(group: Mapping[str, Any], name: str) -> str:
    found = group.get(name)
    return found if isinstance(found, str) else ""
