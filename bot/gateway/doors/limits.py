"""How much one device, or one address, may ask in a while: a bucket each, that fills up again by itself."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from bot.gateway.doors.answers import TooMany

MOST_KEPT = 1000


@dataclass
class Buckets:
    """``size`` at once and ``per_second`` in the long run, for each key; times are seconds of the event loop."""

    size: float
    per_second: float
    _levels: dict[Hashable, tuple[float, float]] = field(default_factory=dict)

    def take(self, key: Hashable, loop_time: float) -> None:
        """Take one out of a key's bucket, or raise TooMany with the seconds until there is one again."""
        left = self._left(key, loop_time)
        if left < 1:
            raise TooMany((1 - left) / self.per_second)
        self._forget_full(loop_time)
        self._levels[key] = (left - 1, loop_time)

    def _left(self, key: Hashable, loop_time: float) -> float:
        left, at = self._levels.get(key, (self.size, loop_time))
        return min(self.size, left + (loop_time - at) * self.per_second)

    def _forget_full(self, loop_time: float) -> None:
        if len(self._levels) >= MOST_KEPT:
            kept = {key: level for key, level in self._levels.items() if self._left(key, loop_time) < self.size}
            self._levels = kept
