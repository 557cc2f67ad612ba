"""An adviser outside blocks the bot: the coordinator knows, colleagues can answer, and all is well again afterwards."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.clock import MachineClock
from bot.delivery.limits import Limits
from bot.delivery.wire.bot_api import TELEGRAM
from bot.domain.people import Person, Role
from bot.gateway.doors import web
from bot.gateway.house import House
from bot.store import chats, people
from handlers import tables
from tests.gateway.conftest import served_app
from tests.hub import loopback
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of

CHATS = {"N2": 7002, "G1": 7003}
COORDINATOR = Person("K1", Role.COORDINATOR, "Koordinator K1", "nb")
COORDINATORS_CHAT = 901
LOST = "får ikke lenger meldinger på Telegram"


@dataclass
class Outside:
    """Stands in for Telegram; a blocked chat refuses every message with 403."""

    house: House
    address: str
    http: httpx.AsyncClient
    devices: dict[str, Device] = field(default_factory=dict)

    def __getitem__(self, person: str) -> Device:
        return self.devices[person]

    def block(self, person: str, blocked: bool = True) -> None:
        self.house.block(CHATS[person], blocked)

    async def tells(self, hub: WholeHub, update: dict[str, Any]) -> None:
        """Let the hub have an update from here, and come to rest after it: it knows of it only when it has asked."""
        await self.house.receive(update)
        await hub.until(lambda: not len(self.house.updates), "an inbox that has all of it")
        await hub.settled()


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    house = await House.open(tmp_path / "outside.db", MachineClock().now)
    for person, chat in CHATS.items():
        await house.open_chat(chat, person, "staff")
    app = Starlette(routes=web.routes(house, open_client=True, bot_api=True))
    async with served_app(app, house) as address, loopback.client(address) as http:
        yield Outside(house, address, http, {person: Device(http, chat, house=house) for person, chat in CHATS.items()})
    await house.close()


@asynccontextmanager
async def hub_with(data: Path, outside: Outside, *advisers: str, coordinator: bool = True) -> AsyncIterator[WholeHub]:
    """A hub whose ``advisers`` have no chat but the one outside; a coordinator sits in the house."""
    async with whole_hub(data, telegram_token=outside.house.token, telegram_api_url=outside.address) as hub:
        hub.running.turns.networks[TELEGRAM].limits = Limits()
        await move_out(hub, advisers)
        if coordinator:
            await add_coordinator(hub)
        else:
            async with hub.running.database.transaction() as tx:
                await people.retire(tx, "TK1")
        for person in advisers:
            await outside[person].say("/lapper")
            await outside[person].shows("venter på deg")
        await hub.settled()
        yield hub


async def move_out(hub: WholeHub, advisers: Sequence[str]) -> None:
    async with hub.running.database.transaction() as tx:
        for person in advisers:
            await tx.run("DELETE FROM accounts WHERE person = :person", person=person)
            await chats.link_person(tx, TELEGRAM, CHATS[person], person)


async def add_coordinator(hub: WholeHub) -> None:
    assert hub.running.house
    await hub.running.house.open_chat(COORDINATORS_CHAT, COORDINATOR.id, "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, COORDINATOR)
        await chats.link_person(tx, "house", COORDINATORS_CHAT, COORDINATOR.id)
    hub.devices[COORDINATOR.id] = Device(hub.http, COORDINATORS_CHAT, house=hub.running.house)


async def send_slip(hub: WholeHub, service: str) -> str:
    await hub["K-A"].sign_in("A01", "2101")
    code = await hub["K-A"].send_slip(service)
    await hub["K-A"].press("Ferdig")
    await hub["K-A"].shows("Her kan du be om en samtale")
    return code


async def told(hub: WholeHub, words: str, person: str = COORDINATOR.id) -> list[str]:
    return [message["text"] for message in await hub[person].messages() if words in message["text"]]


async def owner(hub: WholeHub, code: str) -> str | None:
    rows = await hub.rows("SELECT adviser FROM ownerships WHERE slip = :code AND until IS NULL", code=code)
    adviser: str | None = rows[0]["adviser"]
    return adviser


async def test_a_blocked_bot_is_told_once_and_what_was_taken_is_open_to_the_colleagues(
    tmp_path: Path, outside: Outside
) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2") as hub:
        taken = await send_slip(hub, "NAV")
        await outside["N2"].press("Sett tid", of=taken)
        await outside["N2"].shows(taken, "kl. ")
        await hub["N1"].shows(taken, "En kollega har tatt lappen")
        outside.block("N2")
        await send_slip(hub, "NAV")
        await hub[COORDINATOR.id].shows("Veileder N2 " + LOST, "1 lapp er åpen for kollegene igjen")
        await hub["N1"].press("Sett tid", of=taken)
        await hub["N1"].press("kl.", of=taken)
        await hub["N1"].shows(taken, "Samtale ")
        await send_slip(hub, "NAV")
        await hub.settled()
        assert (len(await told(hub, LOST)), await owner(hub, taken)) == (1, "N1")
        assert ("hub", "release", taken, "done") in await hub.audit(taken)
        assert await hub.audit("N2") == [("hub", "unreachable", "N2", "done")]


async def test_who_unblocks_gets_what_is_still_of_use_and_the_coordinator_sees_it_in_place(
    tmp_path: Path, outside: Outside
) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2") as hub:
        outside.block("N2")
        first = await send_slip(hub, "NAV")
        await hub[COORDINATOR.id].shows(LOST)
        withdrawn, kept = [await send_slip(hub, "NAV") for _ in range(2)]
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press(withdrawn)
        await hub["K-A"].press("Trekk")
        await hub["K-A"].press("Ja")
        await hub["N1"].shows(withdrawn, "Trukket")
        outside.block("N2", False)
        await outside["N2"].say("/start")
        for code in (first, kept):
            await outside["N2"].shows(f"Ny samtalelapp {code}")
        await hub[COORDINATOR.id].shows("Veileder N2 får meldinger på Telegram igjen")
        await hub.settled()
        everything = await outside["N2"].everything()
        assert (everything.count(f"samtalelapp {kept}"), withdrawn in everything) == (1, False)
        assert await told(hub, LOST) == []
        assert [entry[1] for entry in await hub.audit("N2")] == ["unreachable", "reachable"]


def membership(person: str, status: str) -> dict[str, Any]:
    """What Telegram tells a bot that somebody has blocked, or let in again."""
    user = {"id": CHATS[person], "is_bot": False, "first_name": person}
    bot = {"id": 1, "is_bot": True, "first_name": "Samtalelapp", "username": "samtalelapp_bot"}
    kicked = {"status": "kicked", "user": bot, "until_date": 0}
    member = {"status": "member", "user": bot}
    old, new = (kicked, member) if status == "member" else (member, kicked)
    change = {"from": user, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"my_chat_member": {**change, "chat": {"id": CHATS[person], "type": "private", "first_name": person}}}


async def test_whoever_blocks_the_bot_is_noticed_before_anything_is_to_be_sent(
    tmp_path: Path, outside: Outside
) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2") as hub:
        outside.block("N2")
        await outside.house.receive(membership("N2", "kicked"))
        await hub[COORDINATOR.id].shows("Veileder N2 " + LOST)
        code = await send_slip(hub, "NAV")
        await outside.tells(hub, membership("N2", "kicked"))
        assert len(await told(hub, LOST)) == 1
        outside.block("N2", False)
        await outside.house.receive(membership("N2", "member"))
        await outside["N2"].shows(f"Ny samtalelapp {code}")
        await hub[COORDINATOR.id].shows("får meldinger på Telegram igjen")


async def test_a_chat_lost_by_such_news_is_found_again_by_trying(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2") as hub:
        await outside.house.receive(membership("N2", "kicked"))
        await hub[COORDINATOR.id].shows(LOST)
        code = await send_slip(hub, "NAV")
        await hub.settled()
        assert code not in await outside["N2"].everything()
        await hub.advance(3700)
        await outside["N2"].shows(code)
        await hub[COORDINATOR.id].shows("får meldinger på Telegram igjen")


async def test_a_stranger_who_begins_or_blocks_is_no_news(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside) as hub:
        for status in ("member", "kicked"):
            await outside.tells(hub, membership("N2", status))
        states = await hub.rows("SELECT DISTINCT state FROM inbox WHERE network = 'telegram'")
        assert (states, await outside["N2"].messages(), await told(hub, LOST)) == ([{"state": "done"}], [], [])


async def test_an_unreachable_chat_is_tried_an_hour_later_and_then_rarely(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2") as hub:
        outside.block("N2")
        code = await send_slip(hub, "NAV")
        await hub[COORDINATOR.id].shows(LOST)
        await hub.advance(3700)
        await hub.settled()
        assert len(await told(hub, LOST)) == 1
        outside.block("N2", False)
        await hub.advance(3700)
        await outside["N2"].shows(code)
        await hub[COORDINATOR.id].shows("får meldinger på Telegram igjen")


async def test_where_nobody_of_a_service_can_be_reached_the_coordinator_is_told_for_each_slip(
    tmp_path: Path, outside: Outside
) -> None:
    async with hub_with(tmp_path / "hub", outside, "G1") as hub:
        outside.block("G1")
        first = await send_slip(hub, "Økonomi og gjeld")
        await hub[COORDINATOR.id].shows(LOST, "Ingen kan nås for", "Ingen hos")
        second = await send_slip(hub, "Økonomi og gjeld")
        await hub[COORDINATOR.id].shows(f"Ingen kan nås for {second}", "Svar senest")
        async with hub.running.turns.begin() as turn:
            await tables.open_up(hub.running.dispatch.application, turn)
        await hub.settled()
        assert await told(hub, f"Ingen kan nås for {first}") == []
        outside.block("G1", False)
        await outside["G1"].say("/start")
        await hub[COORDINATOR.id].shows(f"{second}, avdeling A: noen kan nås igjen")
        await outside["G1"].press("Sett tid", of=second)
        await outside["G1"].press("kl.", of=second)
        await outside["G1"].shows(second, "Samtale ")
        await hub.settled()
        assert await told(hub, "Ingen kan nås for") == []


async def test_what_all_had_taken_is_open_to_the_first_who_is_back(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2", "G1") as hub:
        async with hub.running.database.transaction() as tx:
            await tx.run("""UPDATE people SET services = '["gjeld"]' WHERE id = 'N2'""")
        code = await send_slip(hub, "Økonomi og gjeld")
        await outside["N2"].press("Sett tid", of=code)
        await outside["N2"].shows(code, "ingen ledig tid")
        for person in ("G1", "N2"):
            await outside.house.receive(membership(person, "kicked"))
        await hub[COORDINATOR.id].shows("Veileder N2 " + LOST, "Ingen kan nås for")
        assert await owner(hub, code) == "N2"
        await outside["G1"].say("/start")
        await outside["G1"].press("Sett tid", of=code)
        await outside["G1"].shows(code, "kl. ")
        assert await owner(hub, code) == "G1"


async def test_nobody_meets_again_whom_nothing_reaches(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2") as hub:
        talks = "SELECT inmate FROM bookings WHERE adviser = 'N2' AND inmate = 'A06'"
        assert await hub.rows(talks) == [{"inmate": "A06"}]
        again = []
        for status in ("member", "kicked"):
            await outside.tells(hub, membership("N2", status))
            await hub["K-A"].sign_in("A06", "2106")
            await hub["K-A"].press("NAV", of="Hvem vil du snakke med?")
            await hub["K-A"].press("Hopp over")
            again.append("samme person igjen: Veileder N2" in words_of(await hub["K-A"].shows("Til: NAV")))
            await hub["K-A"].press("Ferdig")
            await hub["K-A"].press("Kast lappen")
            await hub["K-A"].shows("Her kan du be om en samtale")
        assert again == [True, False]


async def test_a_slip_that_was_begun_comes_back_without_whom_nothing_reaches_any_more(
    tmp_path: Path, outside: Outside
) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2") as hub:
        await outside.tells(hub, membership("N2", "member"))
        await hub["K-A"].sign_in("A06", "2106")
        await hub["K-A"].press("NAV", of="Hvem vil du snakke med?")
        await hub["K-A"].press("Hopp over")
        await hub["K-A"].press("Ferdig", of="samme person igjen: Veileder N2")
        await hub["K-A"].press("Ferdig, send senere")
        await hub["K-A"].shows("Her kan du be om en samtale")
        await outside.tells(hub, membership("N2", "kicked"))
        await hub["K-A"].sign_in("A06", "2106")
        review = await hub["K-A"].shows("Til: NAV")
        assert "Veileder N2" not in words_of(review)


async def test_a_second_chat_that_works_is_enough(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside) as hub:
        async with hub.running.database.transaction() as tx:
            await chats.link_person(tx, TELEGRAM, CHATS["N2"], "N2")
        outside.block("N2")
        code = await send_slip(hub, "NAV")
        await hub["N2"].press("Sett tid", of=code)
        await hub[COORDINATOR.id].shows(LOST, "En annen samtale med dem virker")
        await hub.settled()
        assert await owner(hub, code) == "N2"


async def test_without_a_coordinator_the_social_adviser_is_told(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2", coordinator=False) as hub:
        outside.block("N2")
        await send_slip(hub, "NAV")
        await hub["SK1"].shows("Veileder N2 " + LOST)


async def test_a_broken_promise_still_reaches_the_social_adviser(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "G1") as hub:
        outside.block("G1")
        code = await send_slip(hub, "Økonomi og gjeld")
        await hub[COORDINATOR.id].shows(LOST)
        await hub.advance(timedelta(days=8).total_seconds())
        await hub["SK1"].shows(f"Løftet for {code}")


async def test_a_crash_between_the_failure_and_the_telling_is_still_told_once(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2", coordinator=False) as hub:
        outside.block("N2")
        await hub.running.jobs._one_at_a_time.acquire()  # nothing that is due is done any more before the hub is down
        await send_slip(hub, "NAV")
        noted = "SELECT COUNT(*) AS n FROM reminders WHERE kind = 'unreachable' AND done IS NULL"
        await hub.until_rows(noted, [{"n": 1}])
        assert await told(hub, LOST, "SK1") == []
    for _ in range(2):
        async with whole_hub(
            tmp_path / "hub", telegram_token=outside.house.token, telegram_api_url=outside.address
        ) as hub:
            await hub["SK1"].shows("Veileder N2 " + LOST)
            await hub.settled()
            assert len(await told(hub, LOST, "SK1")) == 1


async def test_a_kiosk_that_takes_no_messages_is_told_as_well(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside) as hub:
        async with hub.running.database.transaction() as tx:
            await tx.run("DELETE FROM accounts WHERE kiosk = 'K-C'")
            await chats.link_kiosk(tx, TELEGRAM, CHATS["G1"], "K-C")
        await outside["G1"].say("hei")
        await outside["G1"].shows("Her kan du be om en samtale")
        outside.block("G1")
        await outside["G1"].press("English")
        await outside.house.receive(membership("G1", "kicked"))
        await hub[COORDINATOR.id].shows("En kiosk " + LOST, "Kiosken er K-C.")
        outside.block("G1", False)
        await outside["G1"].press("Norsk")
        await hub[COORDINATOR.id].shows("En kiosk får meldinger på Telegram igjen")


async def test_nobody_outside_reads_a_name(tmp_path: Path, outside: Outside) -> None:
    async with hub_with(tmp_path / "hub", outside, "N2", "G1", coordinator=False) as hub:
        async with hub.running.database.transaction() as tx:
            await tx.run("UPDATE people SET role = 'COORDINATOR' WHERE id = 'G1'")
        outside.block("N2")
        await send_slip(hub, "NAV")
        message = await outside["G1"].shows(LOST)
        assert words_of(message).startswith("⚠️ N2 " + LOST)
        assert "Rådgiver" not in words_of(message)
        assert data_of(message, "") == []
