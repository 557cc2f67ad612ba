"""Putting a theme night together, or changing one, question by question at the desk of a coordinator or a provider."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.chat.flows import Draft
from bot.domain.people import PROPOSERS
from bot.domain.refusals import Stale
from bot.domain.theme_nights import edits
from bot.domain.theme_nights import plans as rules
from bot.domain.theme_nights.plans import ALL, DONE, MINE, NONE, THEIRS, WOMEN
from bot.domain.theme_nights.refusals import NightGone
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.store import people
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.theme_nights import theme_nights
from bot.usecases.turn import Turn

TASK = "theme_night"


@dataclass(frozen=True, slots=True)
class Done:
    """A night that was put together, or changed, and who has the offer of a seat because of it."""

    night: ThemeNight
    offered: tuple[SignUp, ...] = ()
    new: bool = False
    changed: bool = True


def new(turn: Turn) -> dict[str, Any]:
    """Begin a new night in the acting person's prison; where there are several, that is the first question."""
    prisons = turn.hub.prisons_of(turn.person.units)
    known = {"prison": prisons[0]} if len(prisons) == 1 else {}
    return {"ask": rules.to_ask(turn.hub, prisons), "marked": [], **known}


async def change(turn: Turn, number: int, word: str) -> dict[str, Any]:
    """Begin to change something about a night."""
    night = await theme_nights.one(turn, number)
    if not edits.can_change(night, word):
        raise Stale
    return edits.changing(night, turn.hub, word)


async def flip(turn: Turn, number: int, revision: int, word: str) -> Done:
    """Switch on or off that a night is for women, or that its seats are drawn."""
    night = await theme_nights.one(turn, number)
    if word not in rules.FLIPS:
        raise Stale
    changed, offered = await theme_nights.change(turn, number, revision, **{word: not getattr(night, word)})
    return Done(changed, offered)


async def theme_night_at(turn: Turn, draft: Draft) -> ThemeNight | None:
    """Return the night that is being changed, as it is now; none where it is a new one."""
    return await theme_nights.one(turn, draft["night"]) if "night" in draft else None


async def is_there(at: At) -> bool:
    """Say whether the night that is being changed has not gone meanwhile."""
    try:
        await theme_night_at(at.turn, at.draft)
    except NightGone:
        return False
    return True


def topics(at: At) -> dict[str, str]:
    """Let a text be written later; the first language's stands in for the others."""
    return {} if at.of == rules.FIRST else {NONE: ""}


def services(at: At) -> list[str]:
    """Return the services that a night can belong to."""
    person = at.turn.person
    own = person.services if person.role & PROPOSERS else at.turn.hub.services.keys()
    return [key for key in at.turn.hub.services if key in own]


def units(at: At) -> list[str]:
    """Return the units that can be invited: those of the prison that are within the acting person's scope."""
    return [each for each in at.turn.hub.units_of(rules.known(at.draft, "prison")) if each in at.turn.person.units]


def seats(at: At) -> dict[str, int]:
    """Return how many seats there could be."""
    return {each: int(each) for each in rules.seats(at.turn.hub, rules.known(at.draft, "room"))}


async def languages_there(at: At) -> list[str]:
    """Return the languages that could be spoken at a night."""
    return await languages(at.turn, rules.known(at.draft, "prison"))


async def languages(turn: Turn, prison: str) -> list[str]:
    """Return the languages of the hub, and those that somebody in a prison speaks."""
    there = turn.hub.units_of(prison)
    spoken = {each.language for each in await people.inmates(turn.tx) if each.unit in there}
    return [*turn.hub.languages, *sorted(spoken.difference(turn.hub.languages))]


async def interpreted(at: At) -> list[str]:
    """Return the languages into which a night could be interpreted."""
    return [NONE, *await languages_there(at)]


async def openings(at: At) -> list[str]:
    """Return when the list could open."""
    return [NONE, *rules.openings(await _changed(at), at.turn.hub, at.turn.now)]


async def closings(at: At) -> list[str]:
    """Return when the list usually closes."""
    return rules.closings(await _changed(at), at.turn.hub, at.turn.now)


async def earlier(at: At) -> dict[str, ThemeNight | str]:
    """Return the nights at whose end the list could open."""
    before = await theme_nights.before(at.turn, await _changed(at))
    return {NONE: NONE, **{str(each.id): each for each in before}}


async def _changed(at: At) -> ThemeNight:
    return await theme_nights.one(at.turn, at.draft["night"])


def answer(at: At, value: Any) -> dict[str, Any]:
    """Take an answer that can be, before the next question."""
    rules.check(at.draft, at.name, value, at.turn.hub, at.turn.now)
    return {at.name: value}


async def in_room(at: At, room: str) -> dict[str, Any]:
    """Take a room that is free then."""
    starts, ends = rules.span(at.turn.hub, rules.known(at.draft, "day"), rules.known(at.draft, "hours"))
    night = await theme_night_at(at.turn, at.draft)
    if night is None or room != night.room:
        await theme_nights.room_is_free(at.turn, room, starts, ends)
    return {"room": room}


def after(_at: At, earlier: ThemeNight | str) -> dict[str, Any]:
    """Take the theme night at whose end the list opens."""
    return {"after": earlier.id if isinstance(earlier, ThemeNight) else earlier}


async def mark(at: At, word: str) -> dict[str, Any]:
    """Switch one of several on or off, or all of them; or go on with those that are marked."""
    offered, marked = [*await at.flow.questions[at.kind].offered(at)], at.draft["marked"]
    if word == DONE:
        return answer(at, _in_order(marked, offered))
    if word == WOMEN:
        return {"marked": rules.women_of(at.turn.hub, offered), "women": True}
    every = [] if set(marked) == set(offered) else offered
    return {"marked": every if word == ALL else _in_order({*marked} ^ {word}, offered), "women": False}


def _in_order(marked: Iterable[str], offered: list[str]) -> list[str]:
    chosen = set(marked)
    return [each for each in offered if each in chosen]


async def finish(at: At, word: str) -> Done | None:
    """Keep the new night, or what was changed of one.

    When somebody else has changed the same meanwhile, nothing is done before it is said whose shall stand.
    """
    if word not in {"", MINE, THEIRS}:
        raise Stale
    turn, draft, night = at.turn, at.draft, await theme_night_at(at.turn, at.draft)
    if night is None:
        kept = await theme_nights.create(turn, rules.theme_night_of(draft, turn.hub, turn.person.id, turn.now))
        done = Done(kept, new=True)
    elif word == THEIRS:
        done = Done(night, changed=False)
    elif edits.clashes(draft, night, turn.hub):
        now_said = {name: edits.said(night, turn.hub, name) for name in draft["ask"]}
        await desks.go_on(turn, TASK, at.desk.step, was=now_said)
        return None
    else:
        done = await _change(at, night)
    await desks.clear(turn)
    return done


async def _change(at: At, night: ThemeNight) -> Done:
    changes = edits.changes(at.draft, night, at.turn.hub, at.turn.now)
    if changes.get("after"):
        changes["opens"] = await _end_of(at, night, changes["after"])
    changed, offered = await theme_nights.change(at.turn, night.id, night.revision, **changes)
    return Done(changed, offered)


async def _end_of(at: At, night: ThemeNight, earlier: int) -> datetime:
    found = {each.id: each for each in await theme_nights.before(at.turn, night)}
    if earlier not in found:
        raise Stale
    return found[earlier].ends
