"""Changing something about a theme night: what it says, what may still be asked, what an answer becomes (F53)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain import calendar
from bot.domain.chat.flows import Draft, kind_of
from bot.domain.services import Hours, Hub
from bot.domain.theme_nights.plans import GROUPS, NONE, SEVERAL, moment_of, moment_word, span
from bot.domain.theme_nights.theme_nights import State, ThemeNight, usual_closing
from bot.domain.timetable.plans import word_of


def said(night: ThemeNight, hub: Hub, name: str) -> Any:
    """Return what a night says to a question, as it would have been answered."""
    kind, of = kind_of(name)
    return SAYS[kind](night, hub, of)


def _hours_said(night: ThemeNight, hub: Hub, _of: str) -> str:
    starts, ends = (each.astimezone(hub.zone).time() for each in (night.starts, night.ends))
    return word_of(Hours(starts, ends))


SAYS: Mapping[str, Callable[[ThemeNight, Hub, str], Any]] = {
    "topic": lambda night, _hub, of: night.topic.get(of, ""),
    "about": lambda night, _hub, of: night.about.get(of, ""),
    "host": lambda night, _hub, _of: night.host,
    "service": lambda night, _hub, _of: night.service,
    "prison": lambda night, _hub, _of: night.prison,
    "day": lambda night, hub, _of: calendar.today(hub, night.starts).isoformat(),
    "hours": _hours_said,
    "units": lambda night, _hub, _of: list(night.units),
    "room": lambda night, _hub, _of: night.room,
    "seats": lambda night, _hub, _of: night.seats,
    "cap": lambda night, _hub, of: night.caps.get(of, NONE),
    "languages": lambda night, _hub, _of: list(night.languages),
    "interpreter": lambda night, _hub, _of: night.interpreter or NONE,
    "opens": lambda night, hub, _of: moment_word(hub, night.opens) if night.opens else NONE,
    "closes": lambda night, hub, _of: moment_word(hub, night.closes),
    "after": lambda night, _hub, _of: night.after or NONE,
}
"""What can be asked of a night, and what it says to that."""

KEPT = ("prison", "day", "hours", "units", "room", "seats")
"""What other questions build on."""

WHEN_PUBLISHED = frozenset({"topic", "about", "host", "seats", "cap", "closes", "interpreter"})
"""What can still be asked when everybody has seen a night."""


def changing(night: ThemeNight, hub: Hub, word: str) -> dict[str, Any]:
    """Begin to change something about a night; what it says now is kept, to see whether somebody else changes it."""
    ask = GROUPS.get(word, (word,))
    return {
        "night": night.id,
        "ask": list(ask),
        "was": {name: said(night, hub, name) for name in ask},
        "kept": {name: said(night, hub, name) for name in KEPT},
        "marked": said(night, hub, ask[0]) if ask[0] in SEVERAL else [],
        "women": night.women,
    }


def can_change(night: ThemeNight, word: str) -> bool:
    """Say whether this can be asked of a night as it stands."""
    kind, of = kind_of(word)
    needs = {"cap": night.units, "topic": None, "about": None}
    if kind not in SAYS.keys() | GROUPS.keys() or kind == "prison" or bool(of) is not (kind in needs):
        return False
    if kind == "cap" and of not in night.units:
        return False
    return night.state in {State.DRAFT, State.PROPOSED} or (night.state is State.PUBLISHED and kind in WHEN_PUBLISHED)


def clashes(draft: Draft, night: ThemeNight, hub: Hub) -> bool:
    """Say whether somebody else has changed just this since it was asked."""
    return any(said(night, hub, name) != was for name, was in draft["was"].items())


def changes(draft: Draft, night: ThemeNight, hub: Hub, now: datetime) -> dict[str, Any]:
    """Return what has been answered, as what changes of the night."""
    changed: dict[str, Any] = {}
    for name in draft["ask"]:
        kind, of = kind_of(name)
        if kind in BECOMES:
            changed |= BECOMES[kind](night, hub, of, draft[name])
    if "day" in draft["ask"]:
        changed |= _retimed(draft, night, hub, now)
    if "units" in draft["ask"]:
        changed |= {"units": tuple(draft["units"]), "women": bool(draft["women"])}
        changed["caps"] = {unit: cap for unit, cap in night.caps.items() if unit in draft["units"]}
    return changed


def _retimed(draft: Draft, night: ThemeNight, hub: Hub, now: datetime) -> dict[str, Any]:
    starts, ends = span(hub, draft["day"], draft["hours"])
    closes = usual_closing(hub, starts, now)
    late = night.opens is not None and night.opens >= closes
    return {"starts": starts, "ends": ends, "closes": closes, **({"opens": None, "after": None} if late else {})}


def _with(texts: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    kept = {each: said for each, said in texts.items() if each != language}
    return {**kept, language: text} if text else kept


def _capped(night: ThemeNight, unit: str, cap: Any) -> dict[str, int]:
    others = {each: most for each, most in night.caps.items() if each != unit}
    return others if cap == NONE else {**others, unit: int(cap)}


BECOMES: Mapping[str, Callable[[ThemeNight, Hub, str, Any], dict[str, Any]]] = {
    "topic": lambda night, _hub, of, word: {"topic": _with(night.topic, of, word)},
    "about": lambda night, _hub, of, word: {"about": _with(night.about, of, word)},
    "host": lambda _night, _hub, _of, word: {"host": word},
    "service": lambda _night, _hub, _of, word: {"service": word},
    "room": lambda _night, _hub, _of, word: {"room": word},
    "seats": lambda _night, _hub, _of, word: {"seats": word},
    "cap": lambda night, _hub, of, word: {"caps": _capped(night, of, word)},
    "languages": lambda _night, _hub, _of, word: {"languages": tuple(word)},
    "interpreter": lambda _night, _hub, _of, word: {"interpreter": None if word == NONE else word},
    "opens": lambda _night, hub, _of, word: {
        "opens": None if word == NONE else moment_of(hub, word),
        "after": None,
    },
    "closes": lambda _night, hub, _of, word: {"closes": moment_of(hub, word)},
    "after": lambda _night, _hub, _of, word: {"after": None if word == NONE else int(word), "opens": None},
}
"""What an answer changes; day, hours and units are said together."""
