"""The road of a slip: what has been done with it, and what comes next, never more than is known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.slips.roads import Mark, road
from bot.domain.slips.slips import Side, Slip, State

NOW = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
SENT = Slip("FJ-116", "A01", "A", "nav", None, None, None, State.WAITING, NOW, NOW)


def taken(slip: Slip) -> list[str]:
    return [mark for mark, done in road(slip) if done]


@pytest.mark.parametrize(
    ("slip", "marks"),
    [
        (SENT, ["sent"]),
        (replace(SENT, adviser="N1"), ["sent"]),
        (replace(SENT, adviser="N1", revision=2), ["sent", "read"]),
        (replace(SENT, adviser="N1", revision=2, forwards=1), ["sent"]),
        (replace(SENT, extended=True, revision=2), ["sent", "read"]),
        (replace(SENT, state=State.OFFERED, offered_by=Side.ADVISER), ["sent", "read"]),
        (replace(SENT, state=State.OFFERED, offered_by=Side.INMATE), ["sent"]),
        (replace(SENT, state=State.BOOKED), ["sent", "read", "time"]),
        (replace(SENT, state=State.NOT_HELD), ["sent", "read", "time"]),
        (replace(SENT, state=State.HELD), ["sent", "read", "time", "talk"]),
        (replace(SENT, state=State.ANSWERED), ["sent", "read", "answer"]),
    ],
)
def test_each_step_that_was_taken_is_marked_and_no_other(slip: Slip, marks: list[str]) -> None:
    assert taken(slip) == marks


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.CLOSED])
def test_what_has_ended_without_a_talk_goes_no_further(state: State) -> None:
    assert road(replace(SENT, state=state)) == ()


def test_the_steps_ahead_stand_in_their_order() -> None:
    assert [mark for mark, done in road(SENT) if not done] == [Mark.READ, Mark.TIME, Mark.TALK]
