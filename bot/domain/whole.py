"""Tables that have a row for each of their members, or are refused where they are made."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TypeVar

Key = TypeVar("Key")
Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
Member = TypeVar("Member", bound=Enum)


class NotWhole(Exception):
    """A table lacks a row for somebody, or has one for nobody."""


class GivenTwice(Exception):
    """Two tables that are one have a row of the same name."""


class Whole(Mapping[Key, Row_co]):
    """A table with a row for each of ``members``: a new member is missed when the hub starts, and not by a reader.

    Raises ``NotWhole``, which says by its ``name`` in which table which rows are missing or are too many.
    """

    def __init__(self, name: str, members: Iterable[Key], rows: Mapping[Key, Row_co]) -> None:
        self.name, self.members, self._rows = name, tuple(members), dict(rows)
        missing = [each for each in self.members if each not in self._rows]
        more = [each for each in self._rows if each not in self.members]
        if missing or more:
            found = [*_said("it lacks", missing), *_said("it does not know", more)]
            raise NotWhole(f"the table «{name}» is not whole: {'; '.join(found)}")

    def __getitem__(self, key: Key) -> Row_co:
        return self._rows[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def joined(name: str, tables: Iterable[Mapping[Key, Row]]) -> dict[Key, Row]:
    """Return one table of all these, in their order.

    Raises ``GivenTwice`` where a row would hide another: it says by its ``name`` in which table, and which row.
    """
    found: dict[Key, Row] = {}
    for table in tables:
        if twice := [each for each in table if each in found]:
            raise GivenTwice(f"the table «{name}» has twice {', '.join(map(str, twice))}")
        found.update(table)
    return found


def all_but(members: Iterable[Member], *others: Member) -> tuple[Member, ...]:
    """Return the members without those of which a table never speaks; whoever is new is among them."""
    return tuple(each for each in members if each not in others)


def _said(what: str, keys: list[Key]) -> list[str]:
    return [f"{what} {', '.join(map(str, keys))}"] if keys else []
