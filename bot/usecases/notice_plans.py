"""Putting a notice together, or correcting one, question by question at the coordinator's desk (F40)."""

from collections.abc import Callable
from datetime import date

from bot.domain import calendar
from bot.domain import notice_plans as rules
from bot.domain.desks import Desk
from bot.domain.night_refusals import NobodyInvited
from bot.domain.notice_plans import ALL, DONE, NOW, TEXT, Draft, Style
from bot.domain.notices import Notice, is_over
from bot.domain.refusals import NotAllowed, NoticeGone, NoticeTimesWrong, SessionPast, Stale
from bot.usecases import desks, notices
from bot.usecases.turn import Turn

TASK = "notice"


async def begin(turn: Turn) -> Desk:
    """Begin a new notice; whoever serves one prison is not asked which."""
    prisons = turn.hub.prisons_of(turn.person.units)
    alone = {"prison": prisons[0], "kept": ["prison"]} if len(prisons) == 1 else {}
    return await desks.begin(turn, TASK, **alone)


async def begin_correction(turn: Turn, number: int) -> Desk:
    """Begin to correct the texts of a notice that stands, or is to come."""
    notice = await notices.one(turn, number)
    if is_over(notice, turn.now):
        raise NoticeGone
    return await desks.begin(turn, TASK, **rules.correcting(notice, turn.hub.languages))


async def present(turn: Turn) -> Desk | None:
    """Return the desk where a notice is being put together; none where it is not."""
    desk = await desks.mine(turn)
    return desk if desk.task == TASK else None


async def corrected(turn: Turn, draft: Draft) -> Notice | None:
    """Return the notice that is being corrected, as it stands now."""
    return await notices.one(turn, draft["fixing"]) if draft.get("fixing") else None


def question(turn: Turn, draft: Draft) -> str | None:
    """Return what is to be asked next; none where everything is said."""
    return rules.question(draft, turn.hub.languages)


def choices(turn: Turn, draft: Draft) -> list[str]:
    """Return what can be answered with a button to the question that is asked now; a text is none of them."""
    asked = question(turn, draft)
    return CHOICES[asked](turn, draft) if asked in CHOICES else []


def _services(turn: Turn, _draft: Draft) -> list[str]:
    return [key for key, each in turn.hub.services.items() if turn.hub.takes_slips(each)]


CHOICES: dict[str, Callable[[Turn, Draft], list[str]]] = {
    "prison": lambda turn, _draft: list(turn.hub.prisons_of(turn.person.units)),
    "style": lambda _turn, _draft: [str(each) for each in Style],
    "service": _services,
    "audience": lambda turn, draft: [*turn.hub.units_of(draft["prison"]), *rules.groups(), ALL, DONE],
    "starts": lambda _turn, _draft: [NOW],
    "ends": lambda turn, draft: rules.last_days(turn.hub, draft, turn.now),
}
"""What can be answered with a button to each question."""


async def at(turn: Turn, step: int) -> Draft:
    """Return what has been said so far, or refuse a button of an earlier page."""
    return (await desks.at(turn, TASK, step)).draft


async def choose(turn: Turn, step: int, word: str) -> Desk:
    """Answer the question of a page with one of its buttons."""
    draft = await at(turn, step)
    if word not in choices(turn, draft):
        raise Stale
    return await desks.go_on(turn, TASK, step, **_chosen(turn, draft, word))


def _chosen(turn: Turn, draft: Draft, word: str) -> dict[str, object]:
    asked = question(turn, draft)
    if asked == "style":
        return {"style": word, **rules.audience(word, turn.hub, draft["prison"])}
    if asked == "service":
        return {"service": word, **_session(turn, draft, word)}
    if asked == "audience":
        return _audience(turn, draft, word)
    return {str(asked): word}


def _session(turn: Turn, draft: Draft, service: str) -> dict[str, object]:
    found = rules.next_session(turn.hub, service, draft["prison"], turn.now)
    if found is None:
        return {"day": None}
    opens, closes = found
    return {"day": str(calendar.today(turn.hub, opens)), "opens": opens.isoformat(), "closes": closes.isoformat()}


def _audience(turn: Turn, draft: Draft, word: str) -> dict[str, object]:
    if word == DONE and not draft["units"]:
        raise NobodyInvited
    if word == DONE:
        return {"audience": DONE}
    if word == ALL:
        return {"units": list(turn.hub.units_of(draft["prison"]))}
    return {**rules.toggled(draft, word)}


async def leave(turn: Turn, step: int) -> Desk:
    """Let the words of a new notice leave the house, or not, as the summary says how many read them there."""
    draft = await at(turn, step)
    if question(turn, draft) or draft.get("fixing"):
        raise Stale
    return await desks.go_on(turn, TASK, step, outside=not draft.get("outside"))


async def accept(turn: Turn, step: int, text: str) -> Desk:
    """Take the text that a page suggests, in the language it asks for."""
    asked = question(turn, await at(turn, step))
    if asked is None or not asked.startswith(TEXT):
        raise Stale
    return await desks.go_on(turn, TASK, step, **{asked: text})


async def write(turn: Turn, asked: str, text: str) -> Desk:
    """Answer the present question with what was typed: a text, or a day that the edge has read."""
    desk = await desks.mine(turn)
    if desk.task != TASK or question(turn, desk.draft) != asked:
        raise Stale
    if asked in {"starts", "ends"}:
        text = _day(turn, desk.draft, asked, date.fromisoformat(text))
    return await desks.go_on(turn, TASK, desk.step, **{asked: text})


def _day(turn: Turn, draft: Draft, asked: str, day: date) -> str:
    today = calendar.today(turn.hub, turn.now)
    if asked == "starts" and day < today:
        raise SessionPast
    if asked == "starts":
        return NOW if day == today else str(day)
    if rules.ends(turn.hub, str(day)) <= max(turn.now, rules.starts(turn.hub, draft, turn.now)):
        raise NoticeTimesWrong
    return str(day)


async def back(turn: Turn, step: int) -> Desk:
    """Take the last answer back."""
    last = rules.answered(await at(turn, step), turn.hub.languages)
    return await desks.go_on(turn, TASK, step, **({last: None} if last else {}))


def planned(turn: Turn, draft: Draft) -> Notice:
    """Return the notice that the summary shows."""
    return rules.notice_of(draft, turn.hub, turn.person.id, turn.now)


async def finish(turn: Turn, step: int, revision: int) -> Notice:
    """Publish the notice, or correct the one of which the summary has shown this ``revision``."""
    draft = await at(turn, step)
    if question(turn, draft):
        raise Stale
    notice = planned(turn, draft)
    await desks.clear(turn)
    if draft.get("fixing"):
        return await notices.correct(turn, notice.id, revision, notice.texts)
    if not set(notice.units) <= set(turn.hub.units_of(notice.prison)):
        raise NotAllowed
    return await notices.publish(turn, notice)
