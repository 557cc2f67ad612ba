"""Times as the database keeps them: UTC ISO text of one width, so that text order is time order."""

from datetime import UTC, datetime
from typing import overload


def to_text(moment: datetime) -> str:
    """Write an aware moment."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def day_of(moment: datetime) -> datetime:
    """Return when its day in UTC began: a question about that is the same all day long, and so is its answer."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def from_text(text: str) -> datetime:
    """Read a moment back, in UTC."""
    return datetime.fromisoformat(text)


@overload
def maybe(value: datetime) -> str: ...
@overload
def maybe(value: None) -> None: ...
def maybe(value: datetime | None) -> str | None:
    """Write a moment, or nothing."""
    return None if value is None else to_text(value)


def maybe_from(text: str | None) -> datetime | None:
    """Read a moment back, or nothing."""
    return from_text(text) if text else None
