"""What is due and when: promises watched, advisers reminded, idle kiosks locked (F30, F125, J3)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain import calendar
from bot.domain.bookings import Booking
from bot.domain.services import Hub
from bot.domain.slips import Slip


class Kind(StrEnum):
    """What somebody is reminded of, or what the hub itself must see to."""

    HALF = "half"
    BROKEN = "broken"
    TOMORROW = "tomorrow"
    TODAY = "today"
    OVER = "over"
    IDLE_WARNING = "idle_warning"
    IDLE_LOCK = "idle_lock"
    NIGHT = "night"
    UNREACHABLE = "unreachable"
    REACHABLE = "reachable"
    KNOCK = "knock"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due at a moment; kind and ``about`` name it, so that it exists once."""

    kind: Kind
    about: str
    at: datetime


def watch(slip: Slip, hub: Hub, now: datetime) -> list[Reminder]:
    """Return the two reminders of a promise given now: at its half and at its end."""
    promise = hub.services[slip.service].promise
    half = Reminder(Kind.HALF, slip.code, calendar.half_of(hub, now, promise))
    return [half, end_of(slip)]


def watch_again(slip: Slip, hub: Hub, now: datetime) -> list[Reminder]:
    """Return the two reminders of the new promise that a broken one is followed by."""
    half = Reminder(Kind.HALF, slip.code, calendar.half_of(hub, now, hub.services[hub.triage].promise))
    return [half, end_of(slip)]


def end_of(slip: Slip) -> Reminder:
    """Return the end of a slip's present promise."""
    return Reminder(Kind.BROKEN, slip.code, slip.answer_by)


def about_day(booking: Booking, hub: Hub) -> str:
    """Name an adviser's day, of which the adviser is reminded once: ``N1/2027-01-14``."""
    return f"{booking.slot.adviser}/{calendar.today(hub, booking.slot.starts)}"


def plan(booking: Booking, hub: Hub, now: datetime) -> list[Reminder]:
    """Return a booking's reminders that are still ahead: the afternoon before, the same morning, and its end."""
    day = calendar.today(hub, booking.slot.starts)
    about = about_day(booking, hub)
    all_of_them = [
        Reminder(Kind.TOMORROW, about, calendar.at(hub, calendar.working_day_before(hub, day), calendar.AFTERNOON)),
        Reminder(Kind.TODAY, about, calendar.at(hub, day, calendar.MORNING)),
        Reminder(Kind.OVER, booking.slip, booking.slot.ends),
    ]
    return [reminder for reminder in all_of_them if reminder.at > now]


def outlived(reminder: Reminder, hub: Hub, now: datetime) -> bool:
    """Say whether a reminder comes too late to be of use, as after an outage (J12): then it is dropped, not sent."""
    if reminder.kind not in {Kind.TOMORROW, Kind.TODAY}:
        return False
    talks_on = date.fromisoformat(reminder.about.partition("/")[2])
    today = calendar.today(hub, now)
    return talks_on < today if reminder.kind is Kind.TODAY else talks_on <= today
