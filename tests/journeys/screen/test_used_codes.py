"""J2: a one-time code stands on the officer's screen while it can be used, and not a moment longer."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.hub.whole_hub import WholeHub, whole_hub
from tests.journeys.screen.test_j02_pin_forgotten import A17, OLD, a_code, codes, make_pin, shown_code
from tests.journeys.screen.test_own_pins import HOME, MAKE, change
from tests.journeys.screen.test_pin_letters_out import makes_pin_letter


async def used_in_place_of_the_present_pin(hub: WholeHub) -> None:
    await hub["K-A"].sign_in(A17, OLD)
    await hub["K-A"].shows(HOME)
    await change(hub["K-A"], await a_code(hub))
    await hub["K-A"].shows(MAKE)


async def ended_by_a_pin_that_was_being_made(hub: WholeHub) -> None:
    await hub["K-A"].sign_in(A17, OLD)
    await hub["K-A"].shows(HOME)
    await change(hub["K-A"], OLD)
    await hub["K-A"].shows(MAKE)
    await a_code(hub)
    await make_pin(hub["K-A"])
    await hub["K-A"].shows(HOME)


async def ended_by_a_pin_letter(hub: WholeHub) -> None:
    await a_code(hub)
    await makes_pin_letter(hub, A17)


async def tried_wrongly_three_times(hub: WholeHub) -> None:
    wrong = "1111" if await a_code(hub) != "1111" else "2222"
    for kiosk in ("K-A", "K-B", "K-C"):
        await hub[kiosk].sign_in(A17, wrong)
        await hub[kiosk].shows("stemte ikke")
    await hub.advance(1)


ENDS = (
    used_in_place_of_the_present_pin,
    ended_by_a_pin_that_was_being_made,
    ended_by_a_pin_letter,
    tried_wrongly_three_times,
)


@pytest.mark.parametrize("ends", ENDS, ids=lambda each: each.__name__)
async def test_j02_a_code_that_is_good_no_more_stands_nowhere(
    tmp_path: Path, ends: Callable[[WholeHub], Awaitable[None]]
) -> None:
    async with whole_hub(tmp_path) as hub:
        await ends(hub)
        await hub.settled()
        assert not await shown_code(hub["KB-A2"])
        left = [inmate for inmate, _ in await codes(hub)]
        assert left == ([A17] if ends is ended_by_a_pin_letter else [])
