"""Languages of hub.yaml: one that no screen can speak, or of which the half lacks, is told, and not offered there."""

from collections.abc import Iterator, Sequence

from bot import languages
from bot.domain.services import NEEDED
from bot.hubfile.yaml_files import Fault
from bot.languages import wholeness


def faults_in(asked: Sequence[str]) -> Iterator[Fault]:
    """Tell every language that no screen can speak whole, and what to do."""
    for number, language in enumerate(asked):
        if fault := _fault_of(language):
            yield ("languages", number), fault


def offered(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that screens offer; those that every hub has are always among them."""
    return tuple(each for each in asked if each in NEEDED or _fault_of(each) is None)


def _fault_of(language: str) -> str | None:
    lacks = wholeness.lacks(language) if languages.is_known(language) else None
    if lacks is None:
        known = ", ".join(languages.spoken())
        return f"{language} is spoken at no screen: locales/ has no catalogue of it, but of {known}; leave it out"
    if lacks:
        place = f"locales/{language}/LC_MESSAGES/inmates.po"
        return (
            f"{language} lacks {lacks} of {wholeness.sentences()} sentences; translate them in {place}, or leave it out"
        )
    return None
