"""For every deed: each view that says something else after it is about something that the deed touched."""

import ast
from collections.abc import AsyncIterator
from inspect import getmembers, getsource, iscoroutinefunction, signature
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from bot.domain.subjects import About
from handlers import tables
from handlers.chat.views import Write
from tests.hub.whole_hub import WholeHub, whole_hub
from tests.views.deeds import DEEDS, office, people, slips, telling, theme_nights, walks
from tests.views.deeds.doing import Do, nothing
from tests.views.reaching import missing
from tests.views.screens import untrue
from tests.views.seen import LOOKED_AT_WHEN_PRESSED, Views, views
from tests.views.standing import context_in, open_all, play


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        await running.settled()
        yield running


async def as_it_opens(hub: WholeHub) -> Views:
    async with hub.running.turns.begin() as turn:
        return await views(context_in(hub, turn))


@pytest.mark.long
async def test_whatever_is_done_all_that_is_open_says_what_is_true_and_every_kind_of_view_changes_by_something(
    hub: WholeHub,
) -> None:
    known: dict[Do, Views] = {nothing: await as_it_opens(hub)}
    changes, heard_of = set[str](), set[About]()
    await open_all(hub, known[nothing])
    for deed in DEEDS:
        done = await play(hub, deed, known)
        said = [f"{name}\n{done.before[name].said}\n{done.after[name].said}" for name in done.unheard()]
        assert said == [], f"{deed.name} touched {sorted(map(str, done.touched))}"
        still = [f"{name}\n{done.stood[name]}\n{done.after[name].said}" for name in done.untrue()]
        assert still == [], f"{deed.name} touched {sorted(map(str, done.touched))}"
        assert await untrue(hub, deed, [each for each in done.changed() if "@" in each]) == [], deed.name
        changes |= {kind_in(name) for name in done.changed()}
        heard_of |= {each.kind for each in done.touched}
    assert changes == {*tables.VIEWS, *tables.PAGES} - STILL - LOOKED_AT_WHEN_PRESSED
    assert heard_of == set(About) - {About.NAMED, About.SEAT}


@pytest.mark.parametrize("room", [office, people, slips, telling, theme_nights, walks])
def test_every_deed_that_is_written_is_done(room: ModuleType) -> None:
    done_or_before = {each for deed in DEEDS for each in (deed.do, deed.before)}
    unused = {
        name
        for name, deed in getmembers(room, iscoroutinefunction)
        if deed.__module__ == room.__name__
        and list(signature(deed).parameters) == ["turn"]
        and deed not in done_or_before
    }
    assert unused == set()


def test_whatever_touches_something_is_done() -> None:
    assert missing(Path(str(each.__file__)) for each in (office, people, slips, telling, theme_nights, walks)) == []


def test_a_view_that_is_the_same_for_a_role_looks_at_nothing_else_of_whose_it_is() -> None:
    blind = {name for name, view in tables.VIEWS.items() if looked_at(view.write) <= {"role"}}
    assert blind == {name for name, view in tables.VIEWS.items() if view.same}


def looked_at(write: Write) -> set[str]:
    """Return what a view's writer looks at of whose it is, as its code says; what it hands on may be all of it."""
    name = list(signature(write).parameters)[1]
    tree = ast.parse(dedent(getsource(write)))
    looks = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    return {looks.get(id(node), "all of it") for node in uses}


def kind_in(name: str) -> str:
    """Return the kind of a view of the staff, or the name of a page at a screen."""
    whose, _, key = name.partition(": ")
    return key.partition(":")[0] if "@" in whose else next(each for each in LONGEST if f"{key}:".startswith(f"{each}:"))


LONGEST = sorted(tables.VIEWS, key=len, reverse=True)

STILL = {
    "about",
    "forgotten",
    "languages",
    "not_changed",
    "not_signed_in",
    "review",
    "rights",
    "topics",
    "unsent",
    "urgent",
}
"""Pages at a screen that nothing changes but who stands there."""
