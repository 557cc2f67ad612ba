"""Browsers join the house network with one-time codes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.domain.codes import ALPHABET, LENGTH, clean, grouped
from bot.domain.people import Person
from bot.domain.refusals import Stale
from bot.store import people
from tests.hub.devices import RealHub, join, real_hub

UNKNOWN = "Jeg kjenner ikke denne koden. Spør servicetorget om en ny."


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealHub]:
    async with real_hub(tmp_path) as running:
        yield running


async def refused(http: httpx.AsyncClient, code: str) -> tuple[int, str]:
    answer = await join(http, code)
    assert "set-cookie" not in answer.headers
    return answer.status_code, answer.json()["error"]


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
    found = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
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
