"""What answers are called that several flows ask for: a service, a prison, a day, hours."""

from datetime import date

from bot.domain import calendar
from bot.domain.timetable.plans import hours_of
from bot.usecases.chat.flows import At
from handlers.chat.words import Words


def service(_: Words, at: At, key: str) -> str:
    """Name a service, with its icon."""
    found = at.turn.hub.services[key]
    return f"{found.icon} {_.of(found.name)}"


def prison(_: Words, at: At, key: str) -> str:
    """Name a prison; where the hub serves one, the hub."""
    return at.turn.hub.prisons.get(key, at.turn.hub.name)


def day(_: Words, at: At, word: str) -> str:
    """Say a day."""
    return _.short_day(calendar.at(at.turn.hub, date.fromisoformat(word), calendar.END_OF_DAY))


def hours(_: Words, at: At, word: str) -> str:
    """Say hours, as on any day."""
    today, found = calendar.today(at.turn.hub, at.turn.now), hours_of(word)[0]
    opens, closes = (calendar.at(at.turn.hub, today, each) for each in (found.opens, found.closes))
    return f"{_.time(opens)}–{_.time(closes)}"
