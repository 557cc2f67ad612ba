"""Theme nights: a night for many, from the first draft until it has been counted (F34, F53)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain import calendar
from bot.domain.people import APPROVERS, Inmate, Person
from bot.domain.refusals import MoveNotPossible, Stale
from bot.domain.reminders import Kind, Reminder
from bot.domain.services import Hub, Texts
from bot.domain.theme_nights.refusals import NightBegun
from bot.domain.whole import Whole

AS_LAST_TIME = timedelta(weeks=4)
DOOR_OPENS = timedelta(hours=1)


class State(StrEnum):
    """Where a theme night stands; that it is over is a matter of time."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """What can happen to a theme night."""

    CHANGE = "change"
    PROPOSE = "propose"
    PUBLISH = "publish"
    DECLINE = "decline"
    CANCEL = "cancel"


THEME_NIGHT_MOVES: Whole[State, Mapping[Move, State]] = Whole(
    "the moves of a theme night",
    State,
    {
        State.DRAFT: {Move.CHANGE: State.DRAFT, Move.PROPOSE: State.PROPOSED, Move.PUBLISH: State.PUBLISHED},
        State.PROPOSED: {Move.CHANGE: State.PROPOSED, Move.PUBLISH: State.PUBLISHED, Move.DECLINE: State.DECLINED},
        State.PUBLISHED: {Move.CHANGE: State.PUBLISHED, Move.CANCEL: State.CANCELLED},
        State.DECLINED: {},
        State.CANCELLED: {},
    },
)


class Why(StrEnum):
    """Why a theme night is cancelled, in neutral words."""

    HOST = "host"
    ROOM = "room"
    STAFF = "staff"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class ThemeNight:
    """One theme night. ``starts`` and ``ends`` in UTC; ``host`` is an organisation or a role, never a person's name.

    ``topic`` and ``about`` stand in the hub's languages, perhaps in more. ``seats`` are for all, ``caps`` for units;
    ``units`` may come, and of them those who speak one of ``languages``, where there are any, and only units for women
    where it is for ``women``. ``interpreter`` is the language that one interprets into. One can sign up from ``opens``,
    or from when it is published, until ``closes``; the list opens at the end of the night ``after`` (F41). With a
    ``lottery`` seats are drawn when the list closes, else who comes first has one; ``drawn`` says that they were.
    ``service`` is where one can ask for a talk of one's own in its place (F37). ``copy_of`` is the night it repeats.
    """

    id: int
    prison: str
    state: State
    revision: int
    service: str
    topic: Texts
    about: Texts
    host: str
    room: str
    starts: datetime
    ends: datetime
    seats: int
    units: tuple[str, ...]
    closes: datetime
    made_by: str
    made_at: datetime
    caps: Mapping[str, int]
    languages: tuple[str, ...] = ()
    women: bool = False
    interpreter: str | None = None
    opens: datetime | None = None
    after: int | None = None
    lottery: bool = False
    drawn: bool = False
    copy_of: int | None = None
    reason: Why | None = None

    @property
    def holder(self) -> str:
        """Name what the night itself takes: its room."""
        return f"night:{self.id}"


def moved(night: ThemeNight, move: Move, **changes: Any) -> ThemeNight:
    """Return the night after a move of its lifecycle, or refuse."""
    state = THEME_NIGHT_MOVES[night.state].get(move)
    if state is None:
        raise MoveNotPossible(night.state, move)
    return replace(night, state=state, revision=night.revision + 1, **changes)


def as_shown(night: ThemeNight, revision: int) -> ThemeNight:
    """Refuse a press on what has been changed since, by whoever."""
    if night.revision != revision:
        raise Stale
    return night


def usual_closing(hub: Hub, starts: datetime, now: datetime) -> datetime:
    """Return when the list closes unless somebody says otherwise: at 15.00 of the last working day before.

    Where that has passed, one can sign up until the night begins.
    """
    day = calendar.working_day_before(hub, calendar.today(hub, starts))
    closes = calendar.at(hub, day, calendar.END_OF_DAY)
    return closes if closes > now else starts


def cap_of(night: ThemeNight, hub: Hub, unit: str) -> int:
    """Return how many of a unit may come: by the night, the room, and the seats there are."""
    most = hub.rooms[night.room].most.get(unit, night.seats)
    return min(night.seats, most, night.caps.get(unit, night.seats))


def invites(night: ThemeNight, hub: Hub, inmate: Inmate) -> bool:
    """Say whether a night is for somebody: the one place for rules about who may come together (F38, F55)."""
    speaks = not night.languages or inmate.language in night.languages
    return inmate.unit in night.units and speaks and (hub.units[inmate.unit].women or not night.women)


def is_open(night: ThemeNight, now: datetime) -> bool:
    """Say whether one can sign up now."""
    return night.state is State.PUBLISHED and (night.opens is None or night.opens <= now) and now < night.closes


def is_coming(night: ThemeNight, now: datetime) -> bool:
    """Say whether the night takes place and is not over."""
    return night.state is State.PUBLISHED and night.ends > now


def can_be_dropped(night: ThemeNight, person: Person) -> bool:
    """Say whether it is somebody's own draft, or a proposal that they may still take back."""
    return night.made_by == person.id and night.state in {State.DRAFT, State.PROPOSED}


def can_be_declined(night: ThemeNight, person: Person) -> bool:
    """Say whether it is a proposal, and somebody answers it."""
    return night.state is State.PROPOSED and bool(person.role & APPROVERS)


def can_be_cancelled(night: ThemeNight, now: datetime) -> bool:
    """Say whether the night takes place and has not begun."""
    return night.state is State.PUBLISHED and night.starts > now


def cancel(night: ThemeNight, why: Why, now: datetime) -> ThemeNight:
    """Let a published night not take place; one that has begun is not cancelled any more."""
    if night.starts <= now:
        raise NightBegun
    return moved(night, Move.CANCEL, reason=why)


def copied(night: ThemeNight, hub: Hub, person: str, now: datetime) -> ThemeNight:
    """Return a draft of the same night, four weeks later or on the first such weekday that is ahead."""
    starts = _later(hub, night.starts, now)
    length = night.ends - night.starts
    return replace(
        night,
        id=0,
        state=State.DRAFT,
        revision=1,
        starts=starts,
        ends=starts + length,
        opens=None,
        after=None,
        closes=usual_closing(hub, starts, now),
        drawn=False,
        copy_of=night.id,
        made_by=person,
        made_at=now,
        reason=None,
    )


def _later(hub: Hub, starts: datetime, now: datetime) -> datetime:
    clock, day = starts.astimezone(hub.zone).time(), calendar.today(hub, starts)
    day += AS_LAST_TIME
    while calendar.at(hub, day, clock) <= now:
        day += timedelta(weeks=1)
    return calendar.at(hub, day, clock)


def due_of(night: ThemeNight, hub: Hub, now: datetime) -> list[Reminder]:
    """Return everything that is due because of a published night, and still ahead."""
    if night.state is not State.PUBLISHED:
        return []
    day, about = calendar.today(hub, night.starts), str(night.id)
    afternoon = calendar.at(hub, day - timedelta(days=1), calendar.AFTERNOON)
    all_of_them = [
        *([Reminder(Kind.LIST_OPENS, about, night.opens)] if night.opens else []),
        Reminder(Kind.LIST_CLOSES, about, night.closes),
        Reminder(Kind.THEME_NIGHT_TOMORROW, about, afternoon),
        Reminder(Kind.THEME_NIGHT_TODAY, about, calendar.at(hub, day, calendar.MORNING)),
        Reminder(Kind.DOOR_OPENS, about, night.starts - DOOR_OPENS),
        Reminder(Kind.THEME_NIGHT_BEGINS, about, night.starts),
        Reminder(Kind.THEME_NIGHT_OVER, about, night.ends),
    ]
    return [reminder for reminder in all_of_them if reminder.at > now]


def day_of(night: ThemeNight, hub: Hub) -> date:
    """Return the date of the night at the prison."""
    return calendar.today(hub, night.starts)
