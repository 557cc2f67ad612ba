"""What a poster lacks in a language: it is made in one language whole, or not at all."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.domain.services import Hub, Texts
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.timetable import timetable
from handlers.chat.words import Words, words_on_walls
from handlers.papers.poster_words import in_week
from handlers.said import theme_nights as theme_night_words

Lack = Callable[[Words], str]
"""Says which text it is that lacks, in the words of who made the poster."""


def of_theme_night(hub: Hub, night: ThemeNight, language: str) -> list[Lack]:
    """Return the texts that the poster of a theme night lacks."""
    return [*_words(hub, language), *_theme_night(hub, night, language, about=True)]


def of_week(hub: Hub, prison: str, monday: date, nights: Iterable[ThemeNight], language: str) -> list[Lack]:
    """Return the texts that the poster of a week lacks."""
    found = timetable.openings(hub, prison, monday)
    services = [_service(hub, each, language) for each in dict.fromkeys(one.service for one in found)]
    rooms = [_room(hub, each, language) for each in dict.fromkeys(one.room for one in found)]
    of_theme_nights = [_theme_night(hub, each, language, about=False) for each in in_week(hub, prison, monday, nights)]
    return [*_words(hub, language), *(lack for each in [*services, *rooms, *of_theme_nights] for lack in each)]


def _words(hub: Hub, language: str) -> Iterator[Lack]:
    if words_on_walls(language, hub.zone) is None:
        yield lambda _: _("the words of posters")


def _theme_night(hub: Hub, night: ThemeNight, language: str, *, about: bool) -> Iterator[Lack]:
    if not night.topic.get(language):
        yield lambda _: _("the topic “{topic}”", topic=theme_night_words.topic(_, night))
    if about and any(night.about.values()) and not night.about.get(language):
        yield lambda _: _("what the theme night is about")
    yield from _room(hub, night.room, language)


def _room(hub: Hub, room: str, language: str) -> Iterator[Lack]:
    yield from _name(hub.rooms[room].name, language, lambda _, name: _("the room “{name}”", name=name))


def _service(hub: Hub, service: str, language: str) -> Iterator[Lack]:
    yield from _name(hub.services[service].name, language, lambda _, name: _("the service “{name}”", name=name))


def _name(texts: Texts, language: str, say: Callable[[Words, str], str]) -> Iterator[Lack]:
    if not texts.get(language):
        yield lambda _: say(_, _.of(texts))
