"""The days on which the hub is closed: public holidays, and those that hub.yaml names."""

from collections.abc import Iterable, MutableMapping
from datetime import date
from typing import Any

import holidays

OWN = "one of the hub's closing days"


def closed_days(own: Iterable[date]) -> MutableMapping[date, str]:
    """Return all closed days of whatever year, with why; ``own`` are the hub's."""
    closed: MutableMapping[date, str] = holidays.country_holidays("NO", language="en_US")
    closed.update({day: OWN for day in own if day not in closed})
    return closed


def closed_in(data: Any) -> list[date]:
    """Return the hub's own closing days, as far as they can be read."""
    found = data.get("closed") if isinstance(data, dict) else None
    return [day for text in found if (day := _day(text))] if isinstance(found, list) else []


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        return None
