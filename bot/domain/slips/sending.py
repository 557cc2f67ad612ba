"""Where a slip goes: to a service, on to another one, and who must be there to answer it."""

from datetime import datetime

from bot.domain import calendar
from bot.domain.people import Inmate
from bot.domain.refusals import (
    MoveNotPossible,
    NobodyAnswers,
    ServiceNotBookable,
)
from bot.domain.services import Hub, Service
from bot.domain.slips.slips import Draft, Move, Side, Slip, State, moved

MOST_FORWARDS = 2


def send(code: str, draft: Draft, inmate: Inmate, hub: Hub, sent_at: datetime) -> Slip:
    """Make a slip of a draft, with the service's promise from when it was sent: on paper, that is the paper's time."""
    service = hub.services[draft.service]
    _may_go(hub, service, inmate.unit)
    return Slip(
        code=code,
        inmate=inmate.id,
        unit=inmate.unit,
        service=service.key,
        topic=draft.topic,
        wish=draft.wish,
        adviser=draft.adviser,
        state=State.WAITING,
        sent_at=sent_at,
        answer_by=calendar.answer_by(hub, sent_at, service.promise),
        half_at=calendar.half_of(hub, sent_at, service.promise),
    )


def _may_go(hub: Hub, service: Service, unit: str) -> None:
    if not hub.takes_slips(service):
        raise ServiceNotBookable
    if not hub.is_answered(service.key, unit):
        raise NobodyAnswers


def forward(slip: Slip, to: Service, hub: Hub) -> Slip:
    """Send the slip on with its code, place in line and promise; after two forwards it goes to the social adviser."""
    by_triage = slip.service == hub.triage
    if not by_triage and slip.forwards >= MOST_FORWARDS:
        to = hub.services[hub.triage]
    if to.key == slip.service:
        raise MoveNotPossible(slip.state, Move.FORWARD)
    _may_go(hub, to, slip.unit)
    forwards = slip.forwards + (not by_triage)
    return moved(slip, Move.FORWARD, service=to.key, adviser=None, forwards=forwards, sent_from=slip.service, news=True)


def hand_on(slip: Slip, to: str) -> Slip:
    """Send a slip that nobody can answer any more to the social adviser; it counts as nobody's forward."""
    return moved(slip, Move.FORWARD, Side.HUB, service=to, adviser=None, sent_from=slip.service, news=True)
