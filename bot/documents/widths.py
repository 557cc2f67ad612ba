"""How wide words stand, and so how many lines they need: measured once for all the sizes that a poster tries.

fpdf2 sets letter after letter and measures the line anew with each, which was most of the time of a poster.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

UNIT = 100.0
"""The size at which words are measured, in points; set larger or smaller, they stand as much wider or narrower."""

UNUSUAL = re.compile("[\u00ad\u200b]|[^\\S ]|^ |  | $")
"""What a line may break at besides a single space between two words, or what goes where it breaks."""

TOLERANCE = 1e-9
"""By how many millimetres words may be wider than their line, as in fpdf2."""


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide each word stands, and a space between two, in millimetres and in letters of ``UNIT`` points."""

    words: tuple[float, ...]
    space: float
    breaks_at_spaces: bool

    def longest(self, size: float) -> float:
        """Return how wide the longest word stands in letters of ``size`` points."""
        return max(self.words, default=0.0) * size / UNIT

    def lines(self, size: float, width: float) -> int | None:
        """Return how many lines of this width the words need; nothing where one may break elsewhere than at spaces."""
        room = (width + TOLERANCE) * UNIT / size
        if not self.breaks_at_spaces or max(self.words, default=0.0) > room:
            return None
        lines, filled = 1, -self.space
        for word in self.words:
            filled += self.space + word
            if filled > room:
                lines, filled = lines + 1, word
        return lines


def measured(words: str, width_of: Callable[[str], float]) -> Widths:
    """Measure each word by what says how wide it stands at ``UNIT`` points."""
    return Widths(tuple(map(width_of, words.split())), width_of(" "), not UNUSUAL.search(words))
