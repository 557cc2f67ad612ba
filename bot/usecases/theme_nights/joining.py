"""Signing others up for a theme night: with their consent, or from a paper list typed in (F34, J14)."""

import re
from dataclasses import dataclass

from bot.domain.chat.desks import Desk
from bot.domain.people import Inmate
from bot.domain.refusals import OutsideScope, Refusal, Stale
from bot.domain.slips.paper_slips import may_type
from bot.domain.theme_nights.refusals import SignedUpAlready
from bot.domain.theme_nights.sign_ups import OPEN, of
from bot.domain.theme_nights.theme_nights import ThemeNight, invites
from bot.usecases.chat import desks
from bot.usecases.theme_nights import sign_ups
from bot.usecases.theme_nights.sign_ups import Step, ThemeNightList
from bot.usecases.turn import Turn

TASK = "join"
PAPER = "join_paper"
CONSENT = "oral"
AT_ONCE = 60
"""So many numbers are read of one line; what became of each has to fit into one message."""
NUMBER = re.compile(r"([A-Z]{1,2})[-.]?([0-9]{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of a typed line: of each number, how many words were no number, and how many were left out."""

    found: ThemeNightList
    done: tuple[tuple[str, Step | Refusal], ...]
    unread: int = 0
    left_out: int = 0


async def not_yet(turn: Turn, number: int) -> tuple[ThemeNight, list[Inmate]]:
    """Return whom the acting member of staff may sign up for a night: those invited who are not on its list."""
    found = await sign_ups.the_list(turn, number)
    return found.night, [each for each in found.inmates.values() if _can_be_asked(turn, found, each)]


def _can_be_asked(turn: Turn, found: ThemeNightList, inmate: Inmate) -> bool:
    mine = of(found.line, inmate.id)
    free = inmate.id not in found.busy and (mine is None or mine.state not in OPEN)
    return free and may_type(turn.person, inmate) and invites(found.night, turn.hub, inmate)


async def begin(turn: Turn, number: int, inmate: str) -> Desk:
    """Begin to sign somebody up; the first thing is to ask them."""
    found = await sign_ups.the_list(turn, number)
    known = found.inmates.get(inmate)
    if known is None or not may_type(turn.person, known):
        raise OutsideScope
    mine = of(found.line, inmate)
    if mine and mine.state in OPEN:
        raise SignedUpAlready
    return await desks.begin(turn, TASK, night=number, inmate=inmate)


async def asked(turn: Turn, desk: Desk) -> tuple[ThemeNight, Inmate]:
    """Return whom one is about to sign up, and for what; who has got another officer meanwhile is out of reach."""
    found = await sign_ups.the_list(turn, desk.draft["night"])
    if desk.draft["inmate"] not in found.inmates:
        raise OutsideScope
    return found.night, found.inmates[desk.draft["inmate"]]


async def consented(turn: Turn, step: int) -> Step:
    """Sign somebody up who has said yes; the log says that they consented, and how."""
    draft = (await desks.at(turn, TASK, step)).draft
    done = await sign_ups.join_for(turn, draft["night"], draft["inmate"])
    await turn.note("consent", done.mine.holder, CONSENT)
    await desks.clear(turn)
    return done


async def declined(turn: Turn, step: int) -> int:
    """Note nothing at all: the inmate has said no. Return the night's number."""
    return (await left(turn, step))[0]


async def left(turn: Turn, step: int) -> tuple[int, str]:
    """Sign nobody up; return the night's number, and who would have been asked."""
    draft = (await desks.at(turn, TASK, step)).draft
    await desks.clear(turn)
    return int(draft["night"]), str(draft["inmate"])


async def begin_paper(turn: Turn, number: int) -> ThemeNight:
    """Begin to type a paper list in: the next lines that are typed are its numbers."""
    night = (await sign_ups.the_list(turn, number)).night
    await desks.begin(turn, PAPER, night=number)
    return night


async def take_typed(turn: Turn, text: str) -> Typed:
    """Sign up everybody whose number stands in a typed line, in its order; typed twice, it is done once."""
    desk = await desks.mine(turn)
    if desk.task != PAPER:
        raise Stale
    words = [word for word in re.split(r"[\s,;/]+", text.upper()) if word]
    read = [f"{each[1]}{each[2]:>02}" for word in words if (each := NUMBER.fullmatch(word))]
    numbers = list(dict.fromkeys(read))
    done = await sign_ups.join_all(turn, desk.draft["night"], numbers[:AT_ONCE])
    found = await sign_ups.the_list(turn, desk.draft["night"])
    return Typed(found, tuple(done), len(words) - len(read), len(numbers[AT_ONCE:]))
