"""Which languages the hub can speak: those for which there is a catalogue in locales/."""

from collections.abc import Collection
from pathlib import Path

from babel import Locale, UnknownLocaleError

LOCALES = Path(__file__).parents[2] / "locales"
INMATES, STAFF, WALLS = "inmates", "staff", "walls"
"""The catalogues, by who reads them; what the staff read of an inmate's sentences stands in the inmates' alone."""
NORWEGIAN = frozenset({"nb", "nn"})
WRITTEN_AS = {"nb": "no", "nn": "no"}
"""What stands for the written forms of a language where it makes no difference which of them is meant."""

CALLED = {("so", "se"): "somáligiella", ("ti", "se"): "tigrinijagiella"}
"""What a language is called where Babel does not know it; inmates speak it, and an interpreter may."""


class CatalogueFault(Exception):
    """A catalogue says wrongly how its language counts; the sentence says where, and what would be right."""


def catalogue(language: str, domain: str) -> Path:
    """Return where the words of a language are, if it has any."""
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def spoken() -> list[str]:
    """Return the languages that screens can speak: the inmates' catalogue and known dates are all one more needs."""
    return with_catalogue(INMATES)


def with_catalogue(domain: str) -> list[str]:
    """Return the languages with a catalogue of this name and known dates."""
    found = sorted(path.parents[1].name for path in LOCALES.glob(f"*/LC_MESSAGES/{domain}.po"))
    return [language for language in found if is_known(language)]


def is_known(language: str) -> bool:
    """Say whether the dates of a language are known, and its name."""
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def called(language: str, reader: str) -> str:
    """Return what a language is called in the reader's, as it stands within a sentence: litauisk."""
    known = Locale.parse(language).get_language_name(reader)
    return str(known or CALLED.get((language, reader), language))


def own_name(language: str, among: Collection[str] = ()) -> str:
    """Return what a language calls itself, as it stands on a button: Polski, العربية.

    Of the two written forms of Norwegian, one that stands ``among`` others without its sister is Norsk and no more.
    """
    spoken = Locale.parse(language)
    alone = language in NORWEGIAN and len(NORWEGIAN.intersection(among)) == 1
    name = str(spoken.languages.get("no") if alone else spoken.get_language_name() or language)
    return name[:1].upper() + name[1:]
