"""What can be changed in the hub while it runs, and within which bounds (F52)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.refusals import LocksBeforeWarning, NotUsable, OutOfBounds
from bot.domain.services import Hub
from bot.domain.whole import Whole


class Setting(StrEnum):
    """The name of a setting, in the database and in the log."""

    RETENTION = "retention_days"
    READS = "coordinator_reads"
    WARN = "warn_after"
    LOCK = "lock_after"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From ``least`` to ``most``; ``choices`` are offered as buttons."""

    least: int
    most: int
    choices: tuple[int, ...]


BOUNDS: Whole[Setting, Bounds] = Whole(
    "the bounds of settings",
    Setting,
    {
        Setting.RETENTION: Bounds(1, 3650, (30, 60, 90, 180, 365)),
        Setting.READS: Bounds(0, 1, (0, 1)),
        Setting.WARN: Bounds(10, 600, (20, 30, 40, 60, 90)),
        Setting.LOCK: Bounds(15, 900, (30, 45, 60, 90, 120)),
    },
)
LONGEST_NUMBER = 5


VALUES: Whole[Setting, Callable[[Hub], int]] = Whole(
    "the values of a hub's settings",
    Setting,
    {
        Setting.RETENTION: lambda hub: hub.retention_days,
        Setting.READS: lambda hub: int(hub.coordinator_reads),
        Setting.WARN: lambda hub: int(hub.warn_after.total_seconds()),
        Setting.LOCK: lambda hub: int(hub.lock_after.total_seconds()),
    },
)


def value_of(hub: Hub, setting: Setting) -> int:
    """Return a setting as it is now: days, seconds, or 0 and 1."""
    return VALUES[setting](hub)


def checked(hub: Hub, setting: Setting, value: int) -> int:
    """Refuse a value outside its bounds, and a screen that would lock before it warns."""
    bounds = BOUNDS[setting]
    if not bounds.least <= value <= bounds.most:
        raise OutOfBounds
    warn = value if setting is Setting.WARN else value_of(hub, Setting.WARN)
    lock = value if setting is Setting.LOCK else value_of(hub, Setting.LOCK)
    if warn >= lock:
        raise LocksBeforeWarning
    return value


def choices(hub: Hub, setting: Setting) -> list[int]:
    """Return the values that are offered: those that would be taken as the hub is now."""
    return [value for value in BOUNDS[setting].choices if _is_taken(hub, setting, value)]


def _is_taken(hub: Hub, setting: Setting, value: int) -> bool:
    try:
        checked(hub, setting, value)
    except LocksBeforeWarning:
        return False
    return True


def number_typed(text: str) -> int:
    """Return a typed whole number."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
        raise NotUsable
    return int(digits)
