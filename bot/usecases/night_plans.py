"""Putting a theme night together, or changing one, question by question at the desk of a coordinator or a provider."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain import night_edits as edits
from bot.domain import night_plans as rules
from bot.domain.desks import Desk
from bot.domain.night_plans import ALL, DONE, MINE, NONE, SEVERAL, THEIRS, WOMEN, Draft
from bot.domain.night_refusals import NightGone
from bot.domain.people import Role
from bot.domain.refusals import Stale
from bot.domain.sign_ups import SignUp
from bot.domain.theme_nights import ThemeNight
from bot.store import people
from bot.usecases import desks, theme_nights
from bot.usecases.turn import Turn

TASK = "theme_night"


@dataclass(frozen=True, slots=True)
class Done:
    """A night that was put together, or changed, and who has the offer of a seat because of it."""

    night: ThemeNight
    offered: tuple[SignUp, ...] = ()
    new: bool = False
    changed: bool = True


async def begin(turn: Turn) -> Desk:
    """Begin a new night in the acting person's prison; where there are several, that is the first question."""
    prisons = turn.hub.prisons_of(turn.person.units)
    known = {"prison": prisons[0]} if len(prisons) == 1 else {}
    return await desks.begin(turn, TASK, ask=rules.to_ask(turn.hub, prisons), marked=[], **known)


async def begin_change(turn: Turn, number: int, word: str) -> Desk:
    """Begin to change something about a night."""
    night = await theme_nights.one(turn, number)
    if not edits.can_change(night, word):
        raise Stale
    return await desks.begin(turn, TASK, **edits.changing(night, turn.hub, word))


async def flip(turn: Turn, number: int, revision: int, word: str) -> Done:
    """Switch on or off that a night is for women, or that its seats are drawn."""
    night = await theme_nights.one(turn, number)
    if word not in rules.FLIPS:
        raise Stale
    changed, offered = await theme_nights.change(turn, number, revision, **{word: not getattr(night, word)})
    return Done(changed, offered)


async def present(turn: Turn) -> Desk | None:
    """Return the desk where a night is being put together or changed; none where it is not, or the night is gone."""
    desk = await desks.mine(turn)
    if desk.task != TASK:
        return None
    try:
        await night_at(turn, desk.draft)
    except NightGone:
        return None
    return desk


async def night_at(turn: Turn, draft: Draft) -> ThemeNight | None:
    """Return the night that is being changed, as it is now; none where it is a new one."""
    return await theme_nights.one(turn, draft["night"]) if "night" in draft else None


async def choices(turn: Turn, draft: Draft) -> list[str]:
    """Return what can be answered with a button to the question that is asked now."""
    name = rules.question(draft)
    if name is None:
        return [MINE, THEIRS]
    kind, of = rules.kind_of(name)
    night = await night_at(turn, draft)
    if kind in {"topic", "about"}:
        return [] if kind == "topic" and of == rules.FIRST else [NONE]
    if night and kind in {"opens", "closes", "after"}:
        return await _of_the_list(turn, night, kind)
    return await _of_the_house(turn, draft, kind)


async def _of_the_list(turn: Turn, night: ThemeNight, kind: str) -> list[str]:
    if kind == "closes":
        return rules.closings(night, turn.hub, turn.now)
    if kind == "opens":
        return [NONE, *rules.openings(night, turn.hub, turn.now)]
    return [NONE, *(str(each.id) for each in await theme_nights.before(turn, night))]


async def _of_the_house(turn: Turn, draft: Draft, kind: str) -> list[str]:
    if kind == "languages":
        return await languages(turn, rules.known(draft, "prison"))
    if kind == "interpreter":
        return [NONE, *await languages(turn, rules.known(draft, "prison"))]
    return OFFERED[kind](turn, draft)


def _services(turn: Turn, _draft: Draft) -> list[str]:
    own = turn.person.services if turn.person.role is Role.PROVIDER else turn.hub.services.keys()
    return [key for key in turn.hub.services if key in own]


def units_for(turn: Turn, draft: Draft) -> list[str]:
    """Return the units that can be invited: those of the prison that are within the acting person's scope."""
    return [each for each in turn.hub.units_of(rules.known(draft, "prison")) if each in turn.person.units]


OFFERED: Mapping[str, Callable[[Turn, Draft], list[str]]] = {
    "prison": lambda turn, _draft: list(turn.hub.prisons_of(turn.person.units)),
    "host": lambda _turn, _draft: [NONE],
    "service": _services,
    "day": lambda turn, _draft: rules.days(turn.hub, turn.now),
    "hours": lambda _turn, _draft: list(rules.EVENINGS),
    "units": units_for,
    "room": lambda turn, draft: rules.rooms(turn.hub, rules.known(draft, "units")),
    "seats": lambda turn, draft: rules.seats(turn.hub, rules.known(draft, "room")),
    "cap": lambda turn, draft: [NONE, *rules.seats(turn.hub, rules.known(draft, "room"))],
}
"""What the buttons of a question offer, as far as the hub itself says it."""


async def languages(turn: Turn, prison: str) -> list[str]:
    """Return the languages of the hub, and those that somebody in a prison speaks."""
    units = turn.hub.units_of(prison)
    spoken = {each.language for each in await people.inmates(turn.tx) if each.unit in units}
    return [*turn.hub.languages, *sorted(spoken.difference(turn.hub.languages))]


async def choose(turn: Turn, step: int, word: str) -> Desk | Done:
    """Answer the question of a page with one of its buttons."""
    desk = await desks.at(turn, TASK, step)
    draft, name = desk.draft, rules.question(desk.draft)
    offered = await choices(turn, draft)
    if name is None:
        return await _settle(turn, desk, word)
    if name in SEVERAL:
        return await _mark(turn, desk, name, word, offered)
    if word not in offered:
        raise Stale
    return await _answer(turn, desk, name, _value(name, word))


def _value(name: str, word: str) -> Any:
    kind, _ = rules.kind_of(name)
    if word == NONE:
        return "" if kind in rules.LONGEST else NONE
    return int(word) if kind in {"seats", "cap", "after"} else word


async def _mark(turn: Turn, desk: Desk, name: str, word: str, offered: list[str]) -> Desk | Done:
    marked, women = list(desk.draft["marked"]), False
    if word == DONE:
        return await _answer(turn, desk, name, _in_order(marked, offered))
    if word == ALL:
        marked = [] if set(marked) == set(offered) else offered
    elif word == WOMEN and name == "units":
        marked, women = rules.women_of(turn.hub, offered), True
    elif word in offered:
        marked = _in_order(set(marked) ^ {word}, offered)
    else:
        raise Stale
    return await desks.go_on(turn, TASK, desk.step, marked=marked, women=women)


def _in_order(marked: Iterable[str], offered: list[str]) -> list[str]:
    chosen = set(marked)
    return [each for each in offered if each in chosen]


async def write(turn: Turn, question: str, value: Any) -> Desk | Done:
    """Answer the present question with something typed, which the edge has read."""
    desk = await desks.mine(turn)
    if desk.task != TASK or rules.question(desk.draft) != question:
        raise Stale
    return await _answer(turn, desk, question, value)


async def _answer(turn: Turn, desk: Desk, name: str, value: Any) -> Desk | Done:
    draft = {**desk.draft, name: value}
    rules.check(desk.draft, name, value, turn.hub, turn.now)
    if name == "room":
        await _free(turn, draft)
    if rules.question(draft):
        return await desks.go_on(turn, TASK, desk.step, **{name: value})
    return await _finish(turn, desk, draft)


async def _free(turn: Turn, draft: Draft) -> None:
    starts, ends = rules.span(turn.hub, rules.known(draft, "day"), rules.known(draft, "hours"))
    night = await night_at(turn, draft)
    if night is None or draft["room"] != night.room:
        await theme_nights.room_is_free(turn, draft["room"], starts, ends)


async def back(turn: Turn, step: int) -> Desk:
    """Take the last answer back."""
    draft = (await desks.at(turn, TASK, step)).draft
    last = rules.answered(draft)
    return await desks.go_on(turn, TASK, step, **({last: None} if last else {}))


async def _finish(turn: Turn, desk: Desk, draft: Draft) -> Desk | Done:
    night = await night_at(turn, draft)
    if night is None:
        new = await theme_nights.create(turn, rules.night_of(draft, turn.hub, turn.person.id, turn.now))
        await desks.clear(turn)
        return Done(new, new=True)
    if edits.clashes(draft, night, turn.hub):
        now_said = {name: edits.said(night, turn.hub, name) for name in draft["ask"]}
        answers = {name: draft[name] for name in draft["ask"]}
        return await desks.go_on(turn, TASK, desk.step, was=now_said, **answers)
    changes = edits.changes(draft, night, turn.hub, turn.now)
    if changes.get("after"):
        changes["opens"] = await _end_of(turn, night, changes["after"])
    changed, offered = await theme_nights.change(turn, night.id, night.revision, **changes)
    await desks.clear(turn)
    return Done(changed, offered)


async def _end_of(turn: Turn, night: ThemeNight, after: int) -> Any:
    found = {each.id: each for each in await theme_nights.before(turn, night)}
    if after not in found:
        raise Stale
    return found[after].ends


async def _settle(turn: Turn, desk: Desk, word: str) -> Desk | Done:
    """When somebody else has changed the same meanwhile: keep theirs, or let mine stand after all."""
    night = await night_at(turn, desk.draft)
    if night is None or word not in {MINE, THEIRS}:
        raise Stale
    if word == MINE:
        return await _finish(turn, desk, desk.draft)
    await desks.clear(turn)
    return Done(night, changed=False)
