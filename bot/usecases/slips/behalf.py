"""A slip on behalf of somebody who does not come to a screen, with their consent (J14)."""

from typing import Any

from bot.domain.chat.flows import GIVEN
from bot.domain.refusals import Stale
from bot.domain.slips.slips import Slip, Source
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.inmates.carers import somebody
from bot.usecases.slips import drafts

TASK = "behalf"
CONSENT = "oral"


async def to_service(at: At, service: str) -> dict[str, Any]:
    """Choose the service; where the inmate has an open slip there already, another."""
    await drafts.may_write(at.turn, at.draft["inmate"], service)
    return {"service": service}


async def declined(at: At) -> None:
    """Note nothing at all: the inmate has said no."""
    await desks.clear(at.turn)


async def send(at: At, topic: str | None) -> Slip:
    """Send it, once; the log says that the inmate consented, and how."""
    turn, draft = at.turn, at.draft
    if "code" in draft:
        raise Stale
    inmate = await somebody(turn, draft["inmate"])
    slip = await drafts.write_for(turn, inmate, draft["service"], topic, turn.now, source=Source.OFFICER)
    await turn.note("consent", slip.code, draft["consent"])
    await desks.go_on(turn, TASK, at.desk.step, code=slip.code, **{GIVEN: ["consent", "service"]})
    return slip
