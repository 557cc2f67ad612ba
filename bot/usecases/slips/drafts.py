"""Making a slip: it grows screen by screen, and a button of an earlier screen changes nothing."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import reminders as due
from bot.domain import subjects
from bot.domain.people import Inmate
from bot.domain.refusals import NobodyAnswers, NotYours, SignedOut, SlipThereAlready, Stale
from bot.domain.screen.kiosks import OF_A_DRAFT
from bot.domain.services import Service
from bot.domain.slips import drafts as rules
from bot.domain.slips import sending
from bot.domain.slips.slips import OPEN, Draft, Slip, Source, Stage
from bot.domain.timetable import timetable
from bot.store import kiosks, people, reminders
from bot.store import slips as store
from bot.usecases.screen import trails
from bot.usecases.slips import steps
from bot.usecases.staff import advisers
from bot.usecases.turn import Turn


def change(turn: Turn, draft: Draft | None) -> None:
    """Go on with the slip that is being made; buttons of the screens before become stale."""
    if turn.session.inmate is None:
        raise SignedOut
    turn.change_session(draft=draft, step=turn.session.step + 1)


def at(turn: Turn, step: int) -> Draft:
    """Return the slip that is being made, or refuse a button of an earlier screen."""
    session = turn.session
    if session.inmate is None:
        raise SignedOut
    if session.draft is None or session.step != step:
        raise Stale
    return session.draft


def drop(turn: Turn) -> None:
    """Be done with what was begun, and let no step lead back to it."""
    change(turn, None)
    trails.forget(turn, OF_A_DRAFT)


async def begin(turn: Turn, service: str) -> None:
    """Begin a slip to a service, or go on with the one to it that is there, with what was chosen.

    The adviser of the last talk is the default (F122), where something reaches them.
    """
    inmate = await people.inmate(turn.tx, turn.inmate)
    if inmate is None:
        raise NotYours
    new = replace(await _begun(turn, inmate, service), stage=Stage.TOPICS)
    change(turn, rules.begun(turn.session.draft, new))


async def come_back(turn: Turn, inmate: Inmate) -> Draft | None:
    """Return what an inmate had begun and not sent, and that can be sent still; it is kept no more beside this."""
    draft = await kiosks.take_draft(turn.tx, turn.keys, inmate.id)
    service = turn.hub.services.get(draft.service) if draft else None
    if not (draft and service and turn.hub.is_answered(service.key, inmate.unit)):
        return None
    adviser = await advisers.still_there(turn, draft.adviser, service.key, inmate.unit)
    return rules.come_back(replace(draft, adviser=adviser), service, turn.now)


def pages(turn: Turn, stage: Stage | None = None) -> list[str]:
    """Return the pages of the slip that is being made up to a stage, or to where it was left, each as it is opened."""
    draft = at(turn, turn.session.step)
    draft = replace(draft, stage=stage or draft.stage)
    stages = rules.stages_to(draft, turn.hub.services[draft.service])
    return [f"{each}:{draft.service}" if each is Stage.TOPICS else str(each) for each in stages]


async def _begun(turn: Turn, inmate: Inmate, service: str) -> Draft:
    adviser = await store.last_adviser(turn.tx, inmate.id, service)
    return Draft(service, adviser=await advisers.still_there(turn, adviser, service, inmate.unit))


async def unit(turn: Turn) -> str:
    """Return the unit whose slips are asked for here: that of who is signed in, or the screen's."""
    inmate = await people.inmate(turn.tx, turn.session.inmate) if turn.session.inmate else None
    return inmate.unit if inmate else turn.session.unit


async def choose_topic(turn: Turn, service: str, topic: str) -> None:
    """Say what it is about; a topic that the service does not have is none."""
    draft = turn.session.draft
    if draft is None or draft.service != service:
        raise Stale
    known = turn.hub.services[service].topic(topic)
    change(turn, replace(draft, topic=known.key if known else None, stage=Stage.REVIEW))


def wish(turn: Turn, step: int, slot: str | None) -> None:
    """Wish for a time of the timetable, or the first free one."""
    if slot is not None:
        timetable.slot_with(turn.hub, slot)
    change(turn, replace(at(turn, step), wish=slot, stage=Stage.REVIEW))


def anyone(turn: Turn, step: int) -> None:
    """Let any adviser of the service answer."""
    change(turn, replace(at(turn, step), adviser=None))


async def already(turn: Turn, service: str) -> Slip | None:
    """Return an open slip of the same person to the same service (F108)."""
    return await store.open_with(turn.tx, turn.inmate, service)


async def send(turn: Turn, step: int) -> Slip:
    """Send the slip that stands on the screen; pressed twice, it is sent once."""
    draft = at(turn, step)
    inmate = await people.inmate(turn.tx, turn.inmate)
    if inmate is None:
        raise NotYours
    slip = await add(turn, inmate, draft, turn.now)
    drop(turn)
    return slip


async def at_once(turn: Turn, service: str) -> Slip:
    """Send a slip for who is signed in, in one tap: without a topic, for the first free time (F40, F37)."""
    inmate = await people.inmate(turn.tx, turn.inmate)
    if inmate is None:
        raise NotYours
    await may_write(turn, inmate.id, service)
    return await add(turn, inmate, await _begun(turn, inmate, service), turn.now)


async def may_write(turn: Turn, inmate: str, service: str) -> Service:
    """Return the service to which a slip may be written for somebody: where one is open already, that is enough."""
    known = turn.hub.services.get(service)
    if known is None or not turn.hub.takes_slips(known):
        raise Stale
    person = await people.inmate(turn.tx, inmate)
    if person and not turn.hub.is_answered(service, person.unit):
        raise NobodyAnswers
    present = await store.open_with(turn.tx, inmate, service)
    if present:
        raise _there_already(turn, known, present)
    return known


def _there_already(turn: Turn, service: Service, present: Slip) -> SlipThereAlready:
    # By its code others would know from then on what each news of that slip is about (F10).
    return SlipThereAlready() if service.silent and not turn.actor.session else SlipThereAlready(present.code)


async def written_to(turn: Turn, inmate: str) -> frozenset[str]:
    """Return the services with an open slip of somebody: a second one would be refused there.

    Silent services are not among them: a page that lacks one would tell whose slip is there (F10).
    """
    found = await store.of_inmate(turn.tx, inmate)
    open_at = {slip.service for slip in found if slip.state in OPEN}
    return frozenset(each for each in open_at if not turn.hub.services[each].silent)


async def write_for(turn: Turn, inmate: Inmate, service: str, topic: str | None, sent_at: datetime, **how: Any) -> Slip:
    """Write a slip for somebody who does not write it at a screen."""
    known = await may_write(turn, inmate.id, service)
    about = known.topic(topic) if topic else None
    draft = replace(await _begun(turn, inmate, service), topic=about.key if about else None)
    return await add(turn, inmate, draft, sent_at, written_by=turn.person.id, **how)


async def add(turn: Turn, inmate: Inmate, draft: Draft, sent_at: datetime, **how: Any) -> Slip:
    """Write a new slip with its promise; ``how`` says who wrote it for the inmate, and from what paper."""
    draft = replace(draft, adviser=await advisers.still_there(turn, draft.adviser, draft.service, inmate.unit))
    code = await store.next_code(turn.tx, turn.hub.prison_of(inmate.unit))
    slip = replace(sending.send(code, draft, inmate, turn.hub, sent_at), last_at=turn.now, **how)
    await store.add(turn.tx, slip)
    steps.touch(turn, slip)
    turn.news.add(subjects.slip(slip.code))
    await reminders.put(turn.tx, due.watch(slip, turn.now))
    await turn.note("send", slip.code, "done" if slip.source is Source.SCREEN else str(slip.source))
    return slip
