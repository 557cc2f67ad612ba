"""What the talks and seats of people.yaml take, as the hub's own ledger has it, so that the same rules look at it."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.timetable.bookings import Claim, cells


class Ledger:
    """Who has which person, adviser or room in which five minutes."""

    def __init__(self) -> None:
        self._holders: dict[Claim, str] = {}

    def take(self, holder: str, resources: Iterable[str], starts: datetime, ends: datetime) -> None:
        """Let somebody have what is free between two moments."""
        for resource in resources:
            for cell in cells(starts, ends):
                self._holders[(resource, cell)] = holder

    def claims(self, resources: Iterable[str], starts: datetime, ends: datetime) -> frozenset[Claim]:
        """Return what is taken of these between two moments."""
        wanted = ((resource, cell) for resource in resources for cell in cells(starts, ends))
        return frozenset(each for each in wanted if each in self._holders)

    def holders(self, claims: Iterable[Claim]) -> list[str]:
        """Return who has taken these."""
        return sorted({self._holders[each] for each in claims})
