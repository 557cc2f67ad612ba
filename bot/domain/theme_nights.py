"""Theme nights: an evening for many, from the first draft until it has been counted (F34, F53)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.services import Texts


class State(StrEnum):
    """Where a theme night stands; that it is over is a matter of time."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ThemeNight:
    """One evening. ``starts`` and ``ends`` in UTC; ``host`` is an organisation or a role, never a person's name."""

    id: int
    prison: str
    state: State
    revision: int
    service: str
    topic: Texts
    about: Texts
    host: str
    room: str
    starts: datetime
    ends: datetime
    seats: int
    units: tuple[str, ...]
    closes: datetime
    made_by: str
    made_at: datetime
    caps: Mapping[str, int]
    languages: tuple[str, ...] = ()
    women: bool = False
    interpreter: str | None = None
    opens: datetime | None = None
