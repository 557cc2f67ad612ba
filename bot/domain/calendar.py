"""Working days and the times of day at which the hub acts, by the wall clock of the prison."""

from datetime import date, datetime, time, timedelta

from bot.domain.services import Hub

END_OF_DAY = time(15)
START_OF_DAY = time(9)
MORNING = time(7, 30)
AFTERNOON = time(15)
SATURDAY = 5


def at(hub: Hub, day: date, clock: time) -> datetime:
    """Return the aware moment at which the prison's clocks show ``clock`` on ``day``."""
    return datetime.combine(day, clock, hub.zone)


def today(hub: Hub, now: datetime) -> date:
    """Return the date at the prison."""
    return now.astimezone(hub.zone).date()


def is_working_day(hub: Hub, day: date) -> bool:
    """Say whether the hub works on ``day``: no weekend, no public holiday, no closing day."""
    return day.weekday() < SATURDAY and day not in hub.closed_days


def working_day_after(hub: Hub, day: date, days: int) -> date:
    """Return the ``days``-th working day after ``day``; day 1 is the next working day."""
    while days:
        day += timedelta(days=1)
        days -= is_working_day(hub, day)
    return day


def working_day_before(hub: Hub, day: date) -> date:
    """Return the last working day before ``day``: a reminder on a Sunday reaches nobody."""
    day -= timedelta(days=1)
    while not is_working_day(hub, day):
        day -= timedelta(days=1)
    return day


def answer_by(hub: Hub, now: datetime, promise: int) -> datetime:
    """Return when a promise of so many working days, given now, ends: at 15.00 of its last day."""
    return at(hub, working_day_after(hub, today(hub, now), promise), END_OF_DAY)


def half_of(hub: Hub, now: datetime, promise: int) -> datetime:
    """Return the morning on which half of a promise is over; five working days have their half on day 3."""
    return at(hub, working_day_after(hub, today(hub, now), (promise + 1) // 2), START_OF_DAY)
