"""A broadcast: one announcement to many, which can pause, go on and stop, and whose progress is seen (F40, F55)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.refusals import MoveNotPossible
from bot.domain.reminders import Kind, Reminder
from bot.domain.subjects import About
from bot.domain.whole import Whole

LOOK_EVERY = timedelta(seconds=3)
LOOK_LAST = timedelta(days=1)
LONGEST_LOOK = timedelta(minutes=10)
TOLD = (About.THEME_NIGHT, About.NOTICE)
"""What many can be told of at once."""


class State(StrEnum):
    """Where a broadcast stands."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Move(StrEnum):
    """What can happen to a broadcast."""

    PAUSE = "broadcast_pause"
    GO_ON = "broadcast_go_on"
    STOP = "broadcast_stop"


BROADCAST_MOVES: Whole[State, Mapping[Move, State]] = Whole(
    "the moves of a broadcast",
    State,
    {
        State.RUNNING: {Move.PAUSE: State.PAUSED, Move.STOP: State.STOPPED},
        State.PAUSED: {Move.GO_ON: State.RUNNING, Move.STOP: State.STOPPED},
        State.STOPPED: {},
    },
)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """What is told to many: ``about`` names its subject (``night:3``); ``person`` began it ``at`` (UTC)."""

    id: int
    about: str
    state: State
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """A chat that shall see a broadcast: whose it is, and what became of it there.

    ``away`` says that the chat takes no messages.
    """

    who: str
    is_screen: bool
    shown: bool = False
    doubtful: bool = False
    waits: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast has come, in screens and in people of the staff, whatever number of chats they have.

    ``waiting`` counts both. Of the ``doubtful`` nobody knows whether it came; the ``unreachable`` have no chat that
    takes it.
    """

    screens: int
    screens_shown: int
    staff: int
    staff_shown: int
    waiting: int
    doubtful: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether everybody has been shown it."""
        return (self.screens_shown, self.staff_shown) == (self.screens, self.staff)


def moved(broadcast: Broadcast, move: Move) -> Broadcast:
    """Pause, go on or stop; MoveNotPossible where that has been done, or is over."""
    state = BROADCAST_MOVES[broadcast.state].get(move)
    if state is None:
        raise MoveNotPossible
    return replace(broadcast, state=state)


def progress(targets: Iterable[Target], state: State) -> Progress:
    """Count who has been shown a broadcast and who has not; somebody with several chats has seen it in one of them."""
    every = list(targets)
    screens = {each.who for each in every if each.is_screen}
    staff = {each.who for each in every if not each.is_screen}
    shown = {each.who for each in every if each.shown}
    doubtful = {each.who for each in every if each.doubtful} - shown
    left = (screens | staff) - shown - doubtful
    stopped = state is State.STOPPED
    waiting = set() if stopped else {each.who for each in every if each.waits} & left
    away = {each.who for each in every if each.away} & left if stopped else left - waiting
    return Progress(
        len(screens),
        len(screens & shown),
        len(staff),
        len(staff & shown),
        len(waiting),
        tuple(sorted(doubtful)),
        tuple(sorted(away)),
    )


def first_look(broadcast: Broadcast, now: datetime) -> Reminder:
    """Return when the progress of what has just begun or changed is looked at."""
    return Reminder(Kind.BROADCAST, str(broadcast.id), now + LOOK_EVERY)


def next_look(
    broadcast: Broadcast, found: Progress, now: datetime, *, moves: bool, last: datetime | None = None
) -> Reminder | None:
    """Return when its progress is looked at again: soon after somebody was shown it, then ever more rarely.

    ``last`` is when that was, in UTC. While it ``moves``, something may still go: to a network that is away, that may
    take days.
    """
    if not moves and (broadcast.state is not State.RUNNING or not found.waiting or now - broadcast.at > LOOK_LAST):
        return None
    quiet = now - max(broadcast.at, last or broadcast.at)
    return Reminder(Kind.BROADCAST, str(broadcast.id), now + min(max(quiet / 2, LOOK_EVERY), LONGEST_LOOK))
