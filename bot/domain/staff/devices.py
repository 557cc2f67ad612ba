"""Browsers on the house network: the codes by which they join, and for how long they are let in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
