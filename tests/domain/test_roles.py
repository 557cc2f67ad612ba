"""What a role is stands in one table; where a role is added, whatever it lacks is named before anybody uses it."""

import ast
import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from bot.domain import people
from bot.domain.inmates import inmates
from bot.domain.people import DUTIES, READERS, STAFF, WITH_A_DAY, Inmate, Person, Role
from bot.domain.screen import closings
from bot.domain.slips import paper_slips
from bot.domain.staff import staff
from bot.domain.whole import NotWhole, Whole
from handlers import tables
from handlers.said.coordinators import GROUPS
from handlers.said.managers import ROLE_NAMES

BOT = Path(people.__file__).parents[1]
HANDLERS = Path(str(tables.__file__)).parent
PAGES = (HANDLERS, BOT / "demo")
"""Where pages are written: those of the hub, and the one beside the devices of the demo."""

LAST_ROLE = "    STRANGER = auto()\n"
LAST_ROW = "        Role.STRANGER: Duties(works=False),\n"
NEW_ROLE = f"{LAST_ROLE}    CHAPLAIN = auto()\n"
NEW_ROW = f'{LAST_ROW}        Role.CHAPLAIN: Duties(prefix="P", cares=True, hears_notices=True, has_a_day=True),\n'

DOES_MORE = (
    f"{LAST_ROW}        Role.CHAPLAIN: Duties("
    'prefix="P", managed_by=_BOTH, writes_for_inmates=True, takes_in=True, opens_own_kiosks=True),\n'
)
RULES = ("domain", "hubfile", "store", "usecases")

GROUPS_OF_ROLES = {
    "ADMINS": "ADMIN AUDITOR",
    "ADVISERS": "PROVIDER SOCIAL_ADVISER",
    "ANNOUNCERS": "COORDINATOR",
    "ANSWERERS": "PROVIDER SOCIAL_ADVISER COORDINATOR",
    "APPROVERS": "COORDINATOR",
    "BY_PHONE": "COORDINATOR",
    "CARERS": "SOCIAL_ADVISER OFFICER",
    "CHAT_KEEPERS": "COORDINATOR",
    "CONTACTS": "OFFICER",
    "FOLLOWERS": "SOCIAL_ADVISER",
    "LISTERS": "SOCIAL_ADVISER OFFICER COORDINATOR",
    "MANAGERS": "COORDINATOR ADMIN",
    "NEVER_WITHOUT": "ADMIN COORDINATOR",
    "OPENERS": "COORDINATOR",
    "PLANNERS": "PROVIDER COORDINATOR",
    "PROPOSERS": "PROVIDER",
    "READERS": "OFFICER PROVIDER SOCIAL_ADVISER DUTY_LEADER",
    "RECEIVERS": "COORDINATOR",
    "SCREEN": "KIOSK INMATE",
    "ROLE_CHANGERS": "ADMIN",
    "SETTERS": "ADMIN",
    "SETTINGS_READERS": "COORDINATOR ADMIN",
    "STAFF": "PROVIDER SOCIAL_ADVISER OFFICER COORDINATOR DUTY_LEADER ADMIN AUDITOR",
    "UNIT_OPENERS": "OFFICER",
    "WITH_A_DAY": "PROVIDER SOCIAL_ADVISER OFFICER COORDINATOR DUTY_LEADER",
    "WRITERS": "SOCIAL_ADVISER OFFICER COORDINATOR",
}
"""Written down a second time: who is meant where a rule asks, or a line of a table says who may."""


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


def test_every_group_of_roles_is_written_down() -> None:
    groups = {name for name, value in vars(people).items() if name[0].isalpha() and isinstance(value, Role)}
    assert groups | {"NEVER_WITHOUT", "READERS"} == set(GROUPS_OF_ROLES)


def test_no_rule_names_a_role_of_the_staff_beside_the_table() -> None:
    """A rule that asks for a role by name is one that whoever adds the next role has to find."""
    named = {
        f"{path.relative_to(BOT)}:{node.lineno} {node.attr}"
        for folder in RULES
        for path in BOT.joinpath(folder).rglob("*.py")
        for node in roles_of_the_staff_in(ast.parse(path.read_text("utf-8")))
    }
    assert {each for each in named if not each.startswith("domain/people.py:")} == set()


def test_no_page_asks_which_role_somebody_has_beside_the_table() -> None:
    """Who may is said where a table lists it; what somebody sees there goes by what their role does."""
    asked = {
        f"{path.relative_to(BOT.parent)}:{node.lineno} {node.attr}"
        for folder in PAGES
        for path in folder.rglob("*.py")
        for question in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(question, ast.Compare)
        for node in roles_of_the_staff_in(question)
    }
    assert asked == set()


def roles_of_the_staff_in(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Return where a role of the staff is named."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Role" and Role[node.attr] & STAFF:
            yield node


def test_each_role_has_its_row_and_the_staff_their_names_their_groups_and_their_day() -> None:
    lacking = {
        "a row": set(Role) - set(DUTIES),
        "a name": set(STAFF) - set(ROLE_NAMES),
        "a name as a group": set(READERS) - set(GROUPS),
        "a day": set(WITH_A_DAY) - set(tables.DAYS),
        "a prefix": {role for role in STAFF if not DUTIES[role].prefix and not DUTIES[role].advises},
    }
    assert {what: roles for what, roles in lacking.items() if roles} == {}


def test_ids_of_two_roles_begin_differently() -> None:
    prefixes = [DUTIES[role].prefix for role in staff.ROLES if DUTIES[role].prefix]
    assert len(prefixes) == len(set(prefixes))


def test_a_new_role_without_a_row_is_refused() -> None:
    with pytest.raises(NotWhole, match=r"«what a role is» is not whole: it lacks Role\.CHAPLAIN$"):
        written_anew(people, (LAST_ROLE, NEW_ROLE))


@pytest.mark.parametrize(
    ("module", "table"),
    [
        ("handlers.said.managers", "the names of roles"),
        ("handlers.said.behalf", "who wrote a slip on behalf of an inmate"),
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


def test_a_new_role_does_what_its_row_says_and_no_more() -> None:
    anew = written_anew(people, (LAST_ROLE, NEW_ROLE), (LAST_ROW, DOES_MORE))
    chaplain = anew.Person("P1", anew.Role.CHAPLAIN, "New", "nb", units=frozenset("A"))
    coordinator = anew.Person("TK1", anew.Role.COORDINATOR, "", "nb", units=frozenset("AB"))
    inmate = anew.Inmate("A01", "A", "Somebody", "nb")
    writes, opens, takes_in, manages = (written_anew(each) for each in (paper_slips, closings, inmates, staff))
    does = {
        "writes": [writes.may_type(chaplain, inmate), writes.may_type(chaplain, replace(inmate, unit="B"))],
        "opens": [opens.may_open(chaplain, "A"), opens.may_open(chaplain, "B")],
        "is managed": [manages.manages(coordinator, chaplain), manages.manages(chaplain, coordinator)],
    }
    assert does == {what: [True, False] for what in does}
    assert takes_in.within(chaplain, "A") == "A"


def test_who_works_here_no_more_cares_for_nobody_and_is_nobodys_contact() -> None:
    gone = Person("KB-A1", Role.NOBODY, "Gone", "nb", units=frozenset("A"))
    inmate = Inmate("A01", "A", "Somebody", "nb", officer="KB-A1")
    assert [gone.cares_for(inmate), gone.can_be_contact_in("A")] == [False, False]
