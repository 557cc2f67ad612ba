"""The log of who did or read what, by id and never by name (F126, J20)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: ``actor`` did ``action`` about ``about``; ``outcome`` is done, or why it was refused."""

    at: datetime
    actor: str
    action: str
    about: str
    outcome: str = "done"


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the log with its number; a later one has a higher number."""

    number: int
    entry: Entry
