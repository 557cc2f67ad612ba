"""Paper slips: their numbers, and when they were written, as people type it (J12)."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.people import CARERS, WRITERS, Inmate, Person
from bot.domain.refusals import InTheFuture, PaperNumberUnknown, PaperTimeUnknown, PaperTooOld

OLDEST = timedelta(days=60)
NOON = time(12)
MORNING = time(8)
NUMBER = re.compile(r"(?:([A-Z]{2,3}?)[ -]*)?(?:P[ -]*)?0*([1-9][0-9]{0,4})", re.ASCII)
DAY = r"(?P<day>[0-9]{1,2})[./] ?(?P<month>[0-9]{1,2})[./]?(?: ?(?P<year>[0-9]{4}|[0-9]{2})(?![.:0-9]))?"
ISO = r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
NAMED = r"(?P<named>i ?dag|i ?går|today|yesterday)"
CLOCK = r"(?:(?:kl\.?|at)? ?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2}))"
MOMENTS = (
    re.compile(CLOCK, re.ASCII),
    re.compile(rf"(?:{DAY}|{ISO}|{NAMED})(?:[ ,t]+{CLOCK})?", re.ASCII),
)
"""What is typed alone like 12.10 is a time; a date alone ends in a dot."""
DAYS_AGO = {"idag": 0, "today": 0, "igår": 1, "yesterday": 1}


def may_type(person: Person, inmate: Inmate) -> bool:
    """Say whether somebody types an inmate's papers: who takes care of them, or the coordinator of the unit."""
    if person.role & CARERS:
        return person.cares_for(inmate)
    return bool(person.role & WRITERS) and inmate.unit in person.units


def number_of(text: str, prisons: Collection[str]) -> tuple[str | None, int]:
    """Read a paper's number as it is typed: «FJ-P001», «p1» or «1»; return the prison, if it was said, and the count.

    Refuses with PaperNumberUnknown what is no number, or a prison that this hub does not serve.
    """
    found = NUMBER.fullmatch(text.strip().upper())
    if found is None or (found[1] and found[1] not in prisons):
        raise PaperNumberUnknown
    return found[1], int(found[2])


def name_of(prison: str, count: int) -> str:
    """Return a paper's number as it is kept: FJ-P001."""
    return f"{prison}-P{count:03}"


def written_at(text: str, now: datetime, zone: ZoneInfo, day: date | None = None) -> datetime:
    """Read when a paper was written, by the wall clock of the prison; return it in the prison's time zone.

    A time alone is of ``day``, or today; a day alone means noon, or now where noon has not come yet. A date without
    a year is the nearest one. Refuses nonsense with PaperTimeUnknown, and what ``checked`` refuses.
    """
    found = next((match for each in MOMENTS if (match := each.fullmatch(" ".join(text.lower().split())))), None)
    if found is None:
        raise PaperTimeUnknown
    parts, today = found.groupdict(), now.astimezone(zone).date()
    try:
        on = _day(parts, today) if "day" in parts else day or today
        clock = time(int(parts["hour"]), int(parts["minute"])) if parts["hour"] else None
        moment = datetime.combine(on, clock or NOON, zone)
        return checked(min(moment, now) if clock is None and on == today else moment, now)
    except (ValueError, OverflowError) as error:
        raise PaperTimeUnknown from error


def _day(parts: dict[str, str | None], today: date) -> date:
    if parts["iso"]:
        return date.fromisoformat(parts["iso"])
    if parts["named"]:
        return today - timedelta(days=DAYS_AGO[parts["named"].replace(" ", "")])
    month, day, year = int(parts["month"] or 0), int(parts["day"] or 0), parts["year"]
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _nearest(month, day, today)


def _nearest(month: int, day: int, today: date) -> date:
    years = [year for year in range(today.year - 1, today.year + 2) if _exists(year, month, day)]
    return min((date(year, month, day) for year in years), key=lambda each: abs(each - today))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def checked(moment: datetime, now: datetime) -> datetime:
    """Refuse a paper from the future (InTheFuture), or one older than sixty days (PaperTooOld)."""
    if moment > now:
        raise InTheFuture
    if now - moment > OLDEST:
        raise PaperTooOld
    return moment


def earlier_today(now: datetime, zone: ZoneInfo) -> datetime:
    """Return what «earlier today» means, in the inmate's favour: the morning, or now where that has not come."""
    return min(datetime.combine(now.astimezone(zone).date(), MORNING, zone), now)


def yesterday(now: datetime, zone: ZoneInfo) -> datetime:
    """Return what «yesterday» means: noon."""
    return datetime.combine(now.astimezone(zone).date() - timedelta(days=1), NOON, zone)
