"""Whose a slip is: the inmate's who sent it, and the adviser's who has taken it (F165)."""

from dataclasses import replace

from bot.domain.people import BY_PHONE, Person
from bot.domain.refusals import (
    NotYours,
)
from bot.domain.slips.slips import Move, Side, Slip, moved


def owned_by_inmate(slip: Slip, inmate: str) -> Slip:
    """Refuse somebody else's slip."""
    if slip.inmate != inmate:
        raise NotYours
    return slip


def owned_by_adviser(slip: Slip, person: Person) -> Slip:
    """Refuse a slip of another service or unit, or one that a colleague has taken.

    A coordinator answers for any adviser of the units served, who calls by phone.
    """
    if person.role & BY_PHONE and slip.unit in person.units:
        return slip
    if not person.answers(slip.service, slip.unit) or slip.adviser not in {None, person.id}:
        raise NotYours
    return slip


def by_phone(slip: Slip, person: Person) -> Slip:
    """Mark an answer that a coordinator has entered for an adviser."""
    return replace(slip, phoned_by=person.id) if person.role & BY_PHONE else slip


def take(slip: Slip, adviser: str) -> Slip:
    """Let an adviser of the service own the slip alone; also from a colleague who has not answered yet."""
    return moved(slip, Move.TAKE, slip.last_side or Side.INMATE, adviser=adviser, last=slip.last)


def release(slip: Slip) -> Slip:
    """Let every adviser of the service own the slip again, because the one who took it cannot be reached."""
    return moved(slip, Move.RELEASE, slip.last_side or Side.INMATE, adviser=None, last=slip.last)
