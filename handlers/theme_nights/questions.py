"""The words of each question about a theme night, and of the buttons that answer it."""

from collections.abc import Callable
from datetime import date

from bot.domain import calendar
from bot.domain import night_plans as rules
from bot.domain.desks import Desk
from bot.domain.night_checks import most_seats
from bot.domain.night_plans import NONE, kind_of
from bot.domain.plans import hours_of
from handlers.chat.context import Context
from handlers.chat.words import Words
from handlers.said.coordinators import NO_ANSWER


def now_said(_: Words, desk: Desk, name: str) -> list[str]:
    """Say what a text says now."""
    was = desk.draft.get("was", {}).get(name)
    return [_("Now: {value}", value=was)] if isinstance(was, str) and was and kind_of(name)[0] in rules.LONGEST else []


def _write_here(_: Words, language: str) -> str:
    return _("Write it here, in this language: {language}.", language=_.name_of(language))


def _ask_topic(_context: Context, _: Words, _desk: Desk, of: str) -> list[str]:
    return [
        _("What is the theme night about?"),
        _("Write it here, in this language: {language}.", language=_.name_of(of)),
    ]


def _ask_about(_context: Context, _: Words, _desk: Desk, of: str) -> list[str]:
    return [_("Tell more in a few short sentences."), _write_here(_, of)]


def _ask_hours(context: Context, _: Words, desk: Desk, _of: str) -> list[str]:
    day = date.fromisoformat(rules.known(desk.draft, "day"))
    when = _.day(calendar.at(context.turn.hub, day, calendar.END_OF_DAY))
    return [when, _("From when to when?"), _("You can also write it: 18.00-19.30")]


def _ask_seats(context: Context, _: Words, desk: Desk, _of: str) -> list[str]:
    room = context.turn.hub.rooms[rules.known(desk.draft, "room")]
    most = _("There is room for {n} in {room}.", n=most_seats(room), room=_.of(room.name))
    return [_("How many seats?"), most, _("You can also write a number.")]


def _ask_cap(_context: Context, _: Words, _desk: Desk, of: str) -> list[str]:
    return [_("How many from unit {unit} at most?", unit=of), _("You can also write a number.")]


Ask = Callable[[Context, Words, Desk, str], list[str]]
ASKED: dict[str, Ask] = {
    "prison": lambda _context, _, _desk, _of: [_("In which prison?")],
    "topic": _ask_topic,
    "about": _ask_about,
    "host": lambda _context, _, _desk, _of: [
        _("Who comes? An organisation or a role."),
        _("Please write no person's name here."),
    ],
    "service": lambda _context, _, _desk, _of: [
        _("Which service does it belong to?"),
        _("There one can ask for a talk as well."),
    ],
    "day": lambda _context, _, _desk, _of: [_("On which day?"), _("You can also write it: 14.1.")],
    "hours": _ask_hours,
    "units": lambda _context, _, _desk, _of: [_("Which units may come?")],
    "room": lambda _context, _, _desk, _of: [_("In which room?")],
    "seats": _ask_seats,
    "cap": _ask_cap,
    "languages": lambda _context, _, _desk, _of: [
        _("For whom, by language?"),
        _("With none marked it is for all languages."),
    ],
    "interpreter": lambda _context, _, _desk, _of: [_("Into which language is it interpreted?")],
    "opens": lambda _context, _, _desk, _of: [
        _("From when can one sign up?"),
        _("You can also write it: 18.1. 15.00"),
    ],
    "closes": lambda _context, _, _desk, _of: [
        _("Until when can one sign up?"),
        _("You can also write it: 18.1. 15.00"),
    ],
    "after": lambda _context, _, _desk, _of: [_("At the end of which evening does the list open?")],
}
"""What a page asks."""


def label(context: Context, _: Words, kind: str, word: str) -> str:
    """Say what an answer is called."""
    return NO_ANSWER[kind](_) if word == NONE else LABELS[kind](context, _, word)


def _service(context: Context, _: Words, word: str) -> str:
    service = context.turn.hub.services[word]
    return f"{service.icon} {_.of(service.name)}"


def _day(context: Context, _: Words, word: str) -> str:
    return _.short_day(calendar.at(context.turn.hub, date.fromisoformat(word), calendar.END_OF_DAY))


def _hours(context: Context, _: Words, word: str) -> str:
    at, today = hours_of(word)[0], calendar.today(context.turn.hub, context.turn.now)
    starts, ends = (calendar.at(context.turn.hub, today, each) for each in (at.opens, at.closes))
    return f"{_.time(starts)}–{_.time(ends)}"


def _room(context: Context, _: Words, word: str) -> str:
    room = context.turn.hub.rooms[word]
    return f"{_.of(room.name)} ({room.capacity})" if room.capacity else _.of(room.name)


def _moment(context: Context, _: Words, word: str) -> str:
    return _.short_time(rules.moment_of(context.turn.hub, word))


def _prison(context: Context, _: Words, word: str) -> str:
    return context.turn.hub.prisons.get(word, context.turn.hub.name)


LABELS: dict[str, Callable[[Context, Words, str], str]] = {
    "prison": _prison,
    "service": _service,
    "day": _day,
    "hours": _hours,
    "room": _room,
    "seats": lambda _context, _, word: word,
    "cap": lambda _context, _, word: word,
    "interpreter": lambda _context, _, word: _.name_of(word),
    "opens": _moment,
    "closes": _moment,
}
"""What stands on a button that answers a question."""


def one_of(_: Words, name: str, word: str) -> str:
    """Say what can be marked among several."""
    return _("Unit {unit}", unit=word) if name == "units" else _.name_of(word)


def value_in_words(context: Context, _: Words, name: str, value: object) -> str:
    """Say an answer that was given."""
    kind, _of = kind_of(name)
    if isinstance(value, list):
        return ", ".join(one_of(_, name, each) for each in value) or "–"
    if value in {"", NONE}:
        return "–"
    return LABELS[kind](context, _, str(value)) if kind in LABELS else str(value)
