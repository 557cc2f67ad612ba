"""A rich afternoon at the demo prison: slips in every state, other people's desks, a browser at a kiosk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.domain.slips.slips import Reason, Slip
from bot.store import people
from bot.usecases.screen.kiosks import act_for
from bot.usecases.slips import offers, slips, talks
from bot.usecases.turn import Actor, Turn
from tests.hub.whole_hub import WholeHub

AFTERNOON = datetime.fromisoformat("2027-01-14T10:40+01:00")

STATES = {
    "FJ-101": "held",
    "FJ-102": "answered",
    "FJ-103": "booked",  # and the talk is over
    "FJ-105": "not_held",
    "FJ-106": "offered",  # by the inmate
    "FJ-107": "waiting",
    "FJ-108": "booked",  # in three weeks
    "FJ-110": "offered",  # by the adviser
    "FJ-111": "waiting",
    "FJ-115": "waiting",
}
"""What has become of the demo's slips by then."""


@asynccontextmanager
async def as_staff(hub: WholeHub, person: str) -> AsyncIterator[Turn]:
    """A turn of somebody who works at the hub."""
    async with hub.running.turns.begin() as turn:
        found = await people.person(turn.tx, person)
        assert found
        turn.actor = Actor(found.role, found.id, found.language, person=found)
        yield turn


@asynccontextmanager
async def as_inmate(hub: WholeHub, inmate: str, kiosk: str) -> AsyncIterator[Turn]:
    """A turn of somebody at a kiosk, which is left as it was."""
    async with hub.running.turns.begin() as turn:
        await act_for(turn, kiosk)
        turn.change_session(inmate=inmate)
        yield turn


async def _slip(turn: Turn, code: str) -> Slip:
    found = await slips.find(turn, code)
    assert found
    return found


async def make_afternoon(hub: WholeHub) -> None:
    """Let it be Thursday at 10.40, with the slips in the states above."""
    await hub.to(AFTERNOON)
    async with as_staff(hub, "N1") as turn:
        slip = await _slip(turn, "FJ-105")
        await talks.miss(turn, slip.code, slip.revision, Reason.ILL)
        for _ in ("a first time", "and another one"):
            slip = await _slip(turn, "FJ-110")
            await offers.give(turn, slip.code, (await offers.choices(turn, slip))[-1].id, slip.revision)
    async with as_staff(hub, "H1") as turn:
        slip = await _slip(turn, "FJ-102")
        await slips.answer(turn, slip.code, slip.revision, "letter")
    async with as_inmate(hub, "A06", "K-A") as turn:
        slip = await _slip(turn, "FJ-106")
        await offers.propose(turn, slip.code, (await offers.other_times(turn, slip))[-1].id, slip.revision)
    await hub.settled()
    states = {row["code"]: row["state"] for row in await hub.rows("SELECT code, state FROM slips")}
    assert states == STATES, states
