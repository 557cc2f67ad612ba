"""What a change of the staff leaves without anybody, and slips that wait where nobody answers any more (F24)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.people import Person
from bot.domain.slips import sending
from bot.domain.slips.slips import Slip, State
from bot.domain.staff import coverage as rules
from bot.store import people
from bot.usecases.slips import slips, steps
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Gap:
    """A service that nobody would answer in these units any more, where so many slips wait for it now."""

    service: str
    units: tuple[str, ...]
    waiting: int


async def gaps(turn: Turn, before: Person, after: Person | None) -> tuple[Gap, ...]:
    """Return what a change of somebody's scope would leave without anybody, before anything happens."""
    found = rules.new_gaps(turn.hub, await people.everybody(turn.tx), before, after)
    waiting = [slip for slip in await slips.all_open(turn) if slip.state is State.WAITING] if found else []
    services = dict.fromkeys(service for service, _ in found)
    return tuple(_gap(service, [unit for each, unit in found if each == service], waiting) for service in services)


def _gap(service: str, units: list[str], waiting: Iterable[Slip]) -> Gap:
    left = [slip for slip in waiting if slip.service == service and slip.unit in units]
    return Gap(service, tuple(units), len(left))


async def hand_on(turn: Turn) -> list[Slip]:
    """Send the slips that wait where nobody answers to the social adviser; code, place in line and promise stay."""
    found = [slip for slip in await slips.all_open(turn) if _is_left(turn, slip)]
    return [
        await steps.bind(turn, await steps.keep(turn, slip, sending.hand_on(slip, turn.hub.triage))) for slip in found
    ]


def _is_left(turn: Turn, slip: Slip) -> bool:
    return slip.state is State.WAITING and not turn.hub.is_answered(slip.service, slip.unit)
