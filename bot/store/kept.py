"""What was read: within a transaction all of it; of tables that hardly ever change for the next transactions too.

So is what somebody knows will be asked next, for one asking.

It cannot lie: this process alone writes the file, every statement passes here before it is run, and what a transaction
has read is kept for others once that is durable.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

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

MOST_FORESEEN = 50
"""So many answers wait for whoever asks next; then all are forgotten."""

Made = TypeVar("Made")
Asked = tuple[object, ...]
"""A question: the statement, and each of its values by name."""


@dataclass(eq=False, slots=True)
class Answer:
    """The rows that answer a question, and what was made of them: a whole day's rows are asked for by each card."""

    rows: list[Row]
    _made: dict[Callable[[Row], Any], list[Any]] = field(default_factory=dict)

    def of(self, make: Callable[[Row], Made]) -> list[Made]:
        """Return what is made of each row; it is made once, and forgotten together with the rows."""
        if make not in self._made:
            self._made[make] = [make(row) for row in self.rows]
        return list(self._made[make])


class Answers:
    """Answers by their questions, until a table is written of which one was read."""

    def __init__(self) -> None:
        self._by_sql: dict[str, dict[Asked, Answer]] = {}
        self.count = 0

    def get(self, asked: Asked) -> Answer | None:
        """Return what was read, if it is still so."""
        found = self._by_sql.get(str(asked[0]))
        return found.get(asked) if found else None

    def take(self, asked: Asked) -> Answer | None:
        """Return what was read, and have it no more."""
        found = self._by_sql.get(str(asked[0]), {}).pop(asked, None)
        self.count -= found is not None
        return found

    def add(self, sql: str, answers: Mapping[Asked, Answer]) -> None:
        """Note what a statement was answered."""
        there = self._by_sql.setdefault(sql, {})
        self.count -= len(there)
        there.update(answers)
        self.count += len(there)

    def forget(self, table: str | None) -> None:
        """Forget what was read of a table that is about to be written, whatever stands beside it; None may be any."""
        for sql in [sql for sql in self._by_sql if table is None or table in sql]:
            self.count -= len(self._by_sql.pop(sql))

    def __iter__(self) -> Iterator[tuple[str, dict[Asked, Answer]]]:
        """Go through the statements, each with its answers."""
        return iter(self._by_sql.items())


class Kept:
    """The answers that are kept from one transaction to the next; what was ``foreseen`` is there for one asking."""

    def __init__(self) -> None:
        self._answers, self._foreseen = Answers(), Answers()

    def get(self, asked: Asked) -> Answer | None:
        """Return what was read, if it is kept."""
        return self._answers.get(asked)

    def take(self, asked: Asked) -> Answer | None:
        """Return what was foreseen, and keep it no longer: it may be a lot, and whom it is about may leave."""
        return self._foreseen.take(asked)

    def foresee(self, answers: Mapping[Asked, Answer]) -> None:
        """Keep what somebody will ask next."""
        if self._foreseen.count > MOST_FORESEEN:
            self._foreseen.forget(None)
        for asked, answer in answers.items():
            self._foreseen.add(str(asked[0]), {asked: answer})

    def forget(self, table: str | None) -> None:
        """Forget what was read of a table that is about to be written; None may be any."""
        self._foreseen.forget(table)
        if table is None or table in SELDOM:
            self._answers.forget(table)

    def keep(self, read: Answers) -> None:
        """Keep what was read, now that it is as it is for everybody."""
        if self._answers.count > MOST:
            self._answers.forget(None)
        for sql, answers in read:
            if _is_of_such(sql):
                self._answers.add(sql, answers)


@lru_cache(maxsize=MOST)
def _is_of_such(sql: str) -> bool:
    tables = set(READS.findall(sql))
    return bool(tables) and tables <= SELDOM
