"""Pauses between one try and the next: each twice as long as the one before, up to the longest."""

from datetime import timedelta
from typing import TypeVar

Length = TypeVar("Length", float, timedelta)


def pause(last: Length, first: Length, longest: Length) -> Length:
    """Return the pause that follows on the ``last`` one; the ``first`` where there was none, or a very short one."""
    return min(max(last * 2, first), longest)
