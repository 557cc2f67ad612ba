"""What a role is stands in one table; where a role is added, whatever it lacks is named before anybody uses it."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.domain import people
from bot.domain.people import DUTIES, READERS, STAFF, WITH_A_DAY, Inmate, Person, Role
from bot.domain.staff import staff
from bot.domain.whole import NotWhole, Whole
from handlers import tables
from handlers.said.coordinators import GROUPS
from handlers.said.managers import ROLE_NAMES

LAST_ROLE = "    STRANGER = auto()\n"
LAST_ROW = "        Role.STRANGER: Duties(works=False),\n"
NEW_ROLE = f"{LAST_ROLE}    CHAPLAIN = auto()\n"
NEW_ROW = f'{LAST_ROW}        Role.CHAPLAIN: Duties(letters="P", hears_notices=True, has_a_day=True),\n'

GROUPS_OF_ROLES = {
    "ADMINS": "ADMIN AUDITOR",
    "ADVISERS": "PROVIDER SOCIAL_ADVISER",
    "ANSWERERS": "PROVIDER SOCIAL_ADVISER COORDINATOR",
    "CARERS": "SOCIAL_ADVISER OFFICER",
    "LISTERS": "SOCIAL_ADVISER OFFICER COORDINATOR",
    "MANAGED": "PROVIDER SOCIAL_ADVISER OFFICER",
    "MANAGERS": "COORDINATOR ADMIN",
    "NEVER_WITHOUT": "ADMIN COORDINATOR",
    "PLANNERS": "PROVIDER COORDINATOR",
    "READERS": "OFFICER PROVIDER SOCIAL_ADVISER DUTY_LEADER",
    "SCREEN": "KIOSK INMATE",
    "SETTINGS_READERS": "COORDINATOR ADMIN",
    "STAFF": "PROVIDER SOCIAL_ADVISER OFFICER COORDINATOR DUTY_LEADER ADMIN AUDITOR",
    "WITH_A_DAY": "PROVIDER SOCIAL_ADVISER OFFICER COORDINATOR DUTY_LEADER",
    "WRITERS": "SOCIAL_ADVISER OFFICER COORDINATOR",
}
"""Written down a second time: who is meant where a line of a table says who may."""


def written_anew(module: ModuleType, *changes: tuple[str, str]) -> ModuleType:
    """Return a module as it would be with these changes, made as when the hub starts."""
    source = Path(str(module.__file__)).read_text("utf-8")
    for before, after in changes:
        assert source.count(before) == 1
        source = source.replace(before, after)
    made = ModuleType(module.__name__)
    sys.modules[module.__name__] = made
    exec(compile(source, str(module.__file__), "exec"), vars(made))
    return made


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back whatever was written anew."""
    for name in [each for each in sys.modules if each.startswith(("bot.domain", "handlers"))]:
        monkeypatch.setitem(sys.modules, name, sys.modules[name])


@pytest.mark.parametrize("name", GROUPS_OF_ROLES)
def test_a_group_of_roles_is_who_does_that(name: str) -> None:
    assert " ".join(str(role.name) for role in getattr(people, name)) == GROUPS_OF_ROLES[name]


def test_each_role_has_its_row_and_the_staff_their_names_their_groups_and_their_day() -> None:
    lacking = {
        "a row": set(Role) - set(DUTIES),
        "a name": set(STAFF) - set(ROLE_NAMES),
        "a name as a group": set(READERS) - set(GROUPS),
        "a day": set(WITH_A_DAY) - set(tables.DAYS),
        "letters": {role for role in STAFF if not DUTIES[role].letters and not DUTIES[role].advises},
    }
    assert {what: roles for what, roles in lacking.items() if roles} == {}


def test_ids_of_two_roles_begin_differently() -> None:
    letters = [DUTIES[role].letters for role in staff.ROLES if DUTIES[role].letters]
    assert len(letters) == len(set(letters))


def test_a_new_role_without_a_row_is_refused() -> None:
    with pytest.raises(NotWhole, match=r"«what a role is» is not whole: it lacks Role\.CHAPLAIN$"):
        written_anew(people, (LAST_ROLE, NEW_ROLE))


@pytest.mark.parametrize(
    ("module", "table"),
    [
        ("handlers.said.managers", "the names of roles"),
        ("handlers.said.coordinators", "the groups of the staff that can be told"),
    ],
)
def test_a_new_role_without_its_words_is_refused(module: str, table: str) -> None:
    there = importlib.import_module(module)
    written_anew(people, (LAST_ROLE, NEW_ROLE), (LAST_ROW, NEW_ROW))
    with pytest.raises(NotWhole, match=rf"«{table}» is not whole: it lacks Role\.CHAPLAIN$"):
        written_anew(there)


def test_a_new_role_without_its_day_is_refused() -> None:
    anew = written_anew(people, (LAST_ROLE, NEW_ROLE), (LAST_ROW, NEW_ROW))
    days = {role.name: day for role, day in tables.DAYS.items()}
    with pytest.raises(NotWhole, match=r"«what a day is to each role» is not whole: it lacks CHAPLAIN$"):
        Whole(tables.DAYS.name, [role.name for role in anew.WITH_A_DAY], days)


def test_who_works_here_no_more_cares_for_nobody_and_is_nobodys_contact() -> None:
    gone = Person("KB-A1", Role.NOBODY, "Gone", "nb", units=frozenset("A"))
    inmate = Inmate("A01", "A", "Somebody", "nb", officer="KB-A1")
    assert [gone.cares_for(inmate), gone.can_be_contact_in("A")] == [False, False]
