"""A kiosk is a place, never a person: who stands at it now, in which language, and for how long (J3)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.slips.slips import Draft

WELCOME = "welcome"
"""The page at which a screen rests: it greets whoever comes, and says nothing about anybody."""

PAD, IDLE = "pad", "idle"
"""The page with the digits of a sign-in, and the one that asks whether somebody is still there."""


@dataclass(frozen=True, slots=True)
class KioskSession:
    """What a kiosk is doing. ``step`` only grows, so that a press on an earlier screen is known as stale.

    ``view`` is the page being shown, so that it can be shown again when something on it changes; ``greets_in`` is
    the language of the kiosk itself.
    """

    kiosk: str
    unit: str
    language: str
    inmate: str | None = None
    view: str = WELCOME
    step: int = 0
    draft: Draft | None = None
    active_at: datetime | None = None
    greets_in: str = "nb"
