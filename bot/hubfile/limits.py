"""Files that describe more than a hub has room for, told at the first that is too many or too long."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.domain.services import Hub
from bot.domain.sizes import LONGEST, LONGEST_ALIAS, LONGEST_PRISON, MOST, MOST_SESSIONS_A_DAY, MOST_TOPICS
from bot.hubfile.yaml_files import Fault, Place, entries


def too_large(data: Any) -> Iterator[Fault]:
    """Tell what of a file there is more of than a hub has room for, each at the first that is too many."""
    for section, most in MOST.items():
        yield from _too_many((section,), [key for key, _ in entries(data, section)], most)
    for key, service in entries(data, "services"):
        topics = [topic for topic, _ in entries(service, "topics")]
        yield from _too_many(("services", key, "topics"), topics, MOST_TOPICS)
    yield from _too_long(data)


def too_many_sessions(hub: Hub) -> Iterator[Fault]:
    """Tell the first day on which more sessions are held than a day has room for."""
    counted = Counter(session.day for session in hub.sessions)
    day = min((day for day, n in counted.items() if n > MOST_SESSIONS_A_DAY), default=None)
    if day:
        yield (
            ("timetable", "patterns"),
            f"makes {counted[day]} sessions on {day}; a day has room for {MOST_SESSIONS_A_DAY}, for each adviser one",
        )


def _too_many(place: Place, keys: list[str], most: int) -> Iterator[Fault]:
    if len(keys) > most:
        yield (*place, keys[most]), f"is number {most + 1} of {len(keys)} {place[-1]}; a hub has room for {most}"


def _too_long(data: Any) -> Iterator[Fault]:
    for section, longest in LONGEST.items():
        for key, each in entries(data, section):
            name = each.get("name") if isinstance(each, dict) else None
            yield from _name((section, key, "name"), name, longest)
    for key, each in entries(data, "inmates"):
        alias = each.get("alias") if isinstance(each, dict) else None
        yield from _name(("inmates", key, "alias"), alias, LONGEST_ALIAS)
    if isinstance(data, dict):
        yield from _name(("name",), data.get("name"), LONGEST_PRISON)
        yield from _name(("prisons",), data.get("prisons"), LONGEST_PRISON)


def _name(place: Place, name: Any, longest: int) -> Iterator[Fault]:
    texts = name.items() if isinstance(name, dict) else [(None, name)]
    for language, text in texts:
        if isinstance(text, str) and len(text) > longest:
            where = (*place, language) if language else place
            yield where, f"has {len(text)} characters; pages and buttons have room for {longest}"
