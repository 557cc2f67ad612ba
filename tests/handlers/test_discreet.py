"""The discreet rule: every kind of message, on a network that leaves the house and inside it, with telling facts."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot import hubfile
from bot.demo import files
from bot.demo.files import OPENS
from bot.store import people
from handlers import tables
from tests.catalogues import extract, read
from tests.journeys.test_j01_happy_path import personal
from tests.post_office import post_office
from tests.test_changing_staff import change
from tests.test_letters_journey import smtp_of, with_mailbox
from tests.whole_hub import Device, WholeHub, new_hub, whole_hub

STAFF_CHATS = range(200, 300)
WRITTEN_FOR_STAFF = (
    "handlers/cards.py",
    "handlers/reminders.py",
    "handlers/people.py",
    "handlers/promises.py",
    "handlers/owners.py",
    "handlers/accounts.py",
)
IN_MENUS = {line.menu for line in tables.HANDLERS if line.menu}
"""Said in no message: these describe commands, whoever reads them."""
PLACE = re.compile(r"\\\{\w+\\\}")


@dataclass
class Shown:
    """Everything that was ever shown in the chats of staff, also for a moment."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)

    def add(self, message: dict[str, Any]) -> None:
        if message["sender"] == "bot":
            buttons = [button for row in message["buttons"] for button in row]
            self.texts.append(message["text"])
            self.labels += [button["text"] for button in buttons]
            self.data += [button["data"] for button in buttons]

    @property
    def lines(self) -> set[str]:
        return {line for text in [*self.texts, *self.labels] for line in text.splitlines()}


@asynccontextmanager
async def watched(hub: WholeHub) -> AsyncIterator[Shown]:
    """Look over the shoulders of all staff."""
    shown = Shown()
    assert hub.running.house is not None
    async with hub.running.house.subscribe() as reader:

        async def watch() -> None:
            async for event in reader:
                assert event.kind != "reload", "events were missed"
                if event.data.get("chat") in STAFF_CHATS and "message" in event.data:
                    shown.add(event.data["message"])
                if event.data.get("chat") in STAFF_CHATS and "alert" in event.data:
                    shown.texts.append(event.data["alert"]["text"])

        watching = asyncio.create_task(watch())
        yield shown
        await hub.settled()
        await asyncio.sleep(0.05)
        watching.cancel()
        await asyncio.wait({watching})
        if not watching.cancelled():
            watching.result()


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return OPENS.replace(month=month, day=day, hour=hour, minute=minute)


async def own_slip(kiosk: Device, number: str, pin: str, code: str) -> None:
    await kiosk.sign_in(number, pin)
    await kiosk.press("Mine samtaler")
    await kiosk.press(code, of="📋 Mine samtaler")


def leaves_house(hub: WholeHub) -> bool:
    return hub.running.turns.networks["house"].leaves_house


async def four_weeks(hub: WholeHub) -> None:
    """Bring about every kind of message that the hub has for its advisers."""
    await hub.settled()
    await what_is_typed(hub)
    await a_talk_that_did_not_happen(hub)
    await a_slip_at_the_wrong_service(hub)
    await a_day_that_becomes_free(hub)
    await after_the_last_day_of_the_timetable(hub)
    await whom_nothing_reaches(hub)


async def what_is_typed(hub: WholeHub) -> None:
    n1 = hub["N1"]
    for words in ("/hjelp", "/kode", "/idag", "/lapper", "hva nå?", "/start feil-kode"):
        await n1.say(words)
    code = (await n1.shows("Den virker én gang"))["text"].partition("/start ")[2].split()[0]
    await n1.say(f"/start {code}")
    await n1.say(f"/start {code}")
    await n1.shows("Denne koden er brukt allerede.")


async def a_talk_that_did_not_happen(hub: WholeHub) -> None:
    kiosk, n1, n2 = hub["K-A"], hub["N1"], hub["N2"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("NAV")
    await kiosk.press("Klage på vedtak")
    await kiosk.press("Velg tid")
    await kiosk.press("kl. 09.00")
    await kiosk.press("Send")
    await kiosk.shows("FJ-116")
    await kiosk.press("Ferdig")
    await hub.settled()
    await n1.press("Sett tid", of="Ny samtalelapp FJ-116")
    await n1.press("Tilbake", of="FJ-116")
    await n1.press("Hører til andre", of="FJ-116")
    await n1.press("Tilbake", of="FJ-116")
    await n2.press("Ta over", of="FJ-116")
    await n2.press("Sett tid", of="FJ-116")
    await n2.press("kl. 09.00", of="FJ-116")
    await n2.shows("✅ Samtale torsdag 14. januar kl. 09.00")
    await hub.settled()
    await n2.press_raw((await n2.shows("✅ Samtale torsdag 14. januar kl. 09.00"))["id"], "held:FJ-116:4")
    await hub.to(at(13, 15))
    await hub.to(at(14, 7, 30))
    await n2.say("/idag")
    await hub.to(at(14, 9, 31))
    await n2.press("Ble ikke noe av", of="FJ-116")
    await n2.press("Ikke oppgitt" if leaves_house(hub) else "Syk", of="FJ-116")
    await own_slip(kiosk, "A01", "2101", "FJ-116")
    await kiosk.press("Nei takk")
    await kiosk.press("Ferdig")
    await hub.to(at(14, 10, 31))
    await n1.press("Holdt", of="FJ-105")


async def a_slip_at_the_wrong_service(hub: WholeHub) -> None:
    kiosk, g1 = hub["K-A"], hub["G1"]
    await kiosk.sign_in("A02", "2102")
    assert await kiosk.send_slip("Økonomi og gjeld", "Brev jeg har fått") == "FJ-117"
    await kiosk.press("Ferdig")
    await g1.press("Hører til andre", of="FJ-117")
    to, receiver = ("Sosialkonsulenten", "SK1") if leaves_house(hub) else ("NAV", "N3")
    await g1.press(to, of="FJ-117")
    await hub.to(at(19, 9))
    await hub.to(at(21, 15))
    await own_slip(kiosk, "A02", "2102", "FJ-117")
    await kiosk.press("Trekk lappen tilbake")
    await kiosk.press("Ja, trekk tilbake")
    await hub[receiver].shows("FJ-117", "Trukket tilbake")
    await kiosk.press("Ferdig")


async def a_day_that_becomes_free(hub: WholeHub) -> None:
    kiosk, n1 = hub["K-A"], hub["N1"]
    await own_slip(hub["K-B"], "B13", "2213", "FJ-108")
    await hub["K-B"].press("Trekk lappen tilbake")
    await hub["K-B"].press("Ja, trekk tilbake")
    await hub["K-B"].press("Ferdig", of="Lappen er trukket tilbake")
    await kiosk.sign_in("A03", "2103")
    assert await kiosk.send_slip("NAV") == "FJ-118"
    await kiosk.press("Ferdig")
    await n1.press("Sett tid", of="FJ-118")
    await n1.press("kl. 09.00", of="FJ-118")
    for day in (25, 28):
        await hub.to(at(day, 12))
    await hub.to(at(3, 15, month=2))
    await hub["N1"].shows("Påminnelse for torsdag 4. februar", "FJ-118")
    await own_slip(kiosk, "A03", "2103", "FJ-118")
    await kiosk.press("Trekk lappen tilbake")
    await kiosk.press("Ja, trekk tilbake")
    await hub["N1"].shows("torsdag 4. februar: ingen samtaler")
    await kiosk.press("Ferdig")


async def after_the_last_day_of_the_timetable(hub: WholeHub) -> None:
    kiosk, n2 = hub["K-A"], hub["N2"]
    await hub.to(at(5, 15, month=2) + timedelta(hours=1))
    await kiosk.sign_in("A01", "2101")
    assert await kiosk.send_slip("NAV", "Klage på vedtak") == "FJ-119"
    await n2.press("Sett tid", of="FJ-119")
    await n2.shows("FJ-119", "Det er ingen ledig tid i timeplanen.")


async def blocks(hub: WholeHub, chat: int) -> None:
    """Let a network tell that the bot was blocked in a chat."""
    bot = {"id": 1, "is_bot": True, "first_name": "Samtalelapp"}
    user = {"id": chat, "is_bot": False, "first_name": "?"}
    old, new = {"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}
    change = {"from": user, "date": 1, "old_chat_member": old, "new_chat_member": new}
    assert hub.running.house is not None
    chat_of_user = {"id": chat, "type": "private", "first_name": "?"}
    await hub.running.house.receive({"my_chat_member": {**change, "chat": chat_of_user}})


async def whom_nothing_reaches(hub: WholeHub) -> None:
    kiosk, told, g1 = hub["K-A"], hub["SK1"], hub["G1"]
    async with hub.running.database.transaction() as tx:
        await people.link_person(tx, "house", STAFF_CHATS[-1], "N3")
    await kiosk.press("Ferdig")
    await kiosk.sign_in("A02", "2102")
    assert await kiosk.send_slip("Økonomi og gjeld", "Brev jeg har fått") == "FJ-120"
    await g1.shows("FJ-120")
    for chat in (hub["N2"].chat, g1.chat, hub["K-C"].chat, STAFF_CHATS[-1]):
        await blocks(hub, chat)
    await told.shows("lapp er åpen for kollegene igjen")
    await told.shows("Ingen kan nås for 1 lapp")
    await told.shows("En kiosk får ikke lenger meldinger")
    await told.shows("En annen samtale med dem virker")
    await kiosk.press("Tilbake")
    await kiosk.send_slip("Økonomi og gjeld", "Brev jeg har fått")
    await told.shows("Ingen kan nås for FJ-121")
    await g1.say("/hjelp")
    await told.shows("FJ-121, avdeling A: noen kan nås igjen")
    await hub["K-C"].press("English")
    await told.shows("En kiosk får meldinger på Samtalelapp igjen")


async def let_the_house_leave_the_house(hub: WholeHub) -> None:
    """Treat the house network as one that leaves the house, and write every card anew."""
    await hub.settled()
    hub.running.turns.networks["house"].leaves_house = True
    async with hub.running.turns.begin() as turn:
        await tables.open_up(hub.running.dispatch.application, turn)
    await hub.settled()


def forms_of(text: object) -> tuple[str, ...]:
    """Return a sentence's plural forms, or the sentence."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


def kinds_not_shown(shown: Shown) -> set[str]:
    """Return the sentences for advisers that the four weeks did not bring about."""
    norwegian = {forms_of(message.id)[0]: forms_of(message.string) for message in read("nb")}
    missing = set()
    for message in extract():
        name = forms_of(message.id)[0]
        if not name or name in IN_MENUS or not any(place in WRITTEN_FOR_STAFF for place, _ in message.locations):
            continue
        forms = norwegian[name]
        patterns = [re.compile(PLACE.sub(".+", re.escape(form))) for form in forms]
        if not any(pattern.fullmatch(line) for pattern in patterns for line in shown.lines):
            missing.add(name)
    return missing


def patterns(*places: str) -> dict[str, list[re.Pattern[str]]]:
    """Return the Norwegian sentences of some files, each as it may be filled."""
    norwegian = {forms_of(message.id)[0]: forms_of(message.string) for message in read("nb")}
    names = [forms_of(each.id)[0] for each in extract() if {place for place, _ in each.locations} & set(places)]
    return {name: [re.compile(PLACE.sub(".+", re.escape(form))) for form in norwegian[name]] for name in names if name}


def unsaid(sentences: dict[str, list[re.Pattern[str]]], lines: set[str]) -> set[str]:
    return {
        name for name, forms in sentences.items() if not any(form.fullmatch(line) for form in forms for line in lines)
    }


@cache
def own_services() -> re.Pattern[str]:
    services = hubfile.read_hub(files.HUB).hub.services.values()
    return re.compile("|".join(rf"\b{re.escape(text)}\b" for service in services for text in service.name.values()))


async def test_what_leaves_the_house_says_code_unit_time_and_place_and_nothing_else(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await let_the_house_leave_the_house(hub)
        async with watched(hub) as shown:
            await four_weeks(hub)
        assert kinds_not_shown(shown) == {
            "{number} {alias}, speaks {language}",
            "About: {topic}",
            "It is with {service} now.",
            "Because: {reason}.",
            "Did not want to now",
            "Ill",
            "There was no escort",
            "The adviser could not",
            "The kiosk is {kiosk}.",
            "Nobody at {service} can be reached now.",
            "Service: {service}.",
        }
        said = [*shown.texts, *shown.labels, *shown.data]
        assert {found for text in said for found in personal().findall(text)} == set()
        assert {found for text in shown.texts for found in own_services().findall(text)} == set()
        assert {text for text in shown.texts if "Syk" in text} == set()


async def test_inside_the_house_the_adviser_who_answers_knows_who_and_what_about(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        async with watched(hub) as shown:
            await four_weeks(hub)
        assert kinds_not_shown(shown) == set()
        told = {found for text in shown.texts for found in personal().findall(text)}
        assert {"A01", "Furu", "A02", "Gran", "Klage på vedtak", "Veileder N1", "Veileder N2"} <= told
        assert {"Den er hos NAV nå.", "Grunn: Syk."} <= shown.lines


async def test_a_letter_says_code_unit_time_place_and_our_phone_and_nothing_else(tmp_path: Path) -> None:
    """Everybody has a mailbox besides their chat, so that every kind of message is wanted for a one-way reader too."""
    await new_hub(tmp_path)
    for person in ("N1", "N2", "N3", "G1", "H1", "SK1"):
        change(tmp_path, with_mailbox(person, f"{person.lower()}@example.org"))
    async with post_office() as office, whole_hub(tmp_path, smtp=smtp_of(office)) as hub:
        await four_weeks(hub)
        await hub.settled()
        assert await hub.rows("SELECT DISTINCT buttons FROM messages WHERE network = 'email'") == [{"buttons": "[]"}]
    lines = {line for text in office.told() for line in text.splitlines()}
    own = patterns("handlers/letters.py")
    day = {name: forms for name, forms in patterns("handlers/reminders.py").items() if "no talks" not in name}
    assert unsaid(own | day, lines) == set()
    sayable = [form for forms in (own | day).values() for form in forms]
    assert {line for line in lines if not any(form.fullmatch(line) for form in sayable)} == set()
    assert {found for text in office.told() for found in personal().findall(text)} == set()
    assert {found for text in office.told() for found in own_services().findall(text)} == set()
    assert {len(text.splitlines()) <= 12 for text in office.told()} == {True}
