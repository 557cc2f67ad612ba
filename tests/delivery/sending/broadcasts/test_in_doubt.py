"""What is told to many and has an unknown outcome is listed, and told once more only where a coordinator says so."""

import asyncio
from typing import Any

import pytest

from bot.delivery.sender import Sender
from bot.domain.broadcasts import Progress
from bot.domain.refusals import Stale
from bot.store import accounts, showing
from bot.usecases.telling import broadcasts
from tests.delivery.network import BROKEN_OFF, LOST, refusal
from tests.delivery.sender.post import running
from tests.delivery.sending.broadcasts.town import BLOCKED, CORRECTED, NEWS, Town, chat_of, whole
from tests.hub.real_turns import StillClock


@pytest.mark.parametrize("answer", [LOST, BROKEN_OFF, refusal(502, "Bad Gateway"), (200, b"<html>")])
async def test_a_send_of_unknown_outcome_is_listed_and_not_repeated(town: Town, answer: Any) -> None:
    town.wire.script = [answer]
    number = await town.begin()
    await town.rest()
    await asyncio.sleep(0.1)
    assert [len(town.texts(each)) for each in town.staff] == [1] * 6
    assert (await town.progress(number), town.sender.doubts) == (Progress(0, 0, 6, 5, 0, ("P0",)), 1)


async def test_after_a_crash_what_was_under_way_is_in_doubt_and_the_rest_goes_on(town: Town) -> None:
    town.wire.held = asyncio.Event()
    async with running(town.sender):
        number = await town.begin()
        await town.until(lambda: len(town.wire.calls) == 4)
    town.wire.held = None
    async with town.turn() as turn:
        assert await showing.doubt_interrupted(turn.tx, "house") == 4
    town.sender = Sender(town.sender.network, town.turns.database, StillClock(), draw=str.encode)
    await town.rest()
    assert await town.progress(number) == Progress(0, 0, 6, 2, 0, ("P0", "P1", "P2", "P3"))
    assert [len(town.texts(each)) for each in town.staff] == [1] * 6


async def test_a_correction_leaves_who_is_in_doubt_alone_until_the_coordinator_says_so(town: Town) -> None:
    town.wire.script = [LOST]
    number = await town.begin()
    await town.rest()
    await town.correct(number)
    await town.rest()
    assert town.texts("P0") == [NEWS]
    async with town.turn() as turn:
        await broadcasts.again(turn, number, "P0")
    await town.rest()
    assert (town.texts("P0"), await town.progress(number)) == ([NEWS, CORRECTED], whole(town))


async def test_a_chat_that_is_lost_while_it_is_in_doubt_stays_in_doubt(town: Town) -> None:
    town.wire.script = [LOST]
    number = await town.begin()
    await town.rest()
    town.wire.script = [BLOCKED]
    await town.want("P0", "card")
    await town.rest()
    async with town.turn() as turn:
        await accounts.regain(turn.tx, "house", chat_of("P0"))
        await accounts.send_again(turn.tx, "house", chat_of("P0"))
    await town.rest()
    assert town.texts("P0") == [NEWS, "card", "card"]
    assert (await town.progress(number)).doubtful == ("P0",)


@pytest.mark.parametrize("person", ["P1", "TK1", "nobody"])
async def test_only_who_is_in_doubt_gets_it_once_more(town: Town, person: str) -> None:
    number = await town.begin()
    await town.rest()
    with pytest.raises(Stale):
        async with town.turn() as turn:
            await broadcasts.again(turn, number, person)


async def test_a_screen_whose_first_message_is_lost_is_never_in_doubt(town: Town) -> None:
    town.staff = []
    number = await town.begin(kiosk=True)
    await town.screen("Hei! NAV", broadcast=number, carries=(number,))
    town.wire.script = [LOST]
    await town.rest()
    assert await town.progress(number) == Progress(1, 1, 0, 0, 0)
