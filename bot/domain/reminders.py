"""What is due and when: promises watched, advisers reminded, idle kiosks locked (F30, F125, J3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import calendar
from bot.domain.services import Hub
from bot.domain.slips import talks
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable.bookings import Booking

PAPER_STAYS = timedelta(minutes=10)
"""How long a paper with a secret on it may lie in a chat."""


class Kind(StrEnum):
    """What somebody is reminded of, or what the hub itself must see to."""

    HALF = "half"
    BROKEN = "broken"
    TOMORROW = "tomorrow"
    TODAY = "today"
    BEGINS = "begins"
    OVER = "over"
    UNTOLD = "untold"
    UNTOLD_STILL = "untold_still"
    UNTOLD_END = "untold_end"
    IDLE_WARNING = "idle_warning"
    IDLE_LOCK = "idle_lock"
    NIGHT = "night"
    MORNING = "morning"
    EXPIRE = "expire"
    PIN_CODE = "pin_code"
    CODE = "code"
    PAPER = "paper"
    UNDRAWN = "undrawn"
    UNDELIVERED = "undelivered"
    UNREACHABLE = "unreachable"
    REACHABLE = "reachable"
    KNOCK = "knock"
    LIST_OPENS = "list_opens"
    LIST_CLOSES = "list_closes"
    THEME_NIGHT_TOMORROW = "theme_night_tomorrow"
    THEME_NIGHT_TODAY = "theme_night_today"
    DOOR_OPENS = "door_opens"
    THEME_NIGHT_BEGINS = "theme_night_begins"
    THEME_NIGHT_OVER = "theme_night_over"
    SEAT_PASSES = "seat_passes"
    NOTICE_BEGINS = "notice_begins"
    NOTICE_ENDS = "notice_ends"
    BROADCAST = "broadcast"
    PUT_BACK = "put_back"


AFTER_A_TALK = (Kind.UNTOLD, Kind.UNTOLD_STILL)
OF_A_SLIP = (Kind.HALF, Kind.BROKEN, Kind.EXPIRE, Kind.BEGINS, Kind.OVER, *AFTER_A_TALK, Kind.UNTOLD_END)
"""The reminders that follow from a slip's state; whenever that changes they are written anew."""

OF_A_THEME_NIGHT = (
    Kind.LIST_OPENS,
    Kind.LIST_CLOSES,
    Kind.THEME_NIGHT_TOMORROW,
    Kind.THEME_NIGHT_TODAY,
    Kind.DOOR_OPENS,
    Kind.THEME_NIGHT_BEGINS,
    Kind.THEME_NIGHT_OVER,
)
OF_A_NOTICE = (Kind.NOTICE_BEGINS, Kind.NOTICE_ENDS)

OF_IDLENESS = (Kind.IDLE_WARNING, Kind.IDLE_LOCK)
"""What waits at a screen that is in use, and at none that rests."""


ON_ITS_DAY = (Kind.MORNING, Kind.THEME_NIGHT_TOMORROW, Kind.THEME_NIGHT_TODAY)
"""What is of use on the day for which it was planned, and no later."""

OF_TALKS_ON_A_DAY = (Kind.TOMORROW, Kind.TODAY)
"""What is of use while an adviser's talks on a day are ahead."""

CAN_BE_OUTLIVED = (*ON_ITS_DAY, *OF_TALKS_ON_A_DAY)
"""What is dropped where it comes too late, and then stands in the log."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due at a moment; kind and ``about`` name it, so that it exists once."""

    kind: Kind
    about: str
    at: datetime


def due_of(slip: Slip, booking: Booking | None, hub: Hub, now: datetime) -> list[Reminder]:
    """Return everything that is due because of the state a slip is in, with its standing time if it has one."""
    if slip.state is State.WAITING:
        return watch(slip, now)
    if slip.state is State.OFFERED and slip.offer_until:
        return [Reminder(Kind.EXPIRE, slip.code, slip.offer_until)]
    if slip.state is State.BOOKED and booking:
        return plan(booking, hub, now)
    return []


def watch(slip: Slip, now: datetime) -> list[Reminder]:
    """Return what is due of a promise: its half, if that is ahead, and always its end."""
    end = Reminder(Kind.BROKEN, slip.code, slip.answer_by)
    half = [Reminder(Kind.HALF, slip.code, slip.half_at)] if slip.half_at and slip.half_at > now else []
    return [*half, end]


def about_day(booking: Booking, hub: Hub) -> str:
    """Name an adviser's day, of which the adviser is reminded once: ``N1/2027-01-14``."""
    return f"{booking.slot.adviser}/{calendar.today(hub, booking.slot.starts)}"


def plan(booking: Booking, hub: Hub, now: datetime) -> list[Reminder]:
    """Return a booking's reminders that are still ahead: the afternoon before, the same morning, and its two ends.

    Then the adviser is asked how it went. Until when somebody is to have told is always among them (F125).
    """
    day = calendar.today(hub, booking.slot.starts)
    about = about_day(booking, hub)
    before = [
        Reminder(Kind.TOMORROW, about, calendar.at(hub, calendar.working_day_before(hub, day), calendar.AFTERNOON)),
        Reminder(Kind.TODAY, about, calendar.at(hub, day, calendar.MORNING)),
        Reminder(Kind.BEGINS, booking.slip, booking.slot.starts),
        Reminder(Kind.OVER, booking.slip, booking.slot.ends),
    ]
    return [*(reminder for reminder in before if reminder.at > now), *after_talk(booking, hub, now)]


def after_talk(booking: Booking, hub: Hub, now: datetime) -> list[Reminder]:
    """Return when the adviser is asked how a talk went, as far as that is ahead, and always the end of the waiting."""
    asked = zip(AFTER_A_TALK, talks.asked_at(hub, booking), strict=True)
    ahead = [Reminder(kind, booking.slip, at) for kind, at in asked if at > now]
    return [*ahead, Reminder(Kind.UNTOLD_END, booking.slip, talks.told_by(hub, booking))]


def take_away(paper: str, now: datetime) -> Reminder:
    """Return when a paper that was handed over now disappears, named by its place: ``house/201/paper:7``."""
    return Reminder(Kind.PAPER, paper, now + PAPER_STAYS)


def not_drawn(paper: str, now: datetime) -> Reminder:
    """Return when whoever asked for a paper that cannot be drawn is told so: at once, in its place."""
    return Reminder(Kind.UNDRAWN, paper, now)


def not_arrived(now: datetime) -> Reminder:
    """Return when it is said that something did not come through: at once, wherever that is counted."""
    return Reminder(Kind.UNDELIVERED, "", now)


def outlived(reminder: Reminder, hub: Hub, now: datetime) -> bool:
    """Say whether a reminder comes too late to be of use, as after an outage (J12): then it is dropped, not sent."""
    if reminder.kind in ON_ITS_DAY:
        return calendar.today(hub, reminder.at) < calendar.today(hub, now)
    if reminder.kind not in OF_TALKS_ON_A_DAY:
        return False
    talks_on = date.fromisoformat(reminder.about.partition("/")[2])
    today = calendar.today(hub, now)
    return talks_on < today if reminder.kind is Kind.TODAY else talks_on <= today
