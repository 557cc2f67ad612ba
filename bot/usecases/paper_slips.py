"""Paper slips, typed in one after the other with the paper's time (J12)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain import calendar
from bot.domain import paper_slips as rules
from bot.domain.desks import Desk
from bot.domain.people import Inmate, Role
from bot.domain.refusals import OutsideScope, PaperTyped, Stale
from bot.domain.slips import Slip, Source
from bot.store import people
from bot.store import slips as store
from bot.usecases import desks, drafts
from bot.usecases.turn import Turn

TASK = "paper"
CHOICES = ("count", "written", "inmate", "service")
"""What is asked, in this order; a count of 0 means that the paper has no number."""


def asked(draft: Mapping[str, Any]) -> str | None:
    """Return what is to be asked next, or none when only sending is left."""
    return next((each for each in CHOICES if draft.get(each) is None), None)


def asks_topic(turn: Turn) -> bool:
    """Say whether the acting person may know what a slip is about (F23)."""
    return turn.person.role is not Role.COORDINATOR or turn.hub.coordinator_reads


async def typed_for(turn: Turn) -> list[Inmate]:
    """Return the inmates whose papers the acting member of staff may type in, by number."""
    return [each for each in await people.inmates(turn.tx) if rules.may_type(turn.person, each)]


async def _somebody(turn: Turn, number: str) -> Inmate:
    inmate = await people.inmate(turn.tx, number)
    if inmate is None or not rules.may_type(turn.person, inmate):
        raise OutsideScope
    return inmate


async def whose(turn: Turn, draft: Mapping[str, Any]) -> Inmate:
    """Return whose paper it is."""
    return await _somebody(turn, draft["inmate"])


async def begin(turn: Turn, page: str) -> Desk:
    """Begin with the first paper; ``page`` is the message in which the questions stand."""
    return await desks.begin(turn, TASK, page=page)


async def take_typed(turn: Turn, text: str) -> Desk:
    """Take a typed line as the answer to what is asked: the paper's number, or when it was written."""
    desk = await desks.mine(turn)
    question = asked(desk.draft)
    if question == "count":
        prison, count = rules.number_of(text, {turn.hub.prefix, *turn.hub.prisons})
        return await choose_number(turn, desk.step, prison, count)
    if question == "written":
        day = date.fromisoformat(desk.draft["day"]) if desk.draft.get("day") else None
        return await choose_time(turn, desk.step, rules.written_at(text, turn.now, turn.hub.zone, day))
    raise Stale


async def choose_number(turn: Turn, step: int, prison: str | None, count: int) -> Desk:
    """Take the paper's number; without a prison, it is that of the inmate. A number that is known already is refused.

    Who works for one prison only need not name it.
    """
    prisons = {turn.hub.prison_of(unit) for unit in turn.person.units}
    prison = prison or (prisons.pop() if len(prisons) == 1 else None)
    await _check_number(turn, rules.name_of(prison, count) if prison and count else None)
    return await desks.go_on(turn, TASK, step, prison=prison, count=count)


async def choose_time(turn: Turn, step: int, moment: datetime) -> Desk:
    """Take when the paper was written; its day is offered for the next one."""
    rules.checked(moment, turn.now)
    day = calendar.today(turn.hub, moment)
    return await desks.go_on(turn, TASK, step, written=moment.isoformat(), day=day.isoformat())


async def choose_inmate(turn: Turn, step: int, number: str) -> Desk:
    """Take whose paper it is; with the inmate the number's prison is known too."""
    inmate, desk = await _somebody(turn, number), await desks.at(turn, TASK, step)
    await _check_number(turn, _paper(turn, desk.draft, inmate))
    return await desks.go_on(turn, TASK, step, inmate=inmate.id)


async def choose_service(turn: Turn, step: int, service: str) -> Desk:
    """Take whom the paper is for."""
    desk = await desks.at(turn, TASK, step)
    if asked(desk.draft) != "service":
        raise Stale
    await drafts.may_write(turn, desk.draft["inmate"], service)
    return await desks.go_on(turn, TASK, step, service=service)


async def go_back(turn: Turn, step: int) -> Desk:
    """Ask the last question again."""
    draft = (await desks.at(turn, TASK, step)).draft
    answered = [each for each in CHOICES if draft.get(each) is not None]
    return await desks.go_on(turn, TASK, step, **({answered[-1]: None} if answered else {}))


async def send(turn: Turn, step: int, topic: str | None) -> Slip:
    """Send the slip as of the paper's time, and begin with the next paper; the day is kept."""
    draft = (await desks.at(turn, TASK, step)).draft
    if asked(draft) is not None:
        raise Stale
    inmate, written = await _somebody(turn, draft["inmate"]), datetime.fromisoformat(draft["written"])
    rules.checked(written, turn.now)
    paper = _paper(turn, draft, inmate)
    await _check_number(turn, paper)
    known_topic = topic if asks_topic(turn) else None
    how = {"source": Source.PAPER, "paper": paper}
    slip = await drafts.write_for(turn, inmate, draft["service"], known_topic, written, **how)
    await desks.begin(turn, TASK, page=draft["page"], day=draft["day"], written_last=draft["written"], sent=slip.code)
    return slip


def _paper(turn: Turn, draft: Mapping[str, Any], inmate: Inmate) -> str | None:
    prison = draft.get("prison") or turn.hub.prison_of(inmate.unit)
    return rules.name_of(prison, draft["count"]) if draft.get("count") else None


async def _check_number(turn: Turn, paper: str | None) -> None:
    code = await store.of_paper(turn.tx, paper) if paper else None
    if code:
        raise PaperTyped(code)
