"""A broadcast's moves, what its progress counts, and when that is looked at next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.broadcasts import (
    BROADCAST_MOVES,
    Broadcast,
    Move,
    Progress,
    State,
    Target,
    first_look,
    moved,
    next_look,
    progress,
)
from bot.domain.chat.messages import Line, Reader, View, once_for_all
from bot.domain.refusals import MoveNotPossible
from bot.domain.reminders import Kind, Reminder

BEGAN = datetime(2027, 1, 14, 9, tzinfo=UTC)
BROADCAST = Broadcast(7, "notice:4", State.RUNNING, "TK1", BEGAN)
SHOWN = Target("N1", is_screen=False, shown=True)
WAITING = Progress(1, 0, 0, 0, 1)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_each_move_leads_where_the_table_says_or_is_refused(state: State, move: Move) -> None:
    broadcast = replace(BROADCAST, state=state)
    if move in BROADCAST_MOVES[state]:
        assert moved(broadcast, move) == replace(broadcast, state=BROADCAST_MOVES[state][move])
    else:
        with pytest.raises(MoveNotPossible):
            moved(broadcast, move)


def test_somebody_with_several_chats_counts_once_and_has_seen_it_in_one_of_them() -> None:
    doubt = Target("N1", is_screen=False, doubtful=True)
    assert progress([doubt, SHOWN, Target("K-A", is_screen=True, shown=True)], State.RUNNING) == Progress(1, 1, 1, 1, 0)


def test_who_waits_who_is_in_doubt_and_who_cannot_be_reached_are_told_apart() -> None:
    targets = [
        SHOWN,
        Target("N2", is_screen=False, waits=True),
        Target("N3", is_screen=False, doubtful=True),
        Target("N4", is_screen=False, away=True),
        Target("N5", is_screen=False),
        Target("N6", is_screen=False, away=True),
        Target("N6", is_screen=False, waits=True),
        Target("K-A", is_screen=True, waits=True),
    ]
    assert progress(targets, State.PAUSED) == Progress(1, 0, 6, 1, 3, ("N3",), ("N4", "N5"))
    assert progress(targets, State.STOPPED) == Progress(1, 0, 6, 1, 0, ("N3",), ("N4", "N6"))


def test_it_is_looked_at_soon_after_somebody_was_shown_it_and_else_ever_more_rarely() -> None:
    def after(
        seconds: float,
        *,
        moves: bool = False,
        found: Progress = WAITING,
        state: State = State.RUNNING,
        last: float | None = None,
    ) -> float:
        now = BEGAN + timedelta(seconds=seconds)
        shown = None if last is None else BEGAN + timedelta(seconds=last)
        look = next_look(replace(BROADCAST, state=state), found, now, moves=moves, last=shown)
        return (look.at - now).total_seconds() if look else 0

    assert [after(seconds) for seconds in (3, 20, 600, 36000, 90000)] == [3, 10, 300, 600, 0]
    assert [after(seconds, moves=True) for seconds in (3, 20, 600, 36000, 90000)] == [3, 10, 300, 600, 600]
    assert [after(36000, moves=moves, last=35999) for moves in (True, False)] == [3, 3]
    assert after(36000, moves=True, last=-9000) == 600
    assert after(3, found=Progress(1, 1, 0, 0, 0)) == 0
    assert [after(3, state=state) for state in (State.PAUSED, State.STOPPED)] == [0, 0]
    assert first_look(BROADCAST, BEGAN) == Reminder(Kind.BROADCAST, "7", BEGAN + timedelta(seconds=3))


def test_a_build_is_made_once_for_all_readers_of_a_kind() -> None:
    made: list[Reader] = []

    def build(reader: Reader) -> View:
        made.append(reader)
        return View((Line(reader.language),))

    once = once_for_all(build)
    readers = [
        Reader("house", chat, language, leaves, one_way=one_way)
        for chat in range(9)
        for language in ("nb", "en")
        for leaves in (False, True)
        for one_way in (False, True)
    ]
    assert [once(reader) for reader in readers] == [View((Line(reader.language),)) for reader in readers]
    assert len(made) == 8
