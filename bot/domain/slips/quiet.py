"""Slips that wait for a word of their inmate, and for how long: an answer, or a talk that did not happen."""

from datetime import date, datetime, time, timedelta

from bot.domain import calendar
from bot.domain.services import Hub
from bot.domain.slips.slips import Slip

QUIET_FOR = timedelta(days=14)


def heard_until(slip: Slip, hub: Hub, now: datetime) -> date:
    """Return the last day on which the inmate can still answer: two weeks from when the question is read or told."""
    since = calendar.today(hub, now if slip.news else slip.last_at or slip.answer_by)
    return max(since + QUIET_FOR, calendar.today(hub, now))


def quiet_since(hub: Hub, now: datetime) -> datetime:
    """Return before which moment the newest word lies of a slip that has been quiet for two whole weeks."""
    return calendar.at(hub, calendar.today(hub, now) - QUIET_FOR, time())
