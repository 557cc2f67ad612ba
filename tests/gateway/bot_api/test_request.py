"""The door in the same process ends what waits behind it."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.gateway.bot_api.calls import answer
from bot.gateway.bot_api.request import HouseRequest
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK
from tests.patience import until


async def polling(house: House) -> tuple[HouseRequest, asyncio.Task[object]]:
    request = HouseRequest(house)
    bot = Bot(house.token, request=request, get_updates_request=request)
    poll: asyncio.Task[object] = asyncio.create_task(bot.get_updates(timeout=30))
    await until(lambda: house.updates._poll is not None, "a poll that waits")
    return request, poll


async def test_a_poll_ends_when_its_request_is_shut_down(house: House) -> None:
    request, poll = await polling(house)
    await request.shutdown()
    with pytest.raises(NetworkError, match="shut down"):
        await poll


async def test_a_cancelled_poll_is_cancelled_and_takes_nothing_along(house: House) -> None:
    _, poll = await polling(house)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    await house.say(KIOSK, "Hei")
    assert len(await answer(house, "getUpdates", {})) == 1
