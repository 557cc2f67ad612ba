"""«Send» that was answered is carried out, however soon the hub dies, and its cards stand once."""

from pathlib import Path

import pytest

from bot.config import Settings
from tests.crash.lives import APART, TOPOLOGIES, Life, life
from tests.crash.visitors import KIOSK, STAFF_CHATS, WELCOME
from tests.hub.whole_hub import data_of
from tests.running.test_start import about_to_send

SLIPS = "SELECT code, inmate, state FROM slips WHERE inmate = 'A01'"
CARD_CHATS = [STAFF_CHATS[adviser] for adviser in ("N1", "N2", "N3")]


async def press_send(living: Life) -> None:
    kiosk = living.device(KIOSK)
    await about_to_send(kiosk)
    draft = await kiosk.shows("Skal vi sende denne lappen?")
    answer = await kiosk.press_raw(draft["id"], data_of(draft, "Send")[0])
    assert answer.is_success


async def check(living: Life) -> None:
    [slip] = await living.rows(SLIPS)
    [message] = await living.device(KIOSK).messages()
    assert (slip["state"], WELCOME in message["text"]) == ("waiting", True)
    for chat in CARD_CHATS:
        await living.device(chat).shows(f"{slip['code']},")
        cards = [each for each in await living.device(chat).messages() if f"{slip['code']}," in each["text"]]
        assert len(cards) == 1


@pytest.mark.parametrize("topology", TOPOLOGIES)
async def test_a_send_that_was_answered_is_carried_out_though_the_hub_dies_at_once(
    settings: Settings, tmp_path: Path, topology: str
) -> None:
    async with life(settings, topology, tmp_path / "house.db") as first:
        await press_send(first)
        if topology == APART:
            await first.start_again()
            await check(first)
    async with life(settings, topology, tmp_path / "house.db") as second:
        await check(second)


@pytest.mark.parametrize("topology", TOPOLOGIES)
async def test_killed_between_sending_a_card_and_noting_it_no_card_stands_twice(
    settings: Settings, tmp_path: Path, topology: str
) -> None:
    async with life(settings, topology, tmp_path / "house.db") as first:
        await about_to_send(first.device(KIOSK))
        draft = await first.device(KIOSK).shows("Skal vi sende denne lappen?")
        await first.hub.ask("arm", ("send", 2, True))
        await first.device(KIOSK).press_raw(draft["id"], data_of(draft, "Send")[0])
        await first.hub.ended()
        if topology == APART:
            await first.start_again()
            await check(first)
    async with life(settings, topology, tmp_path / "house.db") as second:
        await check(second)
