"""After a silence each kind of message is still worth saying, or is not, by a rule of its own."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import handlers
from bot.domain.chat import owed as rules
from bot.domain.chat.owed import MOMENT, WEEK, Owed, Present
from bot.domain.reminders import AFTER_A_TALK, Kind
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking
from tests.hub.real_turns import demo_hub

NOW = datetime(2027, 1, 14, 8, 0, tzinfo=UTC)
PRESENT = Present(
    NOW,
    demo_hub(),
    open_slips={"FJ-1", "FJ-2"},
    half={"FJ-1"},
    broken={"FJ-2"},
    waiting={"FJ-1"},
    untold={"FJ-2"},
    news={"FJ-3"},
    nights={"4"},
    notices={"5"},
    away={"telegram/7001/x"},
    closed={"K-A:2"},
)


@pytest.mark.parametrize(
    ("key", "worth"),
    [
        ("slip:FJ-1", True),
        ("slip:FJ-3", False),
        ("reminder:FJ-1:half", True),
        ("reminder:FJ-2:half", False),
        ("reminder:FJ-2:end", True),
        ("reminder:FJ-1:end", False),
        ("reminder:FJ-2:untold", True),
        ("reminder:FJ-2:untold_still", True),
        ("reminder:FJ-1:untold", False),
        ("unheard:FJ-1", True),
        ("unheard:FJ-2", False),
        ("news:FJ-3", True),
        ("news:FJ-1", False),
        ("news:night:4", True),
        ("news:night:3", False),
        ("today:2027-01-14", True),
        ("today:2027-01-13", False),
        ("tomorrow:2027-01-15", True),
        ("tomorrow:2027-01-14", False),
        ("morning:2027-01-14", True),
        ("morning:2027-01-13", False),
        ("page:movements:2027-01-14", True),
        ("page:movements:2027-01-13", False),
        ("page:night_list:3:2027-01-13", False),
        ("page:broadcast:7", True),
        ("page:answers", True),
        ("session:nav:2027-01-14:270113120000", True),
        ("session:nav:2027-01-13:270113120000", False),
        ("night:4", True),
        ("night:3", False),
        ("proposal:4", True),
        ("proposal:3", False),
        ("notice:5", True),
        ("notice:6", False),
        ("unreachable:telegram/7001/x", True),
        ("unreachable:telegram/7001/y", False),
        ("closed:K-A:2", True),
        ("closed:K-A:1", False),
        ("said:17", False),
        ("today", False),
        ("pin:A01", True),
        ("code:17", True),
        ("paper:17.1", True),
        ("put_back:1", True),
        ("screen", True),
        ("home", True),
        ("of no known kind", True),
    ],
)
def test_what_never_came_is_said_later_only_where_it_is_still_of_use(key: str, worth: bool) -> None:
    assert rules.still_worth_saying(Owed(key), PRESENT) is worth


@pytest.mark.parametrize("key", ["home", "pin:A01", "put_back:1", "of no known kind"])
def test_of_what_was_refused_and_is_about_nothing_that_ends_somebody_hears_for_a_week(key: str) -> None:
    moments = [NOW - WEEK, NOW - WEEK - timedelta(seconds=1), None]
    assert [rules.still_to_be_told(Owed(key, at), PRESENT) for at in moments] == [True, False, False]


def test_of_what_was_refused_somebody_hears_as_long_as_it_is_of_use() -> None:
    long_ago = NOW - 2 * WEEK
    keys = ("slip:FJ-1", "slip:FJ-9", "night:4", "night:3", "said:17")
    assert [rules.still_to_be_told(Owed(key, long_ago), PRESENT) for key in keys] == [True, False, True, False, False]


@pytest.mark.parametrize("kind", AFTER_A_TALK)
def test_the_question_how_a_talk_went_is_owed_while_nobody_has_told_and_not_before_it_is_over(kind: Kind) -> None:
    sent, promised = NOW - timedelta(days=9), NOW + timedelta(days=1)
    booked = Slip("FJ-7", "A01", "A", "nav", None, None, "N1", State.BOOKED, sent, promised)
    found = [booked, replace(booked, code="FJ-8", state=State.WAITING), replace(booked, code="FJ-9")]
    slot = timetable.slot_with(demo_hub(), "nav.N1.R1.2701140800")
    ends = {"FJ-7": NOW, "FJ-8": NOW, "FJ-9": NOW + timedelta(seconds=1)}
    times = {code: Booking(code, "A01", "A", replace(slot, ends=each)) for code, each in ends.items()}
    now = rules.present(demo_hub(), NOW, found, times, [], [], [])
    owed = [Owed(f"reminder:{slip.code}:{kind}") for slip in found]
    assert [rules.still_worth_saying(each, now) for each in owed] == [True, False, False]


@pytest.mark.parametrize("key", ["said:17", "list_task", "pause:K-A"])
def test_the_answer_of_a_moment_is_worth_having_for_that_moment(key: str) -> None:
    just, long_ago = NOW - MOMENT, NOW - MOMENT - timedelta(seconds=1)
    assert [rules.still_worth_saying(Owed(key, at), PRESENT) for at in (just, long_ago)] == [True, False]


def test_a_day_that_was_asked_for_is_of_use_on_that_day() -> None:
    days = [NOW, NOW - timedelta(hours=7), NOW - timedelta(hours=10)]
    assert [rules.still_worth_saying(Owed("today", at), PRESENT) for at in days] == [True, True, False]


WHERE_KEYS_STAND = {"tell": 1, "bring_to": 1, "broadcast": 2, "bring_down": 0, "show_at": 0, "Wanted": 1}
"""Which argument is a key, of what says that something shall be seen."""

NAMES = re.compile(r"(key|KEY|PREFIX)\Z")
FUNCTIONS = re.compile(r"(_?key_of|[a-z_]*_?key|name_of|about)\Z")
ITS_OWN = {"screen", "stray", "was"}
"""What stands in no chat of the staff, or only takes something away."""

KIND = re.compile(r"[a-z_]+\Z")
LISTS = {"{kind}": {str(Kind.TODAY), str(Kind.TOMORROW)}, "{PAGE}": {"page"}, "{PREFIX}": {"paper", "code"}}


def keys_in(tree: ast.AST) -> Iterator[ast.expr | None]:
    """Find the keys of messages that a module writes: where they are told, named, or made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = WHERE_KEYS_STAND.get(name)
            yield node.args[at] if at is not None and at < len(node.args) else None
        elif isinstance(node, ast.Assign) and any(NAMES.match(getattr(each, "id", "")) for each in node.targets):
            yield node.value
        elif isinstance(node, ast.FunctionDef) and FUNCTIONS.match(node.name):
            yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return))


def kinds_of(key: ast.expr | None) -> set[str]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return {key.value.partition(":")[0]}
    if not isinstance(key, ast.JoinedStr):
        return set()
    text = ast.unparse(key)[2:-1]
    return LISTS.get(text.partition("}")[0] + "}", {text.partition(":")[0]})


def test_every_kind_of_key_that_the_hub_writes_has_its_rule_and_no_rule_is_for_nothing() -> None:
    folder = Path(handlers.__file__).parents[1]
    files = [*folder.glob("handlers/**/*.py"), *folder.glob("bot/usecases/**/*.py"), *folder.glob("bot/domain/**/*.py")]
    written = [key for file in files for key in keys_in(ast.parse(file.read_text("utf-8")))]
    kinds = {kind for key in written for kind in kinds_of(key) if KIND.match(kind)}
    assert kinds - ITS_OWN == set(rules.RULES) - ITS_OWN
