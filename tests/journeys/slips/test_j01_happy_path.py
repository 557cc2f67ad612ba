"""J1: from a tap at the kiosk to a talk that took place, every promise kept on the way."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from starlette.applications import Starlette
from starlette.types import Message as AsgiMessage
from starlette.types import Receive, Scope, Send

from bot import hubfile
from bot.clock import MachineClock
from bot.delivery.limits import Limits
from bot.demo import files
from bot.demo.files import OPENS
from bot.gateway.doors import web
from bot.gateway.house import House
from tests.gateway.conftest import served_app
from tests.hub import loopback
from tests.hub.whole_hub import Device, WholeHub, whole_hub, words_of

GREETING = "Hei! Her kan du be om en samtale.\nTrykk på avdelingen din for å starte."
WAYS = """Avdeling A
Avdeling B
Avdeling C
Norsk
English
🎟️ Temakvelder
ℹ️ Hva finnes her?
❗ Det haster"""
DEBT_THEME_NIGHT = "🎟️ Temakveld tirsdag 19. januar kl. 18.00: Gjeld og lønnstrekk"
WOMENS_THEME_NIGHT = "🎟️ Temakveld torsdag 28. januar kl. 18.00: Gjeld og lønnstrekk"
POLISH_THEME_NIGHT = "🎟️ Temakveld tirsdag 2. februar kl. 16.00: Første dag ute"
WELCOME = "\n".join((GREETING, DEBT_THEME_NIGHT, POLISH_THEME_NIGHT, WAYS))
"""What K-A shows when nobody is signed in."""

FIRST_DAY_THEME_NIGHT = "🎟️ Temakveld tirsdag 2. februar kl. 18.00: Første dag ute"
WELCOME_AT_B = "\n".join((GREETING, DEBT_THEME_NIGHT, POLISH_THEME_NIGHT, FIRST_DAY_THEME_NIGHT, WAYS))
WELCOME_AT_C = "\n".join((GREETING, WOMENS_THEME_NIGHT, POLISH_THEME_NIGHT, WAYS))
ADVISER_OUTSIDE = 7001


async def presses(hub: WholeHub) -> int:
    return int((await hub.rows("SELECT COUNT(*) AS n FROM inbox"))[0]["n"])


async def through_the_day(hub: WholeHub, adviser: Device) -> None:
    """From the booked time to the talk: reminded the afternoon before and the same morning, then asked."""
    await hub.to(OPENS + timedelta(hours=5))
    await adviser.shows("Påminnelse for torsdag 14. januar", "11.00 · FJ-116")
    await hub.to(OPENS + timedelta(hours=21, minutes=30))
    await adviser.shows("I dag, torsdag 14. januar", "11.00 · FJ-116")
    await hub.to(OPENS + timedelta(hours=25, minutes=30))
    await adviser.press("Holdt", of="FJ-116")
    await adviser.shows("FJ-116", "Samtalen ble holdt")
    await hub.settled()


async def test_j01_a_slip_becomes_a_talk_in_three_taps_and_two(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, adviser = hub["K-A"], hub["N1"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Hvem vil du snakke med?")
        await hub.settled()
        at_home = await presses(hub)
        await kiosk.press("NAV")
        await kiosk.press("Hopp over")
        await kiosk.press("Send", of="Til: NAV")
        await kiosk.shows("FJ-116", "onsdag 20. januar")
        await hub.settled()
        sent = await presses(hub)
        await adviser.press("Sett tid", of="FJ-116")
        await adviser.press("11.00", of="FJ-116")
        await adviser.shows("FJ-116", "torsdag 14. januar kl. 11.00, Servicetorget 1")
        await hub.settled()
        assert (sent - at_home, await presses(hub) - sent) == (3, 2)
        await kiosk.press("Mine samtaler")
        await kiosk.shows("FJ-116", "Du har samtale torsdag 14. januar kl. 11.00")
        await kiosk.press("Ferdig")
        await kiosk.shows("Her kan du be om en samtale")
        await hub.settled()
        assert [words_of(message) for message in await kiosk.messages()] == [WELCOME]
        await through_the_day(hub, adviser)
        slips = await hub.rows("SELECT state FROM slips WHERE code = 'FJ-116'")
        assert slips == [{"state": "held"}]


async def test_j01_each_row_is_there_exactly_once_and_the_log_is_whole(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, adviser = hub["K-A"], hub["N1"]
        await kiosk.sign_in("A01", "2101")
        assert await kiosk.send_slip("NAV") == "FJ-116"
        await adviser.press("Sett tid", of="FJ-116")
        await adviser.press("11.00", of="FJ-116")
        await adviser.shows("FJ-116", "Servicetorget 1")
        await hub.settled()
        assert await hub.rows("SELECT code, inmate, state, answer_by, revision FROM slips WHERE inmate = 'A01'") == [
            {
                "code": "FJ-116",
                "inmate": "A01",
                "state": "booked",
                "answer_by": "2027-01-20T14:00:00.000000+00:00",
                "revision": 3,
            }
        ]
        assert await hub.rows("SELECT slot, adviser, room, starts, outcome FROM bookings WHERE slip = 'FJ-116'") == [
            {
                "slot": "nav.N1.R1.2701141000",
                "adviser": "N1",
                "room": "R1",
                "starts": "2027-01-14T10:00:00.000000+00:00",
                "outcome": "live",
            }
        ]
        claims = "SELECT resource, COUNT(*) AS cells, COUNT(DISTINCT cell) AS different FROM claims"
        assert await hub.rows(f"{claims} WHERE holder = 'FJ-116' GROUP BY resource ORDER BY resource") == [
            {"resource": "adviser:N1", "cells": 6, "different": 6},
            {"resource": "person:A01", "cells": 6, "different": 6},
            {"resource": "room:R1", "cells": 6, "different": 6},
        ]
        owners = "SELECT revision, service, adviser, until IS NULL AS now FROM ownerships WHERE slip = 'FJ-116'"
        assert await hub.rows(f"{owners} ORDER BY revision") == [
            {"revision": 1, "service": "nav", "adviser": None, "now": 0},
            {"revision": 2, "service": "nav", "adviser": "N1", "now": 1},
        ]
        await kiosk.press("Ferdig")
        await kiosk.shows("Her kan du be om en samtale")
        await through_the_day(hub, adviser)
        assert await hub.rows("SELECT * FROM claims WHERE holder = 'FJ-116'") == []
        assert await hub.audit("A01", "FJ-116") == [
            ("A01@K-A", "sign_in", "A01", "done"),
            ("A01@K-A", "send", "FJ-116", "done"),
            ("N1", "take", "FJ-116", "done"),
            ("N1", "book", "FJ-116", "done"),
            ("N1", "hold", "FJ-116", "done"),
        ]


async def test_j01_the_same_in_english(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, adviser = hub["K-A"], hub["N1"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("🌐 Norsk", of="Hvem vil du snakke med?")
        await kiosk.press("English")
        await kiosk.press("NAV", of="Who do you want to talk to?")
        await kiosk.press("Appeal a decision", of="What do you need help with?")
        await kiosk.press("Send", of="To: NAV")
        receipt = await kiosk.shows("Your slip is sent")
        assert receipt["text"] == (
            "✅ Your slip is sent. The number is FJ-116.\n"
            "NAV got your slip.\n"
            "NAV will answer by Wednesday 20 January.\n"
            "If not, we tell you here.\n"
            "You see the answer under My talks."
        )
        await adviser.press("Sett tid", of="FJ-116")
        await adviser.press("11.00", of="FJ-116")
        await kiosk.press("My talks")
        await kiosk.shows("FJ-116: You have a talk Thursday 14 January at 11:00.")
        await kiosk.press("Finish")
        await kiosk.shows("Her kan du be om en samtale")
        await hub.settled()
        assert [words_of(message) for message in await kiosk.messages()] == [WELCOME]
        await through_the_day(hub, adviser)
        assert await hub.rows("SELECT state FROM slips WHERE code = 'FJ-116'") == [{"state": "held"}]


@dataclass
class Outside:
    """A chat network that leaves the house: N1's chat on it, and every request that was made to it."""

    house: House
    address: str
    requests: list[str] = field(default_factory=list)


class Recorder:
    """Writes down everything that a server is asked, as a reader on the way would see it."""

    def __init__(self, app: Starlette, requests: list[str]) -> None:
        self._app, self._requests = app, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/bot"):
            await self._app(scope, receive, send)
            return
        self._requests.append(scope["path"].rpartition("/")[2] + "?" + scope["query_string"].decode())

        async def recorded() -> AsgiMessage:
            message = await receive()
            self._requests[-1] += readable(message.get("body", b""))
            return message

        await self._app(scope, recorded, send)


def readable(body: bytes) -> str:
    """Undo the wire's own escapes, so that words are found as words."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), unquote_plus(body.decode()))


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    async with opened_outside(tmp_path / "outside.db") as found:
        yield found


@asynccontextmanager
async def opened_outside(path: Path) -> AsyncIterator[Outside]:
    house = await House.open(path, MachineClock().now)
    await house.open_chat(ADVISER_OUTSIDE, "N1 outside", "staff")
    found = Outside(house, "")
    app = Recorder(Starlette(routes=web.routes(house, open_client=True, bot_api=True)), found.requests)
    async with served_app(app, house) as found.address:
        yield found
    await house.close()


@cache
def personal() -> re.Pattern[str]:
    """Whatever names somebody or says what a slip is about: numbers, aliases, names, topics."""
    described = hubfile.read_hub(files.HUB)
    people = hubfile.read_people(files.PEOPLE, described).inmates
    aliases = [each.inmate.alias for each in people]
    names = [person.name for person in described.staff]
    topics = [text for one in described.hub.services.values() for topic in one.topics for text in topic.name.values()]
    words = "|".join(re.escape(word) for word in aliases + names + topics)
    return re.compile(rf"\b([ABC][0-9]{{2}}|{words})\b")


async def test_j01_with_the_adviser_on_a_network_that_leaves_the_house(tmp_path: Path, outside: Outside) -> None:
    token, url = outside.house.token, outside.address
    async with (
        whole_hub(tmp_path / "hub", telegram_token=token, telegram_api_url=url) as hub,
        loopback.client(outside.address) as http,
    ):
        hub.running.turns.networks["telegram"].limits = Limits()  # the real one's pace would take ten seconds here
        kiosk, inside, adviser = hub["K-A"], hub["N1"], Device(http, ADVISER_OUTSIDE)
        await inside.say("/kode")
        code = (await inside.shows("/start "))["text"].partition("/start ")[2].split()[0]
        await adviser.say(f"/start {code}")
        await adviser.shows("Velkommen!")
        await kiosk.sign_in("A01", "2101")
        await kiosk.send_slip("NAV", "Klage på vedtak")
        await adviser.press("Sett tid", of="FJ-116")
        await adviser.press("11.00", of="FJ-116")
        card = await adviser.shows("FJ-116", "11.00, Servicetorget 1")
        assert words_of(card) == (
            "📋 Samtalelapp FJ-116, avdeling A.\n✅ Samtale torsdag 14. januar kl. 11.00, Servicetorget 1.\nMed deg."
            "\n🔁 Annen tid\n❌ Avlys\n↩️ Angre"
        )
        in_the_house = await inside.shows("FJ-116", "11.00, Servicetorget 1")
        assert "A01 Furu" in in_the_house["text"]
        assert "Klage på vedtak" in in_the_house["text"]
        await kiosk.press("Ferdig")
        await through_the_day(hub, adviser)
        await inside.shows("FJ-116", "Samtalen ble holdt")
        sent = [request for request in outside.requests if not request.startswith("getUpdates")]
        assert any("sendMessage" in request and "FJ-116" in request for request in sent)
        assert [request for request in sent if personal().search(request)] == []
        assert all(code not in request for request in outside.requests)
        assert await hub.rows("SELECT state FROM slips WHERE code = 'FJ-116'") == [{"state": "held"}]
