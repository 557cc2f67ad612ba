"""Which sentences a message of the house network has, in the order in which they are read aloud."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.voices.texts import sentences


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence, and ``at`` which part of a message it stands: ``line 0``, ``card 1 button 0 0``.

    A ``neutral`` one stands on a page about nobody.
    """

    text: str
    language: str
    neutral: bool
    at: str

    def for_page(self) -> dict[str, Any]:
        """Return where the sentence stands, for a page that marks it."""
        return {"text": self.text, "language": self.language, "at": self.at}


def sentences_of(message: Mapping[str, Any], language: str) -> list[Read]:
    """Return what is read of a message, as the page knows it: its lines, its cards, then what its buttons say.

    Where it has a face, that says what stands there and in which language; else its text is read in ``language``. What
    is on every page, back and the way out, is not read again and again.
    """
    face = message.get("face")
    if not (isinstance(face, Mapping) and _groups(face.get("lines"))):
        lines = [{"text": line} for line in str(message.get("text") or "").split("\n")]
        return list(_of_part({"lines": lines, "rows": message.get("buttons")}, language, neutral=False))
    return list(_of_part(face, _text(face, "language") or language, neutral=not face.get("personal")))


def _of_part(part: Mapping[str, Any], told: str, *, neutral: bool, at: str = "") -> Iterator[Read]:
    for number, line in enumerate(_groups(part.get("lines"))):
        for text, spoken_in in _said(line, told):
            yield Read(text, spoken_in, neutral, f"{at}line {number}")
    for number, card in enumerate(_groups(part.get("cards"))):
        yield from _of_part(card, told, neutral=neutral, at=f"card {number} ")
    for y, row in enumerate(_rows(part.get("rows"))):
        for x, button in enumerate(_groups(row)):
            # A pad's keys are seen and not listened to.
            if any(each.isalpha() for each in _text(button, "text")):
                yield from (Read(*said, neutral, f"{at}button {y} {x}") for said in _said(button, told))


def _said(part: Mapping[str, Any], told: str) -> Iterator[tuple[str, str]]:
    """Part what a line or a button says into sentences; a piece in another language is one of its own, in that one."""
    told = _text(part, "language") or told
    spoken = _text(part, "spoken")
    pieces = [] if spoken else _groups(part.get("pieces"))
    for each in pieces or [{"text": spoken or _text(part, "text")}]:
        language = _text(each, "language") or told
        yield from ((text, language) for text in sentences(_text(each, "text"), language))


def _rows(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _groups(found: Any) -> list[Mapping[str, Any]]:
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _text(group: Mapping[str, Any], name: str) -> str:
    found = group.get(name)
    return found if isinstance(found, str) else ""
