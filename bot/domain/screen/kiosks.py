"""A kiosk is a place, never a person: who stands at it now, in which language, and for how long (J3)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.slips.slips import Draft, Stage

WELCOME = "welcome"
"""The page at which a screen rests: it greets whoever comes, and says nothing about anybody."""

HOME = "home"
"""The page at which everybody begins who has signed in."""

ROOTS = (WELCOME, HOME)
"""No step leads back from these."""

PAD = "pad"
"""The page with the digits of a sign-in."""

NOT_SIGNED_IN, NOT_CHANGED = "not_signed_in", "not_changed"
"""The pages that say that a code was not the right one: at a sign-in, and where somebody changes theirs."""

IDLE, URGENT, LANGUAGES, FORGOTTEN, UNSENT = "idle", "urgent", "languages", "forgotten", "unsent"
"""Pages beside the way: whether somebody is still there, what to do when it is urgent, which language to speak, what to
do without one's code, and what shall become of a slip that is not sent."""

ASIDES = (IDLE, URGENT, LANGUAGES, FORGOTTEN, UNSENT)

OF_A_DRAFT = tuple(Stage)
"""The pages, by name, that are there while a slip is being made."""


def name_of(page: str) -> str:
    """Return the name of a page, without what it shows."""
    return page.partition(":")[0]


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

    ``view`` is the page being shown, so that it can be shown again when something on it changes, and ``trail`` the
    pages behind it; ``greets_in`` is the language of the kiosk itself.
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
    trail: tuple[str, ...] = ()

    @property
    def rests(self) -> bool:
        """Say whether it greets whoever comes, in its own language, and nobody has begun anything."""
        return (self.view, self.inmate, self.language) == (WELCOME, None, self.greets_in)

    @property
    def asks_before_leaving(self) -> bool:
        """Say whether something would be left unsent that nobody has been asked about."""
        return self.draft is not None and not is_aside(UNSENT, self.view)

    @property
    def page(self) -> str:
        """Return the page at which somebody is, whatever is shown beside it."""
        page = self.view
        while page != beneath(page):
            page = beneath(page)
        return page
