"""Coming onto a theme night's list: from the screen, by the staff, or at the door (J10)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.people import Inmate
from bot.domain.services import Hub
from bot.domain.theme_nights.refusals import (
    BusyThen,
    NoSeatLeft,
    NotAtTheDoor,
    NotInvited,
    SignedUpAlready,
    SignUpClosed,
    SignUpNotOpen,
)
from bot.domain.theme_nights.seats import free_seat, with_seat
from bot.domain.theme_nights.sign_ups import OPEN, Move, SignUp, Source, State, moved, of
from bot.domain.theme_nights.theme_nights import DOOR_OPENS, ThemeNight, invites, is_open
from bot.domain.theme_nights.theme_nights import State as ThemeNightState

DOOR_CLOSES = timedelta(hours=12)


def join(night: ThemeNight, hub: Hub, inmate: Inmate, line: Sequence[SignUp], now: datetime, *, busy: bool) -> SignUp:
    """Sign somebody up: to a seat, to the line, or to the draw; ``busy`` says that they are elsewhere at that time."""
    mine = of(line, inmate.id)
    if mine and mine.state in OPEN:
        raise SignedUpAlready
    _may_join(night, hub, inmate, now, busy=busy)
    new = _anew(night, inmate, line, mine, now)
    if night.lottery and not night.drawn:
        return replace(new, state=State.ENTERED)
    seat = free_seat(night, hub, line, inmate.unit)
    return with_seat(new, State.SEATED, seat) if seat else replace(new, state=State.WAITING)


def _may_join(night: ThemeNight, hub: Hub, inmate: Inmate, now: datetime, *, busy: bool) -> None:
    if not invites(night, hub, inmate):
        raise NotInvited
    if night.opens is not None and now < night.opens:
        raise SignUpNotOpen
    if not is_open(night, now):
        raise SignUpClosed
    if busy:
        raise BusyThen


def _anew(night: ThemeNight, inmate: Inmate, line: Sequence[SignUp], mine: SignUp | None, now: datetime) -> SignUp:
    last = max((each.place for each in line), default=0)
    revision = mine.revision + 1 if mine else 1
    return SignUp(night.id, inmate.id, inmate.unit, State.WAITING, last + 1, now, revision=revision)


def walk_in(
    night: ThemeNight, hub: Hub, inmate: Inmate, line: Sequence[SignUp], now: datetime, *, busy: bool
) -> SignUp:
    """Let somebody in at the door who has no seat, where one is free."""
    mine = of(line, inmate.id)
    if mine and mine.seat is not None:
        raise SignedUpAlready
    at_the_door(night, now)
    if not invites(night, hub, inmate):
        raise NotInvited
    if busy:
        raise BusyThen
    if mine:
        moved(mine, Move.ARRIVE)
    seat = free_seat(night, hub, line, inmate.unit)
    if seat is None:
        raise NoSeatLeft
    return with_seat(_anew(night, inmate, line, mine, now), State.CAME, seat)


def ticked(sign_up: SignUp, move: Move) -> SignUp:
    """Count that somebody came, or take it back; who was let in by mistake gives the seat back with it."""
    after = moved(sign_up, move)
    return moved(after, Move.WITHDRAW) if move is Move.NOT_HERE and sign_up.source is Source.DOOR else after


def has_door(night: ThemeNight, now: datetime) -> bool:
    """Say whether it is counted who comes: not long before a night, nor long after it."""
    return night.state is ThemeNightState.PUBLISHED and night.starts - DOOR_OPENS <= now <= night.ends + DOOR_CLOSES


def at_the_door(night: ThemeNight, now: datetime) -> None:
    """Refuse to count who came, long before a night or long after it."""
    if not has_door(night, now):
        raise NotAtTheDoor
