"""The only place that asks the machine what time it is; everybody else is given a clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


def machine_now() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


class Clock(Protocol):
    """Tells the hub's time in UTC."""

    def now(self) -> datetime:
        """Return the hub's time."""


class MachineClock:
    """The hub's time is the machine's."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return machine_now()


class MovableClock:
    """A clock that runs from where it is set, for the demo and for tests; it never goes back by itself."""

    def __init__(self, start: datetime, machine: Callable[[], datetime] = machine_now) -> None:
        self._machine = machine
        self.set(start)

    def now(self) -> datetime:
        """Return the set time plus what has passed on the machine since."""
        return self._start + max(self._machine() - self._set_at, timedelta())

    def set(self, moment: datetime) -> None:
        """Let the clock go on from this moment (aware; kept in UTC)."""
        self._start = moment.astimezone(UTC)
        self._set_at = self._machine()
