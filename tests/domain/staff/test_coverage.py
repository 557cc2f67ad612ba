"""Nothing is promised that nobody keeps: which services are answered where, by the file and in the chat alike."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import NobodyAnswers
from bot.domain.services import Hub
from bot.domain.slips import sending
from bot.domain.slips.slips import Draft, Move, Side, State
from bot.domain.staff import coverage
from tests.hub.real_turns import demo_hub, described

HUB = demo_hub()
STAFF = described().staff
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
A01 = Inmate("A01", "A", "Furu", "nb")
H1 = next(each for each in STAFF if each.id == "H1")


def without_housing_in(*units: str) -> Hub:
    services = dict(HUB.services)
    services["bolig"] = replace(services["bolig"], units=services["bolig"].units - set(units))
    return replace(HUB, services=services)


def test_the_demos_staff_answers_every_service_in_every_unit() -> None:
    taking = [key for key, each in HUB.services.items() if HUB.takes_slips(each)]
    assert coverage.gaps(taking, HUB.units, STAFF) == []
    assert all(HUB.is_answered(key, unit) for key in taking for unit in HUB.units)


@pytest.mark.parametrize(
    ("after", "gaps"),
    [
        (None, [("bolig", unit) for unit in HUB.units]),
        (replace(H1, services=frozenset({"nav"})), [("bolig", unit) for unit in HUB.units]),
        (replace(H1, units=H1.units - {"B"}), [("bolig", "B")]),
        (replace(H1, role=Role.OFFICER), [("bolig", unit) for unit in HUB.units]),
        (replace(H1, services=H1.services | {"nav"}), []),
    ],
)
def test_a_change_of_the_only_one_who_answers_leaves_gaps(after: Person | None, gaps: list[coverage.Gap]) -> None:
    assert coverage.new_gaps(HUB, STAFF, H1, after) == gaps


def test_an_officer_answers_nothing_whatever_services_stand_beside_the_name() -> None:
    assert coverage.units_of("bolig", [replace(H1, role=Role.OFFICER)]) == frozenset()


def test_no_slip_is_sent_or_forwarded_to_where_nobody_answers() -> None:
    hub = without_housing_in("A")
    with pytest.raises(NobodyAnswers):
        sending.send("FJ-1", Draft("bolig"), A01, hub, NOW)
    waiting = sending.send("FJ-1", Draft("nav"), A01, hub, NOW)
    with pytest.raises(NobodyAnswers):
        sending.forward(waiting, hub.services["bolig"], hub)
    elsewhere = sending.send("FJ-1", Draft("bolig"), replace(A01, id="B01", unit="B"), hub, NOW)
    assert elsewhere.state is State.WAITING


def test_a_slip_that_would_wait_with_nobody_waits_with_the_social_adviser_and_keeps_its_promise() -> None:
    slip = replace(sending.send("FJ-1", Draft("bolig"), A01, HUB, NOW), adviser="H1")
    assert coverage.with_somebody(slip, HUB) == slip
    assert coverage.with_somebody(slip, without_housing_in("A")) == replace(
        slip, service="sos", adviser=None, sent_from="bolig"
    )
    ended = replace(slip, state=State.HELD)
    assert coverage.with_somebody(ended, without_housing_in("A")) == ended


def test_a_slip_that_the_hub_hands_on_keeps_promise_and_forwards_and_is_news() -> None:
    slip = replace(sending.send("FJ-1", Draft("bolig"), A01, HUB, NOW), adviser="H1", forwards=2)
    assert sending.hand_on(slip, "sos") == replace(
        slip,
        service="sos",
        adviser=None,
        sent_from="bolig",
        news=True,
        revision=2,
        last=Move.FORWARD,
        last_side=Side.HUB,
    )
