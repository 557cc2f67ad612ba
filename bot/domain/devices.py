"""Browsers on the house network: the codes by which they join, and for how long they are let in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
"""What a code is written with: no two of these are mistaken for each other, on a screen or on paper."""

CODE_LENGTH = 12
GROUP = 4
CODE_LIFETIME = timedelta(minutes=15)
KIOSK_LIFETIME = timedelta(days=365)
STAFF_LIFETIME = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that has joined, as a kiosk or as somebody of the staff; times are aware, in UTC."""

    id: int
    person: str | None
    kiosk: str | None
    joined: datetime
    seen: datetime

    @property
    def owner(self) -> str:
        """Whose device it is: N1 or K-A."""
        return self.person or self.kiosk or ""

    @property
    def until(self) -> datetime:
        """When it has to join anew."""
        return self.joined + lifetime(kiosk=self.kiosk is not None)


def lifetime(*, kiosk: bool) -> timedelta:
    """Return for how long a device is let in after it has joined."""
    return KIOSK_LIFETIME if kiosk else STAFF_LIFETIME


def grouped(code: str) -> str:
    """Write a code as people read it: ACDE-FGHJ-KMNP."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def clean(written: str) -> str:
    """Return the code that somebody wrote, with or without groups, in capitals or not."""
    return "".join(character for character in written.upper() if character.isalnum())
