"""Taking one's own newest step back, as long as nobody has acted on it or been told of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.refusals import (
    NothingToUndo,
)
from bot.domain.slips.slips import Move, Side, Slip, State

UNDO_FOR = timedelta(hours=24)


def can_take_back(slip: Slip, actor: str, now: datetime) -> bool:
    """Say whether somebody's newest step can be undone: nobody has acted since, and nobody has been told of it.

    Less than a day may have gone by. That a talk was held is not told to the inmate, so there is nothing to hear first.
    """
    told = slip.last_side is Side.ADVISER and slip.last is not Move.HOLD and not slip.news
    return slip.last_actor == actor and not told and slip.last_at is not None and now - slip.last_at <= UNDO_FOR


def can_unsend(slip: Slip, now: datetime) -> bool:
    """Say whether a slip can be taken back from its receipt: its inmate sent it, and nothing has come of it yet."""
    untouched = slip.state is State.WAITING and slip.last is None
    return untouched and slip.written_by is None and now - slip.sent_at <= UNDO_FOR


def taken_back(slip: Slip, before: Slip, actor: str, now: datetime) -> Slip:
    """Return the slip as it was before its newest step, for the one who took that step."""
    if before.revision != slip.revision - 1 or not can_take_back(slip, actor, now):
        raise NothingToUndo
    return replace(before, revision=slip.revision + 1, last_actor=None)


def can_stand_again(slip: Slip, starts: datetime, now: datetime) -> bool:
    """Say whether a time that a slip had can be its time once more: it lies ahead, and an offer has not ended."""
    return starts > now and (slip.offer_until is None or slip.offer_until > now)
