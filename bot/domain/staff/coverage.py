"""Which services are answered where: nothing is promised that nobody keeps (F18, F24)."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.people import ADVISERS, Person
from bot.domain.services import Hub
from bot.domain.slips.slips import Slip, State
from bot.domain.staff.staff import unanswered

Gap = tuple[str, str]
"""A service and a unit whose slips nobody answers there."""


def units_of(service: str, staff: Iterable[Person]) -> frozenset[str]:
    """Return the units in which somebody answers the slips of a service."""
    return frozenset(
        unit for each in staff if each.role in ADVISERS and service in each.services for unit in each.units
    )


def gaps(services: Iterable[str], units: Iterable[str], staff: Iterable[Person]) -> list[Gap]:
    """Return every gap in what a staff answers, of services that take slips; hub.yaml may have none."""
    staff, units = list(staff), list(units)
    return [(service, unit) for service in services for unit in unanswered(service, units, staff)]


def new_gaps(hub: Hub, staff: Iterable[Person], before: Person, after: Person | None) -> list[Gap]:
    """Return the gaps that a change of one of the staff would make; without ``after`` they leave.

    Where slips end that have no better place is none of them: that change is refused.
    """
    others = [each for each in staff if each.id != before.id]
    services = [key for key, each in hub.services.items() if hub.takes_slips(each) and key != hub.triage]
    had = gaps(services, hub.units, [*others, before])
    return [each for each in gaps(services, hub.units, [*others, after] if after else others) if each not in had]


def with_somebody(slip: Slip, hub: Hub) -> Slip:
    """Let a slip that would wait where nobody answers wait with the social adviser, with all it has been promised."""
    if slip.state is not State.WAITING or slip.service == hub.triage or hub.is_answered(slip.service, slip.unit):
        return slip
    return replace(slip, service=hub.triage, adviser=None, sent_from=slip.service)
