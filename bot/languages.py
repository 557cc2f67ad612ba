"""Which languages the hub can speak: those for which there is a catalogue in locales/."""

from collections.abc import Collection
from pathlib import Path

from babel import Locale, UnknownLocaleError

LOCALES = Path(__file__).parent.parent / "locales"
SCREENS = "samtalelapp"
"""The catalogue of what stands on screens."""
NORWEGIAN = frozenset({"nb", "nn"})


def catalogue(language: str, domain: str) -> Path:
    """Return where the words of a language are, if it has any."""
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def spoken() -> list[str]:
    """Return the languages that screens can speak; nothing but a catalogue and known dates is needed for one more."""
    return with_catalogue(SCREENS)


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


def own_name(language: str, among: Collection[str] = ()) -> str:
    """Return what a language calls itself, as it stands on a button: Polski, العربية.

    Of the two written forms of Norwegian, one that stands ``among`` others without its sister is Norsk and no more.
    """
    spoken = Locale.parse(language)
    alone = language in NORWEGIAN and len(NORWEGIAN.intersection(among)) == 1
    name = str(spoken.languages.get("no") if alone else spoken.get_language_name() or language)
    return name[:1].upper() + name[1:]
