"""Covers come down by themselves, whatever had become of the screen beneath, and then only over the welcome."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.gateway.chats import BotApiError
from bot.gateway.house import House
from bot.running import watch
from bot.usecases.telling import broadcasts
from handlers.chat import rows
from handlers.chat.context import Context
from handlers.telling import broadcasts as pages
from tests.faults.faulty import hub_with_house, takes_nothing
from tests.faults.test_full_disk import HOME, WELCOME, is_covered
from tests.hub.announcing import ABOUT, NEWS, at_the_desk, something_to_tell, tell
from tests.hub.whole_hub import WholeHub
from tests.patience import until
from tests.privacy.test_hidden_in_time import APART, is_lift, is_looked_at, signed_in

NOTICE, UNITS = "En beskjed til mange", ("A", "B", "C", "N")
SCREENS = "SELECT k.id FROM messages m JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id"
HELD = f"{SCREENS} JOIN kiosks k ON k.id = a.kiosk WHERE m.key = 'screen' AND m.held = 1 ORDER BY k.id"
EVERY = [{"id": kiosk} for kiosk in ("K-A", "K-B", "K-C", "K-N")]


async def begin(context: Context) -> int:
    """Begin to tell N1 and every screen of a notice, as when it is published."""
    await something_to_tell(context.turn)
    await context.turn.tx.run("UPDATE notices SET units = :units WHERE id = 0", units='["A", "B", "C", "N"]')
    kiosks = [each["id"] for each in EVERY]
    number = await broadcasts.begin(context.turn, ABOUT, ["N1"], kiosks)
    tell(context, number, ["N1"])
    await rows.say_at_screens(context, UNITS, number)
    return number


async def pause(hub: WholeHub, number: int) -> None:
    async with at_the_desk(hub) as context:
        await broadcasts.pause(context.turn, number)


async def go_on(hub: WholeHub, number: int) -> None:
    """Let it go on, as the coordinator's press does."""
    async with at_the_desk(hub) as context:
        context.arguments = {"number": str(number)}
        await pages.go_on(None, context)  # type: ignore[arg-type] # the press itself is not looked at


@asynccontextmanager
async def covered_while_paused(hub: WholeHub, house: House) -> AsyncIterator[int]:
    """Let the house take nothing, and every screen wait there for an announcement that is paused."""
    welcome = await hub["K-A"].shows(WELCOME)
    await hub.settled()
    async with takes_nothing(house.journal):
        assert (await hub["K-A"].press_raw(welcome["id"], "unit:A")).status_code == 503
        await is_covered(hub["K-A"])
        async with at_the_desk(hub) as context:
            number = await begin(context)
        await pause(hub, number)
        assert await hub.rows(HELD) == EVERY
        yield number


@pytest.mark.parametrize("corrected", [False, True])
@APART
async def test_a_paused_announcement_keeps_no_cover_up(tmp_path: Path, apart: bool, corrected: bool) -> None:
    async with hub_with_house(tmp_path, apart=apart) as (hub, house):
        async with covered_while_paused(hub, house) as number:
            if corrected:
                async with at_the_desk(hub) as context:
                    await rows.say_at_screens(context, UNITS, number)
        await until(lambda: not house.covers.down, "the covers are down")
        await signed_in(hub)
        assert NEWS not in await hub["N1"].everything()
        assert await hub.rows("SELECT held FROM messages WHERE key = 'notice:0'") == [{"held": 1}]
        assert await hub.rows("SELECT state FROM broadcasts") == [{"state": "paused"}]
        await go_on(hub, number)
        await hub["N1"].shows(NEWS)
        await hub["K-B"].shows(NOTICE)
        await hub["K-A"].press("Ferdig")
        await hub["K-A"].shows(NOTICE)
        await hub.settled()
        shown = "SELECT COUNT(*) AS n FROM broadcast_targets WHERE shown_at IS NULL AND network = 'house'"
        await hub.until_rows(shown, [{"n": 0}])


@asynccontextmanager
async def refuses_changes(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """Let the house refuse every change of a page, and count that."""
    refused: list[str] = []

    async def refuse(*_: object) -> None:
        refused.append("a change")
        raise BotApiError(400, "Bad Request: message is too long")

    with monkeypatch.context() as fault:
        fault.setattr(House, "change", refuse)
        yield refused


async def test_a_screen_whose_page_is_refused_is_written_anew_now_and_then_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hub_with_house(tmp_path, apart=False) as (hub, house):
        await signed_in(hub)
        async with refuses_changes(monkeypatch) as refused:
            await hub["K-A"].press("Ferdig")
            await is_covered(hub["K-A"])
            await until(lambda: len(refused) == 2, "it is written anew")
            for _ in range(3):
                await is_looked_at(house)
            assert len(refused) == 2
        monkeypatch.setattr(watch, "AGAIN_SECONDS", 0)
        await until(lambda: not house.covers.down, "the cover is down")
        assert HOME not in await hub["K-A"].everything()
        await signed_in(hub)


async def test_no_cover_goes_over_the_page_of_who_has_left_because_the_welcome_waits_for_what_is_paused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hub_with_house(tmp_path, apart=False) as (hub, house), house.subscribe(is_lift) as lifts:
        gone = asyncio.ensure_future(anext(lifts))
        await signed_in(hub)
        async with refuses_changes(monkeypatch) as refused:
            await hub["K-A"].press("Ferdig")
            await is_covered(hub["K-A"])
            await until(lambda: len(refused) == 2, "it is written anew")
            async with at_the_desk(hub) as context:
                number = await begin(context)
            await pause(hub, number)
            for _ in range(3):
                await is_looked_at(house)
            assert not gone.done()
        monkeypatch.setattr(watch, "AGAIN_SECONDS", 0)
        await gone
        assert HOME not in await hub["K-A"].everything()
        await until(lambda: not house.covers.down, "the cover is down for good")
        await signed_in(hub)
