"""Languages that a machine wrote, until a person who speaks them has read them."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who has read a language and found it in order, and when."""

    person: str
    at: datetime


def unread(by_machine: Iterable[str], signed: Container[str]) -> frozenset[str]:
    """Return the languages that are still to be read."""
    return frozenset(language for language in by_machine if language not in signed)
