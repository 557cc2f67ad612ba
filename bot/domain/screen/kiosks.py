"""A kiosk is a place, never a person: who stands at it now, in which language, and for how long (J3)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.slips.slips import Draft

WELCOME = "welcome"
"""The page at which a screen rests: it greets whoever comes, and says nothing about anybody."""

PAD = "pad"
"""The page with the digits of a sign-in."""

IDLE, URGENT, LANGUAGES = "idle", "urgent", "languages"
"""Pages beside the way: whether somebody is still there, what to do when it is urgent, and which language to speak."""

ASIDES = (IDLE, URGENT, LANGUAGES)


def aside(name: str, page: str) -> str:
    """Return a page beside the way, from which one comes back to ``page``; none stands beside itself."""
    return f"{name}:{_without(name, page)}"


def is_aside(name: str, page: str) -> bool:
    """Say whether a page is this one beside the way."""
    return page.startswith(f"{name}:")


def beneath(page: str) -> str:
    """Return the page to which one comes back from a page beside the way; any other stays."""
    return next((page.removeprefix(f"{name}:") for name in ASIDES if is_aside(name, page)), page)


def _without(name: str, page: str) -> str:
    rest = beneath(page)
    if rest == page or is_aside(name, page):
        return rest
    return page.removesuffix(rest) + _without(name, rest)


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
