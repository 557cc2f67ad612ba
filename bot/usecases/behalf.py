"""A slip on behalf of somebody who does not come to a screen, with their consent (J14)."""

from bot.domain.desks import Desk
from bot.domain.refusals import Stale
from bot.domain.slips import Slip, Source
from bot.usecases import desks, drafts
from bot.usecases.carers import somebody
from bot.usecases.turn import Turn

TASK = "behalf"
CONSENT = "oral"


async def begin(turn: Turn, number: str) -> Desk:
    """Begin a slip for somebody; the first thing is to ask them."""
    return await desks.begin(turn, TASK, inmate=(await somebody(turn, number)).id)


async def consented(turn: Turn, step: int) -> Desk:
    """Note that the inmate has said yes."""
    return await desks.go_on(turn, TASK, step, consent=CONSENT)


async def declined(turn: Turn, step: int) -> None:
    """Note nothing at all: the inmate has said no."""
    await desks.at(turn, TASK, step)
    await desks.clear(turn)


async def choose_service(turn: Turn, step: int, service: str) -> Desk:
    """Choose the service; where the inmate has an open slip there already, another."""
    draft = (await desks.at(turn, TASK, step)).draft
    if "consent" not in draft or "code" in draft:
        raise Stale
    await drafts.may_write(turn, draft["inmate"], service)
    return await desks.go_on(turn, TASK, step, service=service)


async def go_back(turn: Turn, step: int) -> Desk:
    """Choose the service again."""
    draft = (await desks.at(turn, TASK, step)).draft
    if "code" in draft:
        raise Stale
    return await desks.go_on(turn, TASK, step, service=None)


async def send(turn: Turn, step: int, topic: str | None) -> Slip:
    """Send it, once; the log says that the inmate consented, and how."""
    draft = (await desks.at(turn, TASK, step)).draft
    if not draft.get("service") or "code" in draft:
        raise Stale
    inmate = await somebody(turn, draft["inmate"])
    slip = await drafts.write_for(turn, inmate, draft["service"], topic, turn.now, source=Source.OFFICER)
    await turn.note("consent", slip.code, draft["consent"])
    await desks.go_on(turn, TASK, step, code=slip.code)
    return slip
