"""The order of a start: what was taken in is done as who pressed it, kiosks are emptied, and then people come in."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from bot.clock import MachineClock
from bot.gateway.bot_api.calls import answer
from bot.gateway.house import House
from bot.running.parts import Running
from bot.running.start import forget_what_passed
from tests.crash.visitors import KIOSK, STAFF_CHATS, WELCOME
from tests.hub import loopback
from tests.hub.announcing import KEY, NEWS, announce
from tests.hub.real_turns import StillClock, demo_hub
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of
from tests.patience import until
from tests.watches import invariants

ADVISER = STAFF_CHATS["N1"]
PERSONAL = re.compile(r"Skal vi sende|Hvem vil du|Mine samtaler|A01|Gran|Nummeret er")
SLIPS = "SELECT code, inmate, state FROM slips WHERE inmate = 'A01' ORDER BY code"


async def about_to_send(kiosk: Device) -> None:
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("NAV", of="Hvem vil du snakke med?")
    await kiosk.press("Hopp over", of="Hva trenger du hjelp til?")
    await kiosk.shows("Skal vi sende denne lappen?")


@asynccontextmanager
async def house_alone(folder: Path) -> AsyncIterator[House]:
    """The house network's file while no hub runs: what is done here was answered, and the hub died at once."""
    house = await House.open(folder / "house.db", MachineClock().now)
    yield house
    await house.close()


async def press_alone(folder: Path, label: str) -> None:
    async with house_alone(folder) as house:
        message = house.chat(KIOSK)["messages"][-1]
        await house.press(KIOSK, message["id"], data_of(message, label)[0])


@dataclass
class Onlooker:
    """Looks at the kiosk's page from before the hub is there, again and again, and remembers all that it is sent."""

    address: str
    seen: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._listen())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _read(self) -> None:
        async with loopback.client(self.address, timeout=60) as http:
            while True:
                with suppress(httpx.TransportError):
                    answer = await http.get(f"/client/chats/{KIOSK}")
                    self.seen.append(json.dumps(answer.json(), ensure_ascii=False))
                await asyncio.sleep(0)

    async def _listen(self) -> None:
        async with loopback.client(self.address, timeout=60) as http:
            while True:
                with suppress(httpx.TransportError):
                    async with http.stream("GET", "/client/events") as events:
                        async for line in events.aiter_lines():
                            self.seen.append(json.dumps(line, ensure_ascii=False))
                await asyncio.sleep(0)

    async def greeted(self) -> None:
        await until(lambda: any(WELCOME in each for each in self.seen), "a greeting")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def slips(hub: WholeHub) -> list[tuple[str, str]]:
    return [(row["inmate"], row["state"]) for row in await hub.rows(SLIPS)]


async def test_a_send_of_half_an_hour_ago_is_carried_out_as_who_pressed_it_and_shown_to_nobody(tmp_path: Path) -> None:
    clock, port = StillClock(), free_port()
    async with whole_hub(tmp_path, clock=clock) as hub:
        before = await slips(hub)
        await about_to_send(hub["K-A"])
    await press_alone(tmp_path, "Send")
    clock.move(timedelta(minutes=30))
    onlooker = Onlooker(f"http://127.0.0.1:{port}")
    async with onlooker.looking(), whole_hub(tmp_path, clock=clock, port=port) as hub:
        await onlooker.greeted()
        await hub.settled()
        assert await slips(hub) == [*before, ("A01", "waiting")]
        code = (await hub.rows(SLIPS))[-1]["code"]
        assert ("A01@K-A", "send", code, "done") in await hub.audit(code)
        cards = [each for each in await hub["N1"].messages() if code in each["text"]]
        assert len(cards) == 1
        assert [WELCOME in words_of(each) for each in await hub["K-A"].messages()] == [True]
        assert await hub["K-A"].alert() is None
    assert [each for each in onlooker.seen if PERSONAL.search(each)] == []


async def test_no_door_opens_before_the_kiosks_are_emptied(tmp_path: Path) -> None:
    port = free_port()
    async with whole_hub(tmp_path) as hub:
        await about_to_send(hub["K-A"])
    for _ in range(3):
        onlooker = Onlooker(f"http://127.0.0.1:{port}")
        async with onlooker.looking(), whole_hub(tmp_path, port=port) as hub:
            await onlooker.greeted()
            first = next(each for each in onlooker.seen if '"messages"' in each)
            await hub["K-A"].sign_in("A01", "2101")
            await hub["K-A"].shows("Skal vi sende denne lappen?")
        assert WELCOME in first
        seen = onlooker.seen[: onlooker.seen.index(first)]
        assert [each for each in seen if PERSONAL.search(each)] == []


async def test_a_digit_that_waits_at_a_start_is_dropped_and_its_number_never_comes_again(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].press("Avdeling A")
        await hub["K-A"].shows("A○○")
        await hub.settled()
    async with whole_hub(tmp_path) as hub:
        assert [WELCOME in words_of(each) for each in await hub["K-A"].messages()] == [True]
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].shows("Hvem vil du snakke med?")
        found = await hub.rows("SELECT update_id, state FROM inbox ORDER BY id")
    assert len({row["update_id"] for row in found}) == len(found)
    assert {row["state"] for row in found} == {"done"}


async def test_what_no_row_knows_is_gone_after_a_start_and_what_was_typed_is_answered(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await about_to_send(hub["K-A"])
        await hub.settled()
        known = {each["id"] for each in await hub["N1"].messages()}
    async with house_alone(tmp_path) as house:
        keyboard = {"inline_keyboard": [[{"text": "Sett tid", "callback_data": "times:FJ-110:1"}]]}
        card = {"chat_id": ADVISER, "text": "📋 FJ-110, A01 Gran", "reply_markup": keyboard}
        strays = [(await answer(house, "sendMessage", card))["message_id"] for _ in range(2)]
        await answer(house, "sendMessage", {"chat_id": KIOSK, "text": "Skal vi sende denne lappen?"})
        await house.say(KIOSK, "A01 2101")
        await house.say(ADVISER, "/hjelp")
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        messages = {each["id"]: each for each in await hub["N1"].messages()}
        assert known - set(messages) == set()
        assert set(strays) & set(messages) == set()
        assert [each["text"] for each in messages.values() if each["sender"] == "user"] == []
        await hub["N1"].shows("Hver lapp er én melding her")
        assert [WELCOME in words_of(each) for each in await hub["K-A"].messages()] == [True]


async def test_a_card_whose_sending_was_interrupted_stands_once_and_goes_with_its_slip(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].sign_in("A01", "2101")
        code = await hub["K-A"].send_slip("NAV")
        await hub["N1"].shows(f"{code},")
        await hub.settled()
        await _forget_that_it_was_sent(hub.running, f"slip:{code}")
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        assert len([each for each in await hub["N1"].messages() if f"{code}," in each["text"]]) == 1
        assert await hub.rows("SELECT DISTINCT fault FROM messages") == [{"fault": None}]
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press(code)
        await hub["K-A"].press("Trekk")
        await hub["K-A"].press("Ja")
        await hub.settled()
        [card] = [each for each in await hub["N1"].messages() if code in each["text"]]
        assert data_of(card, "Sett tid") == []


async def test_what_goes_only_once_and_was_interrupted_stands_once_all_the_same(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await announce(hub, ["N1"])
        await hub["N1"].shows(NEWS)
        await hub.settled()
        await _forget_that_it_was_sent(hub.running, KEY)
    async with whole_hub(tmp_path) as hub:
        await hub["N1"].shows(NEWS)
        await hub.settled()
        assert [each["text"] for each in await hub["N1"].messages() if NEWS in each["text"]] == [NEWS]


async def _forget_that_it_was_sent(running: Running, key: str) -> None:
    async with running.database.transaction() as tx:
        await tx.run("UPDATE messages SET message_id = NULL, shown = 0, sending = revision WHERE key = :key", key=key)


async def test_where_a_start_dies_before_screens_are_locked_none_rests_that_waits_to_be(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].press("Avdeling A")
        await hub["K-A"].shows("A○○")
        await hub["K-B"].sign_in("B01", "2201")
        await hub.settled()
        async with hub.running.database.transaction() as tx:
            await forget_what_passed(tx)
        assert await hub.rows(
            "SELECT kiosk, view FROM kiosk_sessions WHERE kiosk IN ('K-A', 'K-B') ORDER BY kiosk"
        ) == [
            {"kiosk": "K-A", "view": "welcome"},
            {"kiosk": "K-B", "view": "home"},
        ]
        await invariants.check(hub.rows, demo_hub())
