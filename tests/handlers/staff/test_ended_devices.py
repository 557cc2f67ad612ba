"""A browser that is ended sees nothing any more, at once and for whatever reason."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.domain.people import Person
from bot.domain.refusals import Stale
from bot.domain.staff.devices import STAFF_LIFETIME
from bot.running.parts import Running
from bot.store import people
from bot.usecases.staff import devices
from bot.usecases.telling.reach import within_reach
from tests.hub.devices import RealHub, join, real_hub
from tests.hub.listening import listening
from tests.hub.whole_hub import whole_hub
from tests.patience import until

UNKNOWN = "Jeg kjenner ikke denne koden. Spør servicetorget om en ny."


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealHub]:
    async with real_hub(tmp_path) as running:
        yield running


async def refused(http: httpx.AsyncClient, code: str) -> tuple[int, str]:
    answer = await join(http, code)
    assert "set-cookie" not in answer.headers
    return answer.status_code, answer.json()["error"]


async def test_a_device_that_is_ended_shows_nothing_at_once(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("N2")
    await hub.settled()
    stream, bystander = listening(adviser), listening(other)
    async with stream as heard, bystander:
        await hub.end("N1")
        await until(stream.ended.is_set, "the stream is over")
        assert heard == [("hello", "{}"), ("ended", "{}")]
        answers = [
            await adviser.http.get("/client/chats"),
            await adviser.http.get(f"/client/chats/{adviser.chat}"),
            await adviser.http.get("/client/events"),
            await adviser.say("/idag"),
            await adviser.press_raw(1, "start"),
            await adviser.http.post("/client/leave", json={}),
        ]
        said = {"error": "This browser is no device of the hub, or is none any more. Ask the hub for a code."}
        assert [(each.status_code, each.json()) for each in answers] == [(401, said)] * 6
        assert (await other.http.get("/client/chats")).status_code == 200
        assert not bystander.ended.is_set()
    assert ("hub", "device_end", "N1", "done") in await hub.audit()
    assert await hub.rows("SELECT * FROM inbox WHERE payload LIKE '%idag%'") == []


async def test_a_device_is_ended_once(hub: RealHub) -> None:
    await hub.joined("N1")
    [device] = await hub.listed()
    async with hub.running.turns.begin() as turn:
        assert await devices.end(turn, device.id) == device

    async def end(number: int) -> None:
        async with hub.running.turns.begin() as turn:
            await devices.end(turn, number)

    for number in (device.id, 999):
        with pytest.raises(Stale):
            await end(number)


async def test_a_refused_turn_ends_no_device(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    [device] = await hub.listed()

    async def changes_its_mind() -> None:
        async with hub.running.turns.begin() as turn:
            await devices.end(turn, device.id)
            raise Stale

    with pytest.raises(Stale):
        await changes_its_mind()
    assert (await adviser.http.get("/client/chats")).status_code == 200


async def test_a_turn_among_others_ends_a_device_when_all_of_them_are_durable(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    [device] = await hub.listed()
    async with hub.running.database.transaction() as tx:
        async with hub.running.turns.begin(among=tx) as turn:
            await devices.end(turn, device.id)
        assert (await adviser.http.get("/client/chats")).status_code == 200
    assert (await adviser.http.get("/client/chats")).status_code == 401


async def test_everything_of_a_person_ends_with_the_codes_that_wait(hub: RealHub) -> None:
    first, second, other = await hub.joined("N1"), await hub.joined("N1"), await hub.joined("N2")
    waiting = await hub.code("N1")
    async with hub.running.turns.begin() as turn:
        assert len(await devices.end_all_of(turn, person="N1")) == 2
    codes = [(await each.http.get("/client/chats")).status_code for each in (first, second, other)]
    assert codes == [401, 401, 200]
    assert await refused(await hub.browser("staff"), waiting) == (403, UNKNOWN)
    assert [each.owner for each in await hub.listed()] == ["N2"]


async def test_whoever_stands_at_a_kiosk_that_is_ended_is_signed_out(hub: RealHub) -> None:
    kiosk = await hub.joined("K-A")
    await kiosk.sign_in("A01", "2101")
    await kiosk.shows("Hvem vil du snakke med?")
    await hub.end("K-A")
    await hub.later(timedelta(seconds=1))
    await (await hub.joined("K-A")).shows("Her kan du be om en samtale")


async def test_somebody_logs_out(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    answer = await adviser.http.post("/client/leave", json={})
    assert (answer.status_code, dict(adviser.http.cookies)) == (200, {})
    assert (await adviser.http.get("/client/chats")).status_code == 401
    assert await hub.listed() == []
    assert (await hub.audit())[-1] == ("N1", "device_end", "N1", "done")


async def test_who_has_left_the_staff_sees_nothing_any_more(hub: RealHub) -> None:
    adviser, kiosk, other = await hub.joined("N2"), await hub.joined("K-B"), await hub.joined("N1")
    async with hub.running.database.transaction() as tx:
        await people.retire_others(tx, ["N1"], ["K-A"])
    answers = [(await each.http.get("/client/chats")).status_code for each in (adviser, kiosk, other)]
    assert answers == [401, 401, 200]
    assert [each.owner for each in await hub.listed()] == ["N1"]
    assert hub.running.house
    assert {chat["title"] for chat in hub.running.house.chats()} == {"N1", "K-A"}


async def test_somebody_added_while_the_hub_runs_gets_a_chat_with_the_code(hub: RealHub) -> None:
    async with hub.running.database.transaction() as tx:
        person = await people.person(tx, "N1")
        assert person
        scope = {"services": person.services, "units": person.units}
        await people.add_person(tx, Person("X1", person.role, "Rådgiver X1", "nb", **scope))
    newcomer = await hub.joined("X1")
    await newcomer.say("/idag")
    await newcomer.shows("ingen samtaler")


async def test_a_cookie_ends_after_its_time_even_if_the_browser_keeps_it(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    kiosk = await hub.joined("K-A")
    hub.clock.set(hub.clock.now() + STAFF_LIFETIME)
    assert (await adviser.http.get("/client/chats")).status_code == 401
    assert [each.owner for each in await hub.listed()] == ["K-A"]
    hub.clock.set(hub.clock.now() + timedelta(days=336))
    assert (await kiosk.http.get("/client/chats")).status_code == 401
    assert (await hub.joined("K-A")).chat == kiosk.chat


async def test_devices_come_back_after_a_restart(tmp_path: Path) -> None:
    async with real_hub(tmp_path) as hub:
        adviser, gone = await hub.joined("N1"), await hub.joined("N2")
        await hub.end("N2")
        kept = [dict(each.http.cookies) for each in (adviser, gone)]
    async with real_hub(tmp_path) as hub:
        browsers = [await hub.browser("staff", cookies=cookies) for cookies in kept]
        assert [(await http.get("/client/chats")).status_code for http in browsers] == [200, 401]


async def test_nobody_is_let_in_when_the_rows_cannot_be_read(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    async with hub.running.database.transaction() as tx:
        await tx.run("ALTER TABLE devices RENAME TO gone")
        tx.accounts_changed = True
    assert (await adviser.http.get("/client/chats")).status_code == 401
    assert hub.running.broken.is_set()


async def test_when_a_device_was_seen_is_noted_now_and_then(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    hub.doorkeeper.doors._touched.clear()
    await hub.later(timedelta(hours=1))
    await adviser.messages()
    await adviser.messages()
    [device] = await hub.listed()
    assert timedelta(hours=1) <= device.seen - device.joined < timedelta(hours=1, seconds=30)


async def test_an_adviser_is_within_reach_as_long_as_a_browser_of_theirs_is_let_in(hub: RealHub) -> None:
    assert not await reaches(hub.running, "N1")
    await hub.joined("N1")
    assert await reaches(hub.running, "N1")
    hub.clock.set(hub.clock.now() + STAFF_LIFETIME + timedelta(seconds=1))
    assert not await reaches(hub.running, "N1")
    await hub.joined("N1")
    assert await reaches(hub.running, "N1")
    async with hub.running.turns.begin() as turn:
        await devices.end_all_of(turn, person="N1")
    assert not await reaches(hub.running, "N1")


async def test_in_the_demo_everybody_with_a_chat_is_within_reach(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        assert await reaches(hub.running, "N1")


async def reaches(running: Running, person: str) -> bool:
    async with running.turns.begin() as turn:
        return person in (await within_reach(turn))[0]
