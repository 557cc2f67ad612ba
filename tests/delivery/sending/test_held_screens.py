"""A kiosk's screen that is held with a paused announcement is let go by whatever is written there next."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.broadcasts import Progress
from bot.usecases.telling import broadcasts
from tests.delivery.sending.broadcasts.town import Town, town_of

WHOLE = Progress(1, 1, 0, 0, 0)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(tmp_path, 0) as found:
        await found.screen("Hei!")
        await found.rest()
        yield found


async def paused(town: Town) -> int:
    number = await town.begin(kiosk=True)
    await town.screen("Hei! NAV", broadcast=number, carries=(number,))
    await town.do(broadcasts.pause, number)
    return number


async def shown(town: Town) -> list[str | None]:
    await town.rest()
    return [call.text for call in town.wire.calls]


async def test_what_is_corrected_while_it_is_paused_waits_and_goes_on(town: Town) -> None:
    number = await paused(town)
    await town.screen("Hei! NAV fredag", broadcast=number)
    assert await shown(town) == ["Hei!"]
    await town.do(broadcasts.go_on, number)
    await town.screen("Hei! NAV fredag", broadcast=number, carries=(number,))
    assert (await shown(town), await town.progress(number)) == (["Hei!", "Hei! NAV fredag"], WHOLE)


async def test_what_is_corrected_while_it_is_paused_and_then_stopped_stands_on_the_screen(town: Town) -> None:
    number = await paused(town)
    await town.screen("Hei! Ingen kommer", broadcast=number)
    await town.do(broadcasts.stop, number)
    await town.screen("Hei! Ingen kommer", broadcast=number)
    assert await shown(town) == ["Hei!", "Hei! Ingen kommer"]


async def test_another_announcement_does_not_wait_for_one_that_is_paused(town: Town) -> None:
    first = await paused(town)
    second = await town.begin(kiosk=True)
    await town.screen("Hei! NAV. Bibliotek", broadcast=second, carries=(second,))
    assert (await shown(town), await town.progress(second)) == (["Hei!", "Hei! NAV. Bibliotek"], WHOLE)
    await town.do(broadcasts.go_on, first)
    await town.screen("Hei! NAV. Bibliotek", broadcast=first, carries=(first, second))
    await town.rest()
    assert await town.progress(first) == WHOLE


async def test_a_tap_lets_a_screen_go_that_says_the_same_already(town: Town) -> None:
    await paused(town)
    await town.screen("Hei! NAV")
    assert await shown(town) == ["Hei!", "Hei! NAV"]


async def test_a_screen_that_waits_to_be_emptied_is_not_held_by_what_is_paused(town: Town) -> None:
    number = await town.begin(kiosk=True)
    await town.do(broadcasts.pause, number)
    await town.screen("pad")
    await town.screen("Hei! NAV", broadcast=number)
    assert await shown(town) == ["Hei!", "Hei! NAV"]
