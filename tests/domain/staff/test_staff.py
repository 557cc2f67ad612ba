"""Who may be added, changed and sent away, and what is never left without anybody."""

import pytest

from bot import hubfile
from bot.demo import files
from bot.domain import settings
from bot.domain.inmates import aliases, inmates
from bot.domain.people import Person, Role
from bot.domain.refusals import (
    LastOfKind,
    LocksBeforeWarning,
    NoFreeNumber,
    NotAllowed,
    NotUsable,
    NotYourself,
    NumberTaken,
    OutOfBounds,
    OutsideScope,
    Refusal,
    ScopeEmpty,
)
from bot.domain.services import Hub
from bot.domain.settings import Setting
from bot.domain.staff import staff

ALL = frozenset("ABCN")
ADM = Person("ADM", Role.ADMIN, "", "nb")
TK1 = Person("TK1", Role.COORDINATOR, "", "nb", units=frozenset("ABC"))
SK1 = Person("SK1", Role.SOCIAL_ADVISER, "", "nb", frozenset({"sos"}), ALL)
N1 = Person("N1", Role.PROVIDER, "", "nb", frozenset({"nav"}), ALL)
N2 = Person("N2", Role.PROVIDER, "", "nb", frozenset({"nav"}), frozenset("AB"))
KN = Person("KB-N1", Role.OFFICER, "", "nb", units=frozenset("N"))


@pytest.fixture(scope="module")
def hub() -> Hub:
    return hubfile.read_hub(files.HUB).hub


@pytest.mark.parametrize(
    ("role", "services", "units", "expected"),
    [
        (Role.PROVIDER, ["nav"], ["A"], "N4"),
        (Role.PROVIDER, ["frivillig"], ["A"], "V2"),
        (Role.PROVIDER, ["helse"], ["A"], "H2"),
        (Role.OFFICER, [], ["A", "B"], "KB-A4"),
        (Role.COORDINATOR, [], ["A"], "TK2"),
        (Role.DUTY_LEADER, [], ["A"], "VL2"),
        (Role.ADMIN, [], [], "ADM2"),
        (Role.SOCIAL_ADVISER, ["sos"], ["A"], "SK2"),
    ],
)
def test_the_hub_makes_the_next_free_id(
    hub: Hub, role: Role, services: list[str], units: list[str], expected: str
) -> None:
    assert staff.next_id(role, services, units, hub, set(hub.names)) == expected


def test_an_id_of_somebody_who_has_left_is_never_given_again(hub: Hub) -> None:
    assert staff.next_id(Role.PROVIDER, ["nav"], ["A"], hub, {*hub.names, "N7"}) == "N8"


def test_when_the_ids_are_used_up_nobody_is_added(hub: Hub) -> None:
    with pytest.raises(NoFreeNumber):
        staff.next_id(Role.OFFICER, [], ["A"], hub, {"KB-A99"})


@pytest.mark.parametrize(
    ("by", "whom", "refusal"),
    [
        (TK1, N2, None),
        (TK1, N1, NotAllowed),  # works in N as well
        (TK1, KN, OutsideScope),
        (TK1, ADM, OutsideScope),
        (TK1, TK1, NotAllowed),
        (ADM, TK1, None),
        (N1, N2, OutsideScope),
    ],
)
def test_a_coordinator_sees_to_those_who_work_in_own_units_only(
    by: Person, whom: Person, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        assert staff.managed(by, whom) == whom
        return
    with pytest.raises(refusal):
        staff.managed(by, whom)


def test_nobody_changes_themselves() -> None:
    with pytest.raises(NotYourself):
        staff.not_oneself(ADM, ADM)


@pytest.mark.parametrize("last", [ADM, TK1, SK1])
def test_the_last_of_a_kind_stays(hub: Hub, last: Person) -> None:
    everybody = [ADM, TK1, SK1, N1]
    with pytest.raises(LastOfKind):
        staff.still_somebody(everybody, last, None, hub)


def test_a_slip_without_a_better_place_finds_somebody_in_every_unit(hub: Hub) -> None:
    with pytest.raises(LastOfKind):
        staff.still_somebody([ADM, TK1, SK1], SK1, staff.with_scope(SK1, {"sos"}, frozenset("ABC")), hub)
    staff.still_somebody([ADM, TK1, SK1, N1], N1, None, hub)


def test_a_scope_is_never_empty() -> None:
    for services, units in ((frozenset[str](), ALL), (frozenset({"nav"}), frozenset[str]())):
        with pytest.raises(ScopeEmpty):
            staff.with_scope(N1, services, units)
    assert staff.with_scope(ADM, frozenset(), frozenset()) == ADM


def test_invented_names_are_many_and_each_is_there_once() -> None:
    assert len(aliases.NAMES) == len(set(aliases.NAMES)) > 100
    assert aliases.free({"Furu", "Gran"}) == ["Bjørk", "Rogn", "Selje", "Osp"]
    assert aliases.free({"Furu", "Gran"}, 1)[0] == "Lønn"
    assert aliases.free(set(aliases.NAMES))[0] == "Furu 2"


def test_a_new_arrival_gets_the_next_free_number_or_the_one_that_was_typed() -> None:
    assert inmates.next_number("A", {"A01", "A03"}) == "A02"
    assert inmates.number_typed("19", "A", {"A01"}) == "A19"
    assert inmates.number_typed("a19", "A", {"A01"}) == "A19"
    with pytest.raises(NumberTaken):
        inmates.number_typed("01", "A", {"A01"})
    for text in ("00", "1", "123", "B07", "¹²", "Ola"):
        with pytest.raises(NotUsable):
            inmates.number_typed(text, "A", set())
    with pytest.raises(NoFreeNumber):
        inmates.next_number("A", {f"A{n:02}" for n in range(1, 100)})


@pytest.mark.parametrize(
    ("setting", "value", "refusal"),
    [
        (Setting.RETENTION, 0, OutOfBounds),
        (Setting.RETENTION, 3651, OutOfBounds),
        (Setting.READS, 2, OutOfBounds),
        (Setting.WARN, 9, OutOfBounds),
        (Setting.WARN, 60, LocksBeforeWarning),
        (Setting.LOCK, 40, LocksBeforeWarning),
        (Setting.LOCK, 901, OutOfBounds),
    ],
)
def test_a_setting_keeps_its_bounds(hub: Hub, setting: Setting, value: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        settings.checked(hub, setting, value)


def test_every_choice_that_is_offered_is_within_the_bounds(hub: Hub) -> None:
    assert settings.checked(hub, Setting.RETENTION, 1) == 1
    for bounds in settings.BOUNDS.values():
        assert all(bounds.least <= value <= bounds.most for value in bounds.choices)
