"""What is asked about a theme night, what answers it, and the words for both."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain import calendar
from bot.domain.chat.flows import kind_of
from bot.domain.theme_nights import plans as rules
from bot.domain.theme_nights.checks import most_seats
from bot.domain.theme_nights.edits import SAYS
from bot.domain.theme_nights.plans import ALL, DONE, NONE, WOMEN
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.whole import Whole
from bot.usecases.chat.flows import At, also
from bot.usecases.theme_nights import plans as cases
from handlers.chat.inmate_pages import hidden
from handlers.chat.readings import day_typed, hours_of
from handlers.chat.rows import Rows, mark
from handlers.chat.words import Words
from handlers.flow import labels
from handlers.flow.questions import Question, press
from handlers.said import theme_nights as say
from handlers.said.coordinators import NO_ANSWER
from handlers.theme_nights.readings import moment_typed, number_typed, text_typed

Label = Callable[[Words, At, Any], str]


def _write_here(_: Words, at: At) -> str:
    return _("Write it here, in this language: {language}.", language=_.name_of(at.of))


def _now(_: Words, at: At) -> str:
    """Say what a text says now."""
    was = at.draft.get("was", {}).get(at.name)
    return _("Now: {value}", value=was) if was else ""


def _ask_hours(_: Words, at: At) -> list[str]:
    day = date.fromisoformat(rules.known(at.draft, "day"))
    when = _.day(calendar.at(at.turn.hub, day, calendar.END_OF_DAY))
    return [when, _("From when to when?"), _("You can also write it: 18.00-19.30")]


def _ask_seats(_: Words, at: At) -> list[str]:
    room = at.turn.hub.rooms[rules.known(at.draft, "room")]
    most = _("There is room for {n} in {room}.", n=most_seats(room), room=_.of(room.name))
    return [_("How many seats?"), most, _("You can also write a number.")]


def _or_none(label: Label = lambda _, _at, answer: str(answer)) -> Label:
    return lambda _, at, answer: NO_ANSWER[at.kind](_) if answer in ("", NONE) else label(_, at, answer)


def _room(_: Words, at: At, key: str) -> str:
    room = at.turn.hub.rooms[key]
    return f"{_.of(room.name)} ({room.capacity})" if room.capacity else _.of(room.name)


def _moment(_: Words, at: At, word: str) -> str:
    return _.short_time(rules.moment_of(at.turn.hub, word))


def _earlier(_: Words, _at: At, earlier: ThemeNight | int) -> str:
    return say.topic(_, earlier) if isinstance(earlier, ThemeNight) else str(earlier)


def _of_several(_: Words, at: At, word: str) -> str:
    return _("Unit {unit}", unit=word) if at.kind == "units" else _.name_of(word)


def _marked(_: Words, at: At, word: str) -> str:
    return mark(word in at.draft["marked"], _of_several(_, at, word))


def _further(_: Words, at: At) -> Rows:
    women = [hidden(_("♀️ Units for women"), press(at, WOMEN))] if at.kind == "units" else []
    return (hidden(_("🔘 All"), press(at, ALL)), *women), (hidden(_("➡️ Go on"), press(at, DONE), "primary"),)


QUESTIONS: Whole[str, Question] = Whole(
    "what is asked of a theme night",
    SAYS,
    {
        "prison": Question(
            asks=lambda _, _at: [_("In which prison?")],
            choices=lambda at: at.turn.hub.prisons_of(at.turn.person.units),
            label=labels.prison,
        ),
        "topic": Question(
            asks=lambda _, at: [_("What is the theme night about?"), _write_here(_, at), _now(_, at)],
            choices=cases.topics,
            label=_or_none(),
            reads=text_typed,
            answers=cases.answer,
        ),
        "about": Question(
            asks=lambda _, at: [_("Tell more in a few short sentences."), _write_here(_, at), _now(_, at)],
            choices=lambda _at: {NONE: ""},
            label=_or_none(),
            reads=text_typed,
            answers=cases.answer,
        ),
        "host": Question(
            asks=lambda _, at: [
                _("Who comes? An organisation or a role."),
                _("Please write no person's name here."),
                _now(_, at),
            ],
            choices=lambda _at: {NONE: ""},
            label=_or_none(),
            reads=text_typed,
            answers=cases.answer,
        ),
        "service": Question(
            asks=lambda _, _at: [_("Which service does it belong to?"), _("There one can ask for a talk as well.")],
            choices=cases.services,
            label=labels.service,
        ),
        "day": Question(
            asks=lambda _, _at: [_("On which day?"), _("You can also write it: 14.1.")],
            choices=lambda at: rules.days(at.turn.hub, at.turn.now),
            label=labels.day,
            reads=day_typed,
            answers=cases.answer,
        ),
        "hours": Question(
            asks=_ask_hours,
            choices=lambda _at: rules.USUAL_HOURS,
            label=labels.hours,
            reads=lambda _at, text: hours_of(text),
            answers=cases.answer,
        ),
        "units": Question(
            asks=lambda _, _at: [_("Which units may come?")],
            choices=cases.units,
            unoffered=also(ALL, WOMEN, DONE),
            label=_marked,
            answers=cases.mark,
            more=_further,
        ),
        "room": Question(
            asks=lambda _, _at: [_("In which room?")],
            choices=lambda at: rules.rooms(at.turn.hub, rules.known(at.draft, "units")),
            label=_room,
            answers=cases.in_room,
        ),
        "seats": Question(asks=_ask_seats, choices=cases.seats, reads=number_typed, answers=cases.answer),
        "cap": Question(
            asks=lambda _, at: [
                _("How many from unit {unit} at most?", unit=at.of),
                _("You can also write a number."),
            ],
            choices=lambda at: {NONE: NONE, **cases.seats(at)},
            label=_or_none(),
            reads=number_typed,
            answers=cases.answer,
        ),
        "languages": Question(
            asks=lambda _, _at: [_("For whom, by language?"), _("With none marked it is for all languages.")],
            choices=cases.languages_there,
            unoffered=also(ALL, DONE),
            label=_marked,
            answers=cases.mark,
            more=_further,
        ),
        "interpreter": Question(
            asks=lambda _, _at: [_("Into which language is it interpreted?")],
            choices=cases.interpreted,
            label=_or_none(lambda _, _at, language: _.name_of(language)),
        ),
        "opens": Question(
            asks=lambda _, _at: [_("From when can one sign up?"), _("You can also write it: 18.1. 15.00")],
            choices=cases.openings,
            label=_or_none(_moment),
            reads=moment_typed,
        ),
        "closes": Question(
            asks=lambda _, _at: [_("Until when can one sign up?"), _("You can also write it: 18.1. 15.00")],
            choices=cases.closings,
            label=_moment,
            reads=moment_typed,
        ),
        "after": Question(
            asks=lambda _, _at: [_("At the end of which evening does the list open?")],
            choices=cases.earlier,
            label=_or_none(_earlier),
            answers=cases.after,
        ),
    },
)


def value_in_words(_: Words, at: At, name: str, value: object) -> str:
    """Say an answer that was given."""
    at = replace(at, name=name)
    if isinstance(value, list):
        return ", ".join(_of_several(_, at, each) for each in value) or "–"
    return "–" if value in ("", NONE) else QUESTIONS[kind_of(name)[0]].label(_, at, value)
