"""For every deed: each view that says something else after it is about something that the deed touched."""

from collections.abc import AsyncIterator
from inspect import getmembers, iscoroutinefunction, signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.domain.subjects import About, Subject
from handlers import tables
from tests.hub.whole_hub import WholeHub, whole_hub
from tests.views.deeds import DEEDS, office, slips, telling, theme_nights, walks
from tests.views.deeds.doing import Deed, nothing
from tests.views.seen import LOOKED_AT_WHEN_PRESSED, Views, views


class UndoneError(Exception):
    """Takes a deed back, so that the next one finds the prison as it was."""


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        await running.settled()
        yield running


async def as_it_opens(hub: WholeHub) -> Views:
    async with hub.running.turns.begin() as turn:
        return await views(tables.context_of(hub.running.dispatch.application, turn))


async def done(hub: WholeHub, deed: Deed, first: Views) -> tuple[Views, Views, set[Subject], dict[str, set[Subject]]]:
    """Do something and take it back; return all views before and after it, what it touched, and what is hidden."""
    found: list[Any] = []
    try:
        async with hub.running.turns.begin() as turn:
            context = tables.context_of(hub.running.dispatch.application, turn)
            await deed.before(turn)
            turn.touched.clear()
            turn.place = None
            before = first if deed.before is nothing else await views(context)
            await deed.do(turn)
            turn.place = None
            found = [before, await views(context), turn.touched, turn.hidden]
            raise UndoneError
    except UndoneError:
        before, after, touched, hidden = found
    return before, after, touched, hidden


def changed(before: Views, after: Views) -> list[str]:
    return [name for name, seen in before.items() if name in after and after[name].said != seen.said]


@pytest.mark.long
async def test_whatever_is_done_no_view_changes_unheard_and_every_kind_of_view_changes_by_something(
    hub: WholeHub,
) -> None:
    first, changes, heard_of = await as_it_opens(hub), set(), set()
    for deed in DEEDS:
        before, after, touched, hidden = await done(hub, deed, first)
        told = {name: touched | hidden.get(name.partition(":")[0], set()) for name in before}
        unheard = [name for name in changed(before, after) if not before[name].about & told[name]]
        said = [f"{name}\n{before[name].said}\n{after[name].said}" for name in unheard]
        assert said == [], f"{deed.name} touched {sorted(map(str, touched))}"
        changes |= {kind_in(name) for name in changed(before, after)}
        heard_of |= {each.kind for each in touched}
    assert changes == {*tables.VIEWS, *tables.PAGES} - STILL - LOOKED_AT_WHEN_PRESSED
    assert heard_of == set(About) - {About.NAMED, About.SEAT}


@pytest.mark.parametrize("room", [office, slips, telling, theme_nights, walks])
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


def test_a_view_that_is_the_same_for_all_is_written_without_a_look_at_whose_it_is() -> None:
    blind = {name for name, view in tables.VIEWS.items() if "_person" in signature(view.write).parameters}
    assert blind == {name for name, view in tables.VIEWS.items() if view.same}


def kind_in(name: str) -> str:
    """Return the kind of a view of the staff, or the name of a page at a screen."""
    whose, _, key = name.partition(": ")
    return key.partition(":")[0] if "@" in whose else next(each for each in LONGEST if key.startswith(f"{each}:"))


LONGEST = sorted(tables.VIEWS, key=len, reverse=True)

STILL = {"about", "rights", "urgent", "topics", "review"}
"""Pages at a screen that nothing changes but who stands there."""
