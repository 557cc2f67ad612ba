"""News about a theme night that somebody hands over, and which of them cannot wait (F34)."""

from datetime import datetime

from bot.domain import calendar
from bot.domain.refusals import Stale
from bot.domain.services import Hub
from bot.domain.slips.answers import near_until
from bot.domain.theme_nights.sign_ups import SignUp, Source, State
from bot.domain.theme_nights.theme_nights import ThemeNight

TOLD = frozenset({State.WAITING, State.OFFERED, State.SEATED, State.PASSED, State.CALLED_OFF})
"""The states of which somebody is told; whoever withdrew or came knows it already."""


def worth_telling(sign_up: SignUp, night: ThemeNight, now: datetime) -> bool:
    """Say whether the news still tell somebody something: not once the theme night has begun."""
    return sign_up.news and sign_up.state in TOLD and now < night.starts


def untold(sign_up: SignUp, night: ThemeNight, now: datetime) -> SignUp:
    """Refuse what has been read at a screen or told meanwhile."""
    if not worth_telling(sign_up, night, now):
        raise Stale
    return sign_up


def hurries(sign_up: SignUp, night: ThemeNight, hub: Hub, now: datetime) -> bool:
    """Say whether news are to be handed over at once.

    An offer ends or the theme night begins before the next noon, or the sign-up came from no screen, so that nobody may
    ever look there.
    """
    end = near_until(hub, calendar.today(hub, now))
    soon = night.starts < end or (sign_up.offer_until is not None and sign_up.offer_until < end)
    return worth_telling(sign_up, night, now) and (soon or sign_up.source is not Source.SCREEN)
