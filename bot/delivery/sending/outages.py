"""Telling that a network is down: at once, then ever more rarely, and once more when it is back."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery import growing
from bot.delivery.wire.troubles import in_words

log = logging.getLogger(__name__)

FIRST_INTERVAL, LONGEST_INTERVAL = timedelta(minutes=1), timedelta(hours=1)
CRY_OUT_AFTER = timedelta(hours=12)


@dataclass
class Outage:
    """What is known of a network's silence. ``good_at`` is when it last answered as it should (for the watchdog)."""

    network: str
    clock: Clock
    good_at: datetime | None = None
    _told: set[str] = field(default_factory=set)
    _again_at: datetime | None = None
    _interval: timedelta = FIRST_INTERVAL
    _cried: bool = False

    def begin(self) -> None:
        """Count from now: nothing has been asked before."""
        self.good_at = self.good_at or self.clock.now()

    def note(self, error: Exception) -> None:
        """Say for how long the network has been silent and why, unless that was said a moment ago.

        Telegram forgets after a day what it has not handed over, so half a day is cried out in time.
        """
        now, why = self.clock.now(), in_words(error)
        silent = now - (self.good_at or now)
        late = silent >= CRY_OUT_AFTER
        if self._is_news(now, why, late):
            level = logging.CRITICAL if late else logging.WARNING
            log.log(level, "No updates from %s for %s: %s", self.network, _whole_seconds(silent), why)
            self._told.add(why)
            self._again_at = now + self._interval
            self._interval = growing.pause(self._interval, FIRST_INTERVAL, LONGEST_INTERVAL)
        self._cried = self._cried or late

    def _is_news(self, now: datetime, why: str, late: bool) -> bool:
        due = self._again_at is not None and now >= self._again_at
        return due or why not in self._told or (late and not self._cried)

    def pause(self) -> None:
        """Note that the network has answered, but that what is wrong with it is not over."""
        self.good_at = self.clock.now()

    def end(self) -> None:
        """Note that the network has answered as it should."""
        if self._told:
            silent = _whole_seconds(self.clock.now() - (self.good_at or self.clock.now()))
            log.warning("%s answers again, after %s", self.network, silent)
        self._told, self._again_at, self._interval, self._cried = set(), None, FIRST_INTERVAL, False
        self.good_at = self.clock.now()


def _whole_seconds(silent: timedelta) -> timedelta:
    return timedelta(seconds=round(silent.total_seconds()))
