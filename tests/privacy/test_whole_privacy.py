"""Canaries on the journeys of all roles: in nobody's chat who may not know, in no letter, on no network outside."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import founding
from bot.clock import MovableClock
from bot.config import Settings, Smtp, Tls
from bot.demo import files
from bot.demo.files import OPENS
from bot.gateway.house import House
from tests.faults.post_office import PostOffice, post_office, text_of
from tests.gateway.conftest import StillClock, served
from tests.hub.whole_hub import WholeHub, whole_hub

TOKEN = "1234567890:CANARY-token-of-nobody-at-all-xyz"
ALIAS, TOPIC, ANSWER, PIN = "CANARYalias", "CANARYtopic", "CANARYanswer", "7391"
OPENED = {
    *("walks", "answers", "behalf", "pin", "inmates", "sort", "cells", "week"),
    *("evenings", "all_nights", "notice_desk"),
}
OUTSIDE = {501: "N1", 502: "KB-A1", 503: "TK1", 504: "SK1", 505: "VL"}
"""Chats on Telegram, and who of the staff has joined from there."""


@pytest.fixture
def with_canaries(tmp_path: Path) -> Path:
    """Make a demo prison in which a name, a topic, an answer and a PIN can be told apart from everything else."""
    people, hub = tmp_path / "people.yaml", tmp_path / "hub.yaml"
    text = files.PEOPLE.read_text("utf-8").replace("alias: Furu", f"alias: {ALIAS}")
    people.write_text(text.replace('pin: "2101"', f'pin: "{PIN}"'), "utf-8")
    said = files.HUB.read_text("utf-8").replace("nb: Noen som besøker meg", f"nb: {TOPIC}1")
    said = said.replace("nb: Klage på vedtak", f"nb: {TOPIC}2").replace(
        "nb: Vi har sendt deg et brev.", f"nb: {ANSWER}"
    )
    hub.write_text(said, "utf-8")
    data = tmp_path / "data"
    data.parent.mkdir(exist_ok=True)
    return data


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as office:
        yield office


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[House]:
    house = await House.open(tmp_path / "outside.db", StillClock().now, TOKEN)
    yield house
    await house.close()


async def joins(hub: WholeHub, telegram: House, chat: int, person: str) -> None:
    await hub[person].say("/kode")
    shown = await hub[person].shows("/start ")
    code = re.search(r"/start (\S+)", shown["text"])
    assert code
    await telegram.open_chat(chat, person, "staff")
    await telegram.say(chat, f"/start {code[1]}")
    await hub.until(lambda: "Velkommen" in str(telegram.chat(chat)), "a welcome outside")


async def the_inmate_writes_and_gets_answers(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", PIN)
    await kiosk.send_slip("NAV", f"{TOPIC}2")
    await kiosk.press("Ferdig")
    await hub["N1"].press("Svar uten møte", of="FJ-116")
    await hub["N1"].press("2", of="Hvilket svar skal")
    await hub["N1"].shows("FJ-116", ANSWER)
    await hub.settled()


async def the_officer_helps(hub: WholeHub) -> None:
    """Write on behalf, hand the answer over, and give a one-time code."""
    officer = hub["KB-A1"]
    await officer.say("/start")
    await officer.press("Skriv for noen")
    await officer.press(f"A01 {ALIAS}", of="Hvem skriver du for?")
    await officer.press("Ja, det er greit")
    await officer.press("Besøksvenner", of="snakke med?")
    await officer.press(f"{TOPIC}1", of="kan lese lappen")
    await hub.settled()
    await officer.say("/svar")
    await officer.shows(ANSWER)
    await hub.settled()


async def everybody_looks_at_the_theme_night(hub: WholeHub) -> str:
    """Let A01, who is on its list, read it at a screen, others at theirs, and the staff; return the board."""
    for number, pin in (("A01", PIN), ("B02", "2202")):
        kiosk = hub[f"K-{number[0]}"]
        await kiosk.sign_in(number, pin)
        home = await kiosk.shows("Hvem vil du snakke med?")
        for data in ("nights", "night:1"):
            await kiosk.press_raw(home["id"], data)
        await kiosk.shows("Gjeld og lønnstrekk", "Sted:")
        await hub.settled()
        assert number not in await kiosk.everything(), "nobody's number stands on a screen, not even one's own"
    for who in ("TK1", "KB-A1", "KB-B1", "G1", "VL"):
        await opens_each(hub, who, "night_list:1", "night_page:1", "evenings", "all_nights", "make_poster:1:nb")
    return (await hub.http.get("/board/week", params={"prison": "FJ"})).text


async def opens_each(hub: WholeHub, who: str, *pages: str) -> None:
    for data in pages:
        await hub[who].say("/start")
        start = await hub[who].shows("Hva vil du gjøre?")
        await hub.settled()
        await hub[who].press_raw(start["id"], data)
        await hub.settled()


async def everybody_looks(hub: WholeHub, telegram: House) -> None:
    """Let everybody open what their start page offers, in the house and outside."""
    for title, device in hub.devices.items():
        if not title.startswith("K-"):
            for line in ("/start", "/idag", "/lapper", "/svar", "/sendt"):
                await device.say(line)
    for chat in OUTSIDE:
        for line in ("/start", "/idag", "/lapper", "/svar", "/sendt"):
            await telegram.say(chat, line)
    await hub.settled()
    for chat in OUTSIDE:
        for message in list(telegram.room(chat).messages.values()):
            for button in [one.data for row in message.keyboard for one in row if one.data]:
                # A page may have moved down meanwhile, because of what was pressed on it before.
                if button.split(":")[0] in OPENED and message.id in telegram.room(chat).messages:
                    await telegram.press(chat, message.id, button)
    await hub.settled()


async def the_list_is_opened_outside(hub: WholeHub, telegram: House) -> None:
    for chat in OUTSIDE:
        message = next(each.id for each in telegram.room(chat).messages.values() if each.sender == "bot")
        for data in ("night_list:1", "unseat:1"):
            await telegram.press(chat, message, data)
    await hub.settled()


@pytest.mark.long
async def test_what_is_personal_stays_with_whom_it_is_for(
    tmp_path: Path, with_canaries: Path, office: PostOffice, telegram: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    settings = Settings(data=with_canaries, demo=True)
    await founding.create(settings, tmp_path / "hub.yaml", tmp_path / "people.yaml")
    smtp = Smtp("127.0.0.1", office.port, "samtalelapp@prison.example.org", Tls.NONE)
    clock = MovableClock(OPENS, lambda: OPENS)
    async with (
        served(telegram) as address,
        whole_hub(with_canaries, clock=clock, smtp=smtp, telegram_token=TOKEN, telegram_api_url=address) as hub,
    ):
        for chat, person in OUTSIDE.items():
            await joins(hub, telegram, chat, person)
        await the_inmate_writes_and_gets_answers(hub)
        await the_officer_helps(hub)
        board = await everybody_looks_at_the_theme_night(hub)
        await everybody_looks(hub, telegram)
        await the_list_is_opened_outside(hub, telegram)
        await hub.until(lambda: any("FJ-117" in each for each in office.told()), "letters")
        inside = {title: await device.everything() for title, device in hub.devices.items()}
    never = (ALIAS, TOPIC, ANSWER, PIN)
    outside = {f"{chat}": str(telegram.chat(chat)) for chat in OUTSIDE}
    outside["board"] = board
    outside["letters"] = office.raw.decode() + "".join(map(text_of, office.letters))
    assert {place: [each for each in never if each in told] for place, told in outside.items()} == {
        place: [] for place in outside
    }
    assert [each for each in ("FJ-116", "FJ-117") if each not in str(outside)] == []
    may_know = {"N1", "N2", "N3", "V1", "KB-A1", "SK1"}
    assert {place: told for place, told in outside.items() if re.search(r"\bA01\b", told)} == {}
    assert {title for title, told in inside.items() if ALIAS in told} <= may_know | {"TK1"}
    assert {title for title, told in inside.items() if ANSWER in told} <= {"N1", "KB-A1", "SK1"}
    assert {title for title, told in inside.items() if TOPIC in told} <= may_know
    assert [each for each in (*never, "A01", "B02") if each in caplog.text] == []
