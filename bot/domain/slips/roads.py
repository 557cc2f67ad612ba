"""How far a slip has come, step by step, as its inmate sees it: sent, read, a time, the talk (F126)."""

from enum import StrEnum

from bot.domain.slips.slips import Side, Slip, State


class Mark(StrEnum):
    """A step on the road of a slip."""

    SENT = "sent"
    READ = "read"
    TIME = "time"
    TALK = "talk"
    ANSWER = "answer"


ENDED = frozenset({State.WITHDRAWN, State.CLOSED})
WITH_A_TIME = frozenset({State.BOOKED, State.HELD, State.NOT_HELD})


def road(slip: Slip) -> tuple[tuple[Mark, bool], ...]:
    """Return the steps of a slip's road, and which have been taken; one that has ended without a talk has none."""
    if slip.state in ENDED:
        return ()
    begun = ((Mark.SENT, True), (Mark.READ, is_read(slip)))
    if slip.state is State.ANSWERED:
        return (*begun, (Mark.ANSWER, True))
    return (*begun, (Mark.TIME, slip.state in WITH_A_TIME), (Mark.TALK, slip.state is State.HELD))


def is_read(slip: Slip) -> bool:
    """Say whether an adviser of the present service has done something with the slip, and so has read it.

    Whom the inmate asked for again is the slip's adviser from the beginning; who takes it moves its revision.
    """
    if slip.state in {*WITH_A_TIME, State.ANSWERED} or slip.extended:
        return True
    if slip.state is State.OFFERED and slip.offered_by is Side.ADVISER:
        return True
    return slip.adviser is not None and slip.revision > 1 and not slip.forwards and not slip.broken
