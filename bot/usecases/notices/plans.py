"""Putting a notice together, or correcting one, question by question at the coordinator's desk (F40)."""

from typing import Any

from bot.domain import calendar
from bot.domain.chat.flows import GIVEN, Draft, number_in
from bot.domain.notices import plans as rules
from bot.domain.notices.notices import Notice, is_over
from bot.domain.notices.plans import ALL, DONE, NOW
from bot.domain.refusals import NotAllowed, NoticeGone, NoticeTimesWrong, SessionPast, Stale
from bot.domain.theme_nights.refusals import NobodyInvited
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.notices import notices
from bot.usecases.turn import Turn

TASK = "notice"
OUTSIDE = "outside"


def new(turn: Turn) -> dict[str, Any]:
    """Begin a new notice; whoever serves one prison is not asked which."""
    prisons = turn.hub.prisons_of(turn.person.units)
    return {"prison": prisons[0], GIVEN: ["prison"]} if len(prisons) == 1 else {}


async def correction(turn: Turn, number: int) -> dict[str, Any]:
    """Begin to correct the texts of a notice that stands, or is to come."""
    notice = await notices.one(turn, number)
    if is_over(notice, turn.now):
        raise NoticeGone
    return rules.correcting(notice, turn.hub.languages)


async def corrected(turn: Turn, draft: Draft) -> Notice | None:
    """Return the notice that is being corrected, as it stands now."""
    return await notices.one(turn, draft["fixing"]) if draft.get("fixing") else None


def questions(at: At) -> list[str]:
    """Return what is asked, in its order."""
    return rules.questions(at.draft, at.turn.hub.languages)


def services(at: At) -> list[str]:
    """Return the services that a notice can be about."""
    return [key for key, each in at.turn.hub.services.items() if at.turn.hub.takes_slips(each)]


def audience(at: At) -> list[str]:
    """Return the units and groups that can be told, and the ways to take all, and to go on."""
    return [*at.turn.hub.units_of(at.draft["prison"]), *rules.groups(), ALL, DONE]


def of_style(at: At, word: str) -> dict[str, Any]:
    """Take what sort of notice it is, and for whom such a one is at first."""
    return {"style": word, **rules.audience(word, at.turn.hub, at.draft["prison"])}


def of_service(at: At, word: str) -> dict[str, Any]:
    """Take the service, and when somebody of it comes next."""
    found = rules.next_session(at.turn.hub, word, at.draft["prison"], at.turn.now)
    if found is None:
        return {"service": word, "day": None}
    opens, closes = found
    day = str(calendar.today(at.turn.hub, opens))
    return {"service": word, "day": day, "opens": opens.isoformat(), "closes": closes.isoformat()}


def for_whom(at: At, word: str) -> dict[str, Any]:
    """Switch a unit or a group on or off, or go on; a notice for nobody is refused."""
    if word == DONE and not at.draft["units"]:
        raise NobodyInvited
    if word == DONE:
        return {"audience": DONE}
    if word == ALL:
        return {"units": list(at.turn.hub.units_of(at.draft["prison"]))}
    return {**rules.toggled(at.draft, word)}


def from_day(at: At, word: str) -> dict[str, Any]:
    """Take from when it is shown: a day that the edge has read, or now."""
    today = str(calendar.today(at.turn.hub, at.turn.now))
    if word != NOW and word < today:
        raise SessionPast
    return {"starts": NOW if word == today else word}


def last_days(at: At) -> list[str]:
    """Return the days with which it can end by one press."""
    return rules.last_days(at.turn.hub, at.draft, at.turn.now)


def until_day(at: At, word: str) -> dict[str, Any]:
    """Take the day on which it ends, which has to be after its beginning."""
    hub, now = at.turn.hub, at.turn.now
    if rules.ends(hub, word) <= max(now, rules.starts(hub, at.draft, now)):
        raise NoticeTimesWrong
    return {"ends": word}


def leave(at: At, word: str) -> dict[str, Any]:
    """Let the words of a new notice leave the house, or not, as the summary says how many read them there."""
    if word != OUTSIDE or at.draft.get("fixing"):
        raise Stale
    return {OUTSIDE: not at.draft.get(OUTSIDE)}


def planned(turn: Turn, draft: Draft) -> Notice:
    """Return the notice that the summary shows."""
    return rules.notice_of(draft, turn.hub, turn.person.id, turn.now)


async def finish(at: At, revision: str) -> Notice:
    """Publish the notice, or correct the one of which the summary has shown this ``revision``."""
    turn, notice = at.turn, planned(at.turn, at.draft)
    await desks.clear(turn)
    if at.draft.get("fixing"):
        return await notices.correct(turn, notice.id, number_in(revision), notice.texts)
    if not set(notice.units) <= set(turn.hub.units_of(notice.prison)):
        raise NotAllowed
    return await notices.publish(turn, notice)
