"""Going from page to page at a kiosk, and one step back."""

from collections.abc import Collection, Sequence

from bot.domain.refusals import SignedOut, Stale
from bot.domain.screen import trails as rules
from bot.domain.screen.kiosks import PAD, name_of
from bot.domain.screen.trails import Trail
from bot.domain.slips.drafts import left_at
from bot.usecases.turn import Turn


def open_page(turn: Turn, view: str) -> None:
    """Let the kiosk show a page, one step further or back to where it lies on the way."""
    _go(turn, rules.opened(turn.session.trail, turn.session.page, view), view)


def replace_page(turn: Turn, view: str) -> None:
    """Let the kiosk show a page in the place of one that is over."""
    _go(turn, turn.session.trail, view)


def go_on(turn: Turn, pages: Sequence[str]) -> None:
    """Let the kiosk show the last of these pages; the others are the steps back from it."""
    _go(turn, rules.going_on(turn.session.trail, turn.session.page, pages), pages[-1])


def forget(turn: Turn, names: Collection[str]) -> None:
    """Let no step lead back to pages of what is over, by name."""
    turn.change_session(trail=rules.without(turn.session.trail, names))


def go_back(turn: Turn, step: int) -> None:
    """Go back to a page of the way, counted from the first: pressed twice it is one step."""
    found = rules.back(turn.session.trail, turn.session.page, step)
    if found is None:
        raise Stale if turn.session.inmate else SignedOut
    _go(turn, *found)


def _go(turn: Turn, trail: Trail, view: str) -> None:
    draft = turn.session.draft
    turn.change_session(view=view, trail=trail, draft=left_at(draft, name_of(view)) if draft else None)
    if PAD not in (view, *trail):
        # Digits are remembered only as long as a step leads back to them.
        turn.pads.pop(turn.session.kiosk, None)
