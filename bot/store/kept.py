"""What was read of tables that hardly ever change: it is kept from one transaction to the next, until one is written.

It cannot lie: this process alone writes the file, every statement passes here before it is run, and what a transaction
has read is kept once that is durable.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.store.statements import Row

SELDOM = frozenset(
    {
        "accounts",
        "capacity",
        "closings",
        "counters",
        "devices",
        "inmates",
        "kiosks",
        "notices",
        "people",
        "theme_nights",
    }
)
WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
"""The one table that a statement writes; one that goes with it by a foreign key is read through it alone."""

READS = re.compile(r"\b(?:FROM|JOIN) (\w+)")
MOST = 1_000
"""So many answers are kept; then all are forgotten, and what is still asked is read anew."""

Asked = tuple[object, ...]
"""A question: the statement, and each of its values by name."""


class Kept:
    """The answers that are kept, by their questions."""

    def __init__(self) -> None:
        self._answers: dict[Asked, list[Row]] = {}

    def answer(self, asked: Asked) -> list[Row] | None:
        """Return what was read, if it is kept."""
        return self._answers.get(asked)

    def forget(self, table: str | None) -> None:
        """Forget what was read of a table that is about to be written; None may be any."""
        if table is None:
            self._answers.clear()
        elif table in SELDOM:
            self._answers = {asked: rows for asked, rows in self._answers.items() if table not in str(asked[0])}

    def keep(self, read: Mapping[Asked, list[Row]]) -> None:
        """Keep what was read, now that it is as it is for everybody."""
        if len(self._answers) > MOST:
            self._answers.clear()
        self._answers |= {asked: rows for asked, rows in read.items() if _is_of_such(str(asked[0]))}


@lru_cache(maxsize=MOST)
def _is_of_such(sql: str) -> bool:
    tables = set(READS.findall(sql))
    return bool(tables) and tables <= SELDOM
