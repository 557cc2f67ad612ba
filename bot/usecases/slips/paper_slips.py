"""Paper slips, typed in one after the other with the paper's time (J12)."""

from datetime import date, datetime
from typing import Any

from bot.domain import calendar
from bot.domain.chat.flows import Draft
from bot.domain.people import BY_PHONE, Inmate
from bot.domain.refusals import OutsideScope, PaperTyped
from bot.domain.slips import paper_slips as rules
from bot.domain.slips.slips import Slip, Source
from bot.store import people
from bot.store import slips as store
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.slips import drafts
from bot.usecases.turn import Turn

TASK = "paper"


def asks_topic(turn: Turn) -> bool:
    """Say whether the acting person may know what a slip is about (F23)."""
    return not turn.person.role & BY_PHONE or turn.hub.coordinator_reads


async def typed_for(turn: Turn) -> list[Inmate]:
    """Return the inmates whose papers the acting member of staff may type in, by number."""
    return [each for each in await people.inmates(turn.tx) if rules.may_type(turn.person, each)]


async def _somebody(turn: Turn, number: str) -> Inmate:
    inmate = await people.inmate(turn.tx, number)
    if inmate is None or not rules.may_type(turn.person, inmate):
        raise OutsideScope
    return inmate


async def whose(turn: Turn, draft: Draft) -> Inmate:
    """Return whose paper it is."""
    return await _somebody(turn, draft["inmate"])


def number_typed(at: At, text: str) -> tuple[str | None, int]:
    """Read a paper's number as it is typed; it may name a prison of this hub."""
    return rules.number_of(text, {at.turn.hub.prefix, *at.turn.hub.prisons})


async def with_number(at: At, number: tuple[str | None, int]) -> dict[str, Any]:
    """Take the paper's number; without a prison, it is that of the inmate. A number that is known already is refused.

    Who works for one prison only need not name it. A count of 0 means that the paper has no number.
    """
    prisons = {at.turn.hub.prison_of(unit) for unit in at.turn.person.units}
    prison = number[0] or (prisons.pop() if len(prisons) == 1 else None)
    await _check_number(at.turn, rules.name_of(prison, number[1]) if prison and number[1] else None)
    return {"prison": prison, "count": number[1]}


def moments(at: At) -> dict[str, datetime]:
    """Return when most papers were written, as what was written last first."""
    now, zone, last = at.turn.now, at.turn.hub.zone, at.draft.get("written_last")
    usual = {"now": now, "today": rules.earlier_today(now, zone), "yesterday": rules.yesterday(now, zone)}
    return {"last": datetime.fromisoformat(last), **usual} if last else usual


def time_typed(at: At, text: str) -> datetime:
    """Read when a paper was written; a time alone is of the day of the paper before."""
    day = date.fromisoformat(at.draft["day"]) if at.draft.get("day") else None
    return rules.written_at(text, at.turn.now, at.turn.hub.zone, day)


def written(at: At, moment: datetime) -> dict[str, Any]:
    """Take when the paper was written; its day is offered for the next one."""
    rules.checked(moment, at.turn.now)
    return {"written": moment.isoformat(), "day": calendar.today(at.turn.hub, moment).isoformat()}


async def by_inmate(at: At, number: str) -> dict[str, Any]:
    """Take whose paper it is; with the inmate the number's prison is known too."""
    inmate = await _somebody(at.turn, number)
    await _check_number(at.turn, _paper(at, inmate))
    return {"inmate": inmate.id}


async def to_service(at: At, service: str) -> dict[str, Any]:
    """Take whom the paper is for."""
    await drafts.may_write(at.turn, at.draft["inmate"], service)
    return {"service": service}


async def send(at: At, topic: str | None) -> Slip:
    """Send the slip as of the paper's time, and begin with the next paper; the day is kept."""
    turn, draft = at.turn, at.draft
    inmate, moment = await _somebody(turn, draft["inmate"]), datetime.fromisoformat(draft["written"])
    rules.checked(moment, turn.now)
    paper = _paper(at, inmate)
    await _check_number(turn, paper)
    known_topic = topic if asks_topic(turn) else None
    how = {"source": Source.PAPER, "paper": paper}
    slip = await drafts.write_for(turn, inmate, draft["service"], known_topic, moment, **how)
    await desks.begin(turn, TASK, page=draft["page"], day=draft["day"], written_last=draft["written"], sent=slip.code)
    return slip


def _paper(at: At, inmate: Inmate) -> str | None:
    prison = at.draft.get("prison") or at.turn.hub.prison_of(inmate.unit)
    return rules.name_of(prison, at.draft["count"]) if at.draft.get("count") else None


async def _check_number(turn: Turn, paper: str | None) -> None:
    code = await store.of_paper(turn.tx, paper) if paper else None
    if code:
        raise PaperTyped(code)
