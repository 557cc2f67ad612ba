"""The hub that is measured: the demo prison, with as many kiosks and people as the load needs."""

from dataclasses import replace
from pathlib import Path

from bot import founding, rights
from bot.config import Settings
from bot.demo import files
from bot.domain.people import Person, Role
from bot.store import chats
from bot.store import people as rows_of_people
from bot.store.database import Database
from bot.usecases.opening import FIRST_KIOSK_CHAT, FIRST_STAFF_CHAT

STAFF = 7
FIRST_OF_CROWD = 5001
NEWS = "NAV er her torsdag."
PIN = "1357"
FIRST_NUMBER = 40
MORE_TIMES = """
timetable:
  from: 2027-01-11
  until: 2028-12-22
  patterns:
"""
EVERY_DAY = """
    - {{ service: nav, advisers: [N1], room: R1, day: {day}, hours: ["08:00-12:00", "13:00-19:00"], minutes: 30 }}
"""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def inmate(number: int) -> str:
    """Return who stands at a kiosk of the load."""
    return f"A{FIRST_NUMBER + number}"


def kiosk_chats(kiosks: int) -> range:
    """Return the house network's chats of the kiosks."""
    return range(FIRST_KIOSK_CHAT, FIRST_KIOSK_CHAT + kiosks)


def staff_chats() -> range:
    """Return the house network's chats of the advisers."""
    return range(FIRST_STAFF_CHAT, FIRST_STAFF_CHAT + STAFF)


def crowd_chats(size: int) -> range:
    """Return the house network's chats of a crowd."""
    return range(FIRST_OF_CROWD, FIRST_OF_CROWD + size)


def member(number: int) -> str:
    """Return who reads one of the crowd's chats."""
    return f"P{FIRST_OF_CROWD + number}"


async def with_crowd(folder: Path, kiosks: int, size: int) -> Settings:
    """Make a hub with so many kiosks, and with so many more of the staff."""
    settings = await with_kiosks(folder, kiosks)
    async with await Database.open(settings.database) as database, database.transaction() as tx:
        for number, chat in enumerate(crowd_chats(size)):
            person = Person(member(number), Role.PROVIDER, member(number), "nb", frozenset({"helse"}))
            await rows_of_people.add_person(tx, person)
            await chats.link_person(tx, "house", chat, person.id)
    return settings


async def with_kiosks(folder: Path, kiosks: int) -> Settings:
    """Make a hub with so many kiosks, and somebody with one waiting slip for each."""
    hub = files.HUB.read_text("utf-8").replace("\nkiosks:\n", f"\nkiosks:\n{_kiosks(kiosks)}").replace(_DEMO_KIOSKS, "")
    people = files.PEOPLE.read_text("utf-8").replace("\ninmates:\n", f"\ninmates:\n{_inmates(kiosks)}")
    return await _create(folder, hub, people.replace("\nslips:\n", f"\nslips:\n{_slips(kiosks)}"))


async def with_times(folder: Path) -> Settings:
    """Make a hub with one kiosk and two years of an adviser's times."""
    hub = files.HUB.read_text("utf-8").partition("timetable:")[0].replace("daily_cap: 8", "daily_cap: 40")
    patterns = "".join(EVERY_DAY.format(day=day) for day in DAYS)
    return await _create(folder, hub + MORE_TIMES.lstrip() + patterns, f"inmates:\n{_inmates(1)}")


async def _create(folder: Path, hub: str, people: str) -> Settings:
    folder.mkdir(mode=0o700, parents=True)
    settings = replace(Settings(data=folder), demo=True)
    people_file = folder / "people.yaml"
    with rights.private():
        settings.hub.write_text(hub, "utf-8")
        people_file.write_text(people, "utf-8")
    await founding.create(settings, settings.hub, people_file)
    return settings


_DEMO_KIOSKS = "".join(f"  K-{unit}: {{ unit: {unit}, language: nb }}\n" for unit in "ABCN")


def _kiosks(kiosks: int) -> str:
    return "".join(f"  L-{number}: {{ unit: A, language: nb }}\n" for number in range(kiosks))


def _inmates(people: int) -> str:
    return "".join(
        f'  {inmate(number)}: {{ alias: Nr{number}, unit: A, language: nb, pin: "{PIN}" }}\n'
        for number in range(people)
    )


def _slips(people: int) -> str:
    waits = "service: nav, topic: arbeid, state: waiting, sent: 2027-01-11 09:20"
    return "".join(f"  FJ-{900 + number}: {{ inmate: {inmate(number)}, {waits} }}\n" for number in range(people))
