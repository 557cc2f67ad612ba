"""Notices: a short text for the screens of some units and for some of the staff, for as long as it is true (F40)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.people import READERS, Person
from bot.domain.refusals import MoveNotPossible, NoticeTimesWrong, Stale, TextMissing, TextTooLong
from bot.domain.reminders import Kind, Reminder
from bot.domain.services import NEEDED, Texts
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.refusals import NobodyInvited
from bot.domain.whole import Whole

LONGEST = 160
"""So many characters have room as one line of a screen."""


class State(StrEnum):
    """Where a notice stands; that it is over is a matter of time."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can happen to a notice."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"


NOTICE_MOVES: Whole[State, Mapping[Move, State]] = Whole(
    "the moves of a notice",
    State,
    {
        State.PUBLISHED: {Move.CORRECT: State.PUBLISHED, Move.WITHDRAW: State.WITHDRAWN},
        State.WITHDRAWN: {},
    },
)


@dataclass(frozen=True, slots=True)
class Notice:
    """A text by language, shown from ``starts`` until ``ends`` (UTC) to the screens of ``units`` and to ``staff``.

    An ``urgent`` one stands before all others. With a ``service`` one tap asks for a talk there (F40). Its words are
    free text: they leave the house only where its coordinator has said so, ``outside``.
    """

    id: int
    prison: str
    state: State
    revision: int
    texts: Texts
    units: tuple[str, ...]
    staff: tuple[str, ...]
    starts: datetime
    ends: datetime
    made_by: str
    made_at: datetime
    urgent: bool = False
    service: str | None = None
    outside: bool = False


def is_current(notice: Notice, now: datetime) -> bool:
    """Say whether a notice is to be seen now."""
    return notice.state is State.PUBLISHED and notice.starts <= now < notice.ends


def is_over(notice: Notice, now: datetime) -> bool:
    """Say whether a notice will not be seen any more: it was withdrawn, or its time has passed."""
    return notice.state is not State.PUBLISHED or notice.ends <= now


def name_of(number: int) -> str:
    """Name a notice, as its broadcast does."""
    return str(Subject(About.NOTICE, str(number)))


def checked(notice: Notice, now: datetime) -> Notice:
    """Refuse a notice that nobody would see, or that somebody could not read."""
    missing = [language for language in NEEDED if not notice.texts.get(language)]
    if missing:
        raise TextMissing(", ".join(missing))
    if any(len(text) > LONGEST for text in notice.texts.values()):
        raise TextTooLong(LONGEST)
    if notice.ends <= max(now, notice.starts):
        raise NoticeTimesWrong
    if not notice.units and not notice.staff:
        raise NobodyInvited
    return notice


def moved(notice: Notice, move: Move, **changes: Any) -> Notice:
    """Return the notice after a move of its lifecycle, or refuse."""
    state = NOTICE_MOVES[notice.state].get(move)
    if state is None:
        raise MoveNotPossible(notice.state, move)
    return replace(notice, state=state, revision=notice.revision + 1, **changes)


def as_shown(notice: Notice, revision: int) -> Notice:
    """Refuse a press on what has been changed since, by whoever."""
    if notice.revision != revision:
        raise Stale
    return notice


def in_order(notices: list[Notice]) -> list[Notice]:
    """Return what is urgent first, and then the newest."""
    return sorted(notices, key=lambda each: (not each.urgent, -each.made_at.timestamp(), -each.id))


def reads(person: Person, groups: tuple[str, ...], units: tuple[str, ...]) -> bool:
    """Say whether somebody of the staff is among groups (names of roles) that work with some of these units."""
    named = any(role.name == group for group in groups for role in READERS if role is person.role)
    return named and bool(person.units.intersection(units))


def due_of(notice: Notice, now: datetime) -> list[Reminder]:
    """Return when a notice appears and disappears, as far as that is ahead."""
    if notice.state is not State.PUBLISHED:
        return []
    about = str(notice.id)
    both = [Reminder(Kind.NOTICE_BEGINS, about, notice.starts), Reminder(Kind.NOTICE_ENDS, about, notice.ends)]
    return [reminder for reminder in both if reminder.at > now]
