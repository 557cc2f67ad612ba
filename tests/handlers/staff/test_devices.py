"""Browsers join the house network with one-time codes, see one chat each, and see nothing once they are ended."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.domain.codes import ALPHABET, LENGTH, clean, grouped
from bot.domain.devices import STAFF_LIFETIME
from bot.domain.people import Person
from bot.domain.refusals import Stale
from bot.gateway.calls import answer
from bot.gateway.chats import UploadedFile
from bot.gateway.limits import Buckets
from bot.parts import Running
from bot.store import people
from bot.usecases import devices
from bot.usecases.reach import within_reach
from tests.devices import RealHub, join, real_hub
from tests.whole_hub import Device, whole_hub

UNKNOWN = "Jeg kjenner ikke denne koden. Spør servicetorget om en ny."
UNLIMITED = 10.0**9
HOUR = timedelta(hours=1)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealHub]:
    async with real_hub(tmp_path) as running:
        yield running


async def refused(http: httpx.AsyncClient, code: str) -> tuple[int, str]:
    answer = await join(http, code)
    assert "set-cookie" not in answer.headers
    return answer.status_code, answer.json()["error"]


# ── joining ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_kiosk_and_an_adviser_join_and_work_together(hub: RealHub) -> None:
    kiosk, adviser = await hub.joined("K-A"), await hub.joined("N1")
    await kiosk.sign_in("A01", "2101")
    code = await kiosk.send_slip("NAV")
    await adviser.shows(code, "Sett tid")
    assert [(each.kiosk, each.person) for each in await hub.listed()] == [("K-A", None), (None, "N1")]
    assert await hub.audit() == [
        ("hub", "device_code", "K-A", "done"),
        ("K-A", "device_join", "K-A", "done"),
        ("hub", "device_code", "N1", "done"),
        ("N1", "device_join", "N1", "done"),
    ]


async def test_a_code_is_taken_with_or_without_groups_and_capitals(hub: RealHub) -> None:
    code = await hub.code("N1")
    assert (len(code), set(code) <= set(ALPHABET), clean(f" {grouped(code).lower()} ")) == (LENGTH, True, code)
    answer = await join(await hub.browser("staff"), f" {grouped(code).lower()} ")
    assert answer.status_code == 200


async def test_neither_code_nor_cookie_stands_in_the_database(hub: RealHub, tmp_path: Path) -> None:
    code = await hub.code("N1")
    http = await hub.browser("staff")
    await join(http, code)
    [cookie] = http.cookies.values()
    found = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (len(cookie), code.encode() in found, cookie.encode() in found) == (43, False, False)


async def test_a_code_works_once(hub: RealHub) -> None:
    code = await hub.code("N1")
    assert (await join(await hub.browser("staff"), code)).status_code == 200
    used = (403, "Denne koden er brukt allerede. Spør servicetorget om en ny.")
    assert await refused(await hub.browser("staff"), code) == used
    assert (await hub.audit())[-1] == ("staff door", "refused", "device_join", "CodeUsed")


async def test_a_code_is_too_old_after_fifteen_minutes(hub: RealHub) -> None:
    late, in_time = await hub.code("N1"), await hub.code("N2")
    await hub.later(timedelta(minutes=14, seconds=50))
    assert (await join(await hub.browser("staff"), in_time)).status_code == 200
    await hub.later(timedelta(seconds=10))
    status, said = await refused(await hub.browser("staff"), late)
    assert (status, "15 minutter" in said) == (403, True)


async def test_a_code_works_at_its_own_door_only_and_a_cookie_too(hub: RealHub) -> None:
    for_kiosk, for_staff = await hub.code("K-A"), await hub.code("N1")
    at_kiosks, at_staff = await hub.browser("kiosk"), await hub.browser("staff")
    assert await refused(at_staff, for_kiosk) == (403, UNKNOWN)
    assert await refused(at_kiosks, for_staff) == (403, UNKNOWN)
    await join(at_kiosks, for_kiosk)
    await join(at_staff, for_staff)
    [kiosk], [staff] = at_kiosks.cookies.items(), at_staff.cookies.items()
    stolen = [(kiosk, "staff"), ((staff[0], kiosk[1]), "staff"), ((kiosk[0], staff[1]), "kiosk"), (staff, "kiosk")]
    browsers = [await hub.browser(door, cookies=dict([cookie])) for cookie, door in stolen]
    assert [(await browser.get("/client/chats")).status_code for browser in browsers] == [401] * 4


async def test_a_code_of_nobody_is_unknown_and_a_wrong_body_is_told(hub: RealHub) -> None:
    http = await hub.browser("staff")
    assert await refused(http, "AAAAAAAAAAAA") == (403, UNKNOWN)
    assert (await http.post("/client/join", json={"code": 7})).status_code == 400
    assert await refused(http, "") == (403, UNKNOWN)
    assert await refused(http, "\x00ø' OR 1=1 --") == (403, UNKNOWN)


async def test_two_browsers_cannot_be_one_kiosk(hub: RealHub) -> None:
    codes = [await hub.code("K-A") for _ in range(5)]
    browsers = [await hub.browser("kiosk") for _ in codes]
    answers = await asyncio.gather(*(join(http, code) for http, code in zip(browsers, codes, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [200, 403, 403, 403, 403]
    said = {answer.json()["said"]["en"] for answer in answers if answer.status_code == 403}
    assert said == {"This kiosk has a screen already. Ask the hub to end that one first."}
    assert len(await hub.listed()) == 1
    unused = await hub.rows("SELECT COUNT(*) AS n FROM device_codes WHERE used IS NULL")
    assert unused == [{"n": 4}]


async def test_one_code_at_ten_browsers_at_once_lets_one_in(hub: RealHub) -> None:
    code = await hub.code("N1")
    browsers = [await hub.browser("staff") for _ in range(10)]
    answers = await asyncio.gather(*(join(http, code) for http in browsers))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 403: 9}


async def change_n1(hub: RealHub, **changes: frozenset[str]) -> None:
    async with hub.running.database.transaction() as tx:
        person = await people.person(tx, "N1")
        assert person
        scope = {"services": person.services, "units": person.units, **changes}
        await people.add_person(tx, Person(person.id, person.role, person.name, person.language, **scope))


async def test_a_code_is_void_when_the_scope_has_changed_meanwhile(hub: RealHub) -> None:
    code = await hub.code("N1")
    await change_n1(hub, units=frozenset("A"))
    assert await refused(await hub.browser("staff"), code) == (403, UNKNOWN)
    await change_n1(hub, units=frozenset("ABCN"))
    assert (await join(await hub.browser("staff"), code)).status_code == 200


async def test_an_invitation_is_void_when_the_scope_has_changed_meanwhile(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("N2")
    await adviser.say("/kode")
    code = (await adviser.shows("/start "))["text"].partition("/start ")[2].split()[0]
    await change_n1(hub, services=frozenset({"gjeld"}))
    await other.say(f"/start {code}")
    await other.shows(UNKNOWN)
    assert len(clean(code)) == LENGTH


async def test_nobody_is_invited_who_is_not_there(hub: RealHub) -> None:
    async with hub.running.database.transaction() as tx:
        await people.retire_others(tx, ["N1"], ["K-A"])
    for owner in ("N2", "N9", "K-B", "K-X"):
        with pytest.raises(Stale):
            await hub.code(owner)


# ── one chat, and no other ────────────────────────────────────────────────────────────────────────────────────────────


async def test_without_a_cookie_there_is_nothing_but_the_page(hub: RealHub) -> None:
    for door in ("kiosk", "staff"):
        http = await hub.browser(door)
        reads = ["/client/chats", "/client/chats/101", "/client/events", "/client/documents/x"]
        answers = [await http.get(path) for path in reads]
        answers += [await http.post("/client/chats/201/say", json={"text": "hei"})]
        assert {answer.status_code for answer in answers} == {401}
        assert len({answer.json()["error"] for answer in answers}) == 1
        assert [(await http.get(path)).status_code for path in ("/", "/demo", "/client", "/bot1:x/getMe")] == [
            200,
            404,
            404,
            404,
        ]
        assert (await http.post("/demo/clock", json={"advance_seconds": 60})).status_code == 404


async def test_another_chat_is_answered_as_one_that_does_not_exist(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("G1")
    message = (await other.shows("Sett tid"))["id"]
    for chat in (other.chat, 987654):
        answers = [
            await adviser.http.get(f"/client/chats/{chat}"),
            await adviser.http.post(f"/client/chats/{chat}/press", json={"message_id": message, "data": "start"}),
            await adviser.http.post(f"/client/chats/{chat}/say", json={"text": "/idag"}),
        ]
        words = f"There is no chat {chat}; GET /client/chats lists those there are."
        assert [(each.status_code, each.json()) for each in answers] == [(404, {"error": words})] * 3


async def test_ten_thousand_guesses_from_one_device_reach_nothing_and_tell_nothing(hub: RealHub) -> None:
    """Reads, presses and texts with guessed chats, messages and documents, from an adviser's cookie."""
    hub.doorkeeper.doors.presses = Buckets(UNLIMITED, UNLIMITED)
    kiosk, adviser, other = await hub.joined("K-A"), await hub.joined("N1"), await hub.joined("G1")
    assert hub.running.house
    sent = await answer(
        hub.running.house, "sendDocument", {"chat_id": other.chat, "document": _file("canary.txt", b"KANARIFUGL")}
    )
    hub.running.turns.hub = replace(hub.running.turns.hub, warn_after=HOUR, lock_after=2 * HOUR)
    await kiosk.sign_in("A01", "2101")
    await other.shows("FJ-107")
    await hub.settled()
    before = await everything(hub)
    rng = random.Random(17)
    own = {message["id"] for message in await adviser.messages()}
    secrets = [sent["document"]["file_id"].encode(), b"KANARIFUGL", b"FJ-107", b"A01"]

    async def guess() -> int:
        chat = rng.choice([kiosk.chat, other.chat, rng.randrange(90, 320), rng.getrandbits(60), -rng.getrandbits(9)])
        chat = chat if chat != adviser.chat else other.chat
        message, data = rng.randrange(1, 400), rng.choice(["start", "finish", "unit:A", "card:FJ-107", "x" * 9])
        document = rng.choice([sent["document"]["file_id"], str(rng.getrandbits(64))])
        ways = [
            ("GET", f"/client/chats/{chat}", None),
            ("POST", f"/client/chats/{chat}/press", {"message_id": message, "data": data}),
            ("POST", f"/client/chats/{chat}/say", {"text": f"/start {rng.getrandbits(64)}"}),
            ("GET", f"/client/documents/{document}", None),
        ]
        if message not in own:
            ways.append(("POST", f"/client/chats/{adviser.chat}/press", {"message_id": message, "data": data}))
        method, path, body = rng.choice(ways)
        answer = await adviser.http.request(method, path, json=body)
        assert not [secret for secret in secrets if secret in answer.content]
        return answer.status_code

    async def guesses(n: int) -> Counter[int]:
        return Counter([await guess() for _ in range(n)])

    found = sum(await asyncio.gather(*(guesses(1000) for _ in range(10))), Counter[int]())
    assert found == {404: 10_000}
    await hub.settled()
    assert await everything(hub) == before


def _file(name: str, content: bytes) -> UploadedFile:
    return UploadedFile(name, content, "text/plain")


async def everything(hub: RealHub) -> tuple[str, object]:
    assert hub.running.house
    # Menus come after messages, in their own time.
    chats = [{**hub.running.house.chat(chat["id"]), "commands": None} for chat in hub.running.house.chats()]
    return json.dumps(chats), await hub.rows("SELECT * FROM inbox ORDER BY id")


async def test_the_stream_tells_of_the_own_chat_alone(hub: RealHub) -> None:
    kiosk, adviser, other = await hub.joined("K-A"), await hub.joined("N1"), await hub.joined("G1")
    async with listening(adviser) as heard:
        await kiosk.sign_in("A01", "2101")
        code = await kiosk.send_slip("NAV")
        await other.say("/idag")
        await other.shows("ingen samtaler")
        await adviser.shows(code)
        await adviser.say("/idag")
        await adviser.shows("ingen samtaler")
        await asyncio.sleep(0.05)
    told = [json.loads(data) for kind, data in heard if kind in {"chat", "deleted"}]
    assert {each["chat"] for each in told} == {adviser.chat}
    assert {kind for kind, _data in heard} == {"hello", "chat", "deleted"}
    assert code in json.dumps(told)


class listening:  # noqa: N801  reads as a verb where it is used
    """Keep a device's stream open and note what it tells."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.heard: list[tuple[str, str]] = []
        self.ended = asyncio.Event()
        self._opened = asyncio.Event()

    async def __aenter__(self) -> list[tuple[str, str]]:
        self._task = asyncio.create_task(self._listen())
        await asyncio.wait_for(self._opened.wait(), 5)
        return self.heard

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _listen(self) -> None:
        async with self._device.http.stream("GET", "/client/events", timeout=30) as stream:
            kind = ""
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    self.heard.append((kind, line.removeprefix("data: ")))
                    self._opened.set()
        self.ended.set()


async def test_a_document_is_for_its_own_chat(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("G1")
    assert hub.running.house
    upload = {"chat_id": adviser.chat, "document": _file("lapp.txt", b"bare til N1")}
    number = (await answer(hub.running.house, "sendDocument", upload))["document"]["file_id"]
    own, foreign = [await each.http.get(f"/client/documents/{number}") for each in (adviser, other)]
    none = await other.http.get("/client/documents/none")
    assert (own.content, own.headers["cache-control"]) == (b"bare til N1", "no-store")
    assert (foreign.status_code, foreign.content) == (none.status_code, none.content) == (404, none.content)


# ── ending ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_device_that_is_ended_shows_nothing_at_once(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("N2")
    await hub.settled()
    stream, bystander = listening(adviser), listening(other)
    async with stream as heard, bystander:
        before = asyncio.get_running_loop().time()
        await hub.end("N1")
        await asyncio.wait_for(stream.ended.wait(), 1)
        assert asyncio.get_running_loop().time() - before < 1
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
