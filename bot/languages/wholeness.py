"""How whole a language is, and who wrote its words: a screen offers no language of which somebody reads the half."""

from functools import cache
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot import languages
from bot.languages import INMATES, STAFF, WALLS, plurals

SOURCE = "en"
"""The language of the code, whose catalogue has every sentence."""

NOT_CHECKED = "ikke kontrollert"
"""Stands above a catalogue that a machine wrote and nobody has read yet."""


def sentences() -> int:
    """Return how many sentences a language needs at the screens."""
    return len(_said(languages.catalogue(SOURCE, INMATES)))


def lacks(language: str) -> int | None:
    """Return how many sentences a language lacks at the screens; nothing where it has no catalogue for them."""
    return _lacks(languages.catalogue(SOURCE, INMATES), languages.catalogue(language, INMATES))


def is_by_machine(language: str) -> bool:
    """Say whether a machine wrote some words of a language, whoever reads those."""
    return any(_is_by_machine(languages.catalogue(language, readers)) for readers in (INMATES, STAFF, WALLS))


def by_machine() -> frozenset[str]:
    """Return the languages of which a machine wrote some words."""
    known = {each for readers in (INMATES, STAFF, WALLS) for each in languages.with_catalogue(readers)}
    return frozenset(each for each in known if is_by_machine(each))


@cache
def _lacks(source: Path, path: Path) -> int | None:
    return len(_said(source) - _said(path)) if path.exists() else None


@cache
def _is_by_machine(path: Path) -> bool:
    return path.exists() and NOT_CHECKED in path.read_text("utf-8").partition("msgid")[0]


@cache
def _said(path: Path) -> frozenset[str]:
    """Return the sentences that a catalogue says; what is marked fuzzy is not said."""
    if not path.exists():
        return frozenset()
    catalogue = read_po(
        StringIO(plurals.with_right_header(path.parts[-3], path.read_text("utf-8"))), locale=path.parts[-3]
    )
    return frozenset(_sentence(each) for each in catalogue if each.id and not each.fuzzy and _is_said(each))


def _sentence(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _is_said(message: Message) -> bool:
    texts = message.string
    return bool(texts) if isinstance(texts, str) else bool(texts) and all(texts or ())
