"""The largest prison that `check` accepts: full of the longest names, and everybody has something on the same day."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.demo.files import OPENS
from bot.domain import sizes
from bot.domain.notices.notices import LONGEST as LONGEST_NOTICE
from bot.domain.notices.notices import Notice, name_of
from bot.domain.notices.notices import State as NoticeState
from bot.domain.people import Inmate
from bot.domain.services import Hub
from bot.domain.slips.slips import Slip, State
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.sign_ups import State as Seat
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking, Outcome
from bot.hubfile.words import BUTTON_LENGTH
from bot.store import bookings, broadcasts, closings, notices, people, sign_ups, slips, theme_nights
from bot.store.database import Transaction

NOW = OPENS
UNITS = [f"U{letter}" for letter in "ABCDEFGHIJKL"][: sizes.MOST["units"]]
SERVICES = ["sos", *(f"service{letter}x" for letter in "abcdefghijklmnopqrstuvw")][: sizes.MOST["services"]]
ROOMS = ["CELL", *(f"ROO{number:02}" for number in range(1, sizes.MOST["rooms"]))]
OFFICER, LEADER, COORDINATOR, SOCIAL = "KB0001", "VL0001", "TK0001", "SK0001"
STAFF = {
    OFFICER: "officer",
    LEADER: "duty_leader",
    COORDINATOR: "coordinator",
    SOCIAL: "social_adviser",
    "AD0001": "admin",
    "RE0001": "auditor",
}
ROOM_LEFT = 1
"""How many more of the staff and inmates there is room for, so that the pages on which one is added are there."""

PROVIDERS = [f"NA{number:04}" for number in range(sizes.MOST["staff"] - ROOM_LEFT - len(STAFF))]
KIOSKS = [f"K-{number:06}" for number in range(sizes.MOST["kiosks"])]
CLOSED = KIOSKS[1:]
"""The screens that take no codes after too many wrong ones."""

NIGHTS, NOTICES = 30, 24


def texts(start: str, longest: int) -> dict[str, str]:
    """Return a text as long as can be, in both languages."""
    return {language: f"{start} {language} ".ljust(longest, "å") for language in ("nb", "en")}


def described() -> dict[str, Any]:
    """Write the hub as hub.yaml says it."""
    return {
        "name": "Fengselet".ljust(sizes.LONGEST_PRISON, "å"),
        "prefix": "FJO",
        "prisons": {"NVA": "Nordvik".ljust(sizes.LONGEST_PRISON, "å"), "NVB": "Søråsen".ljust(40, "å")},
        "zone": "Europe/Oslo",
        "languages": ["nb", "en"],
        "triage": "sos",
        "phone": "00 00 01 16",
        "units": {unit: _unit(at, unit) for at, unit in enumerate(UNITS)},
        "rooms": {room: _room(room) for room in ROOMS},
        "services": {service: _service(service) for service in SERVICES},
        "staff": {
            **{key: _person(key, role, ["sos"]) for key, role in STAFF.items()},
            **{key: _person(key, "provider", SERVICES[1:]) for key in PROVIDERS},
        },
        "kiosks": {kiosk: {"unit": UNITS[number % 12], "language": "nb"} for number, kiosk in enumerate(KIOSKS)},
        "answers": {f"answer{number:04}": texts("Svar", 80) for number in range(sizes.MOST["answers"])},
        "staffing": [{"hours": f"{hour:02}:00-{hour + 1:02}:00", "staff": "3"} for hour in range(7, 21)],
        "timetable": {"from": "2027-01-11", "until": "2027-02-05", "patterns": list(_patterns())},
    }


def _unit(at: int, unit: str) -> dict[str, Any]:
    prison = {10: "NVA", 11: "NVB"}.get(at, "FJO")
    return {"name": f"{unit} ".ljust(40, "å"), "doors": ["06:00-22:00"], "prison": prison}


def _room(room: str) -> dict[str, Any]:
    more = {"exclusive": "false", "cell": "true"} if room == "CELL" else {"capacity": "500"}
    return {"name": texts(room, 40), "units": UNITS, **more}


def _service(service: str) -> dict[str, Any]:
    return {
        "name": texts(service, BUTTON_LENGTH - 2),
        "icon": "🧭",
        "about": texts("Om", 600),
        "promise": "5",
        "bookable": str(service != "sos").lower(),
        "readers": texts("Leserne", 80),
        "topics": {f"topic{number:05}": texts("Tema", BUTTON_LENGTH) for number in range(sizes.MOST_TOPICS)},
    }


def _person(key: str, role: str, services: list[str]) -> dict[str, Any]:
    return {"name": texts(key, 40), "role": role, "services": services, "units": UNITS}


def _patterns() -> list[dict[str, Any]]:
    """Fill each day: half of its sessions in rooms, half in the cells, each with an adviser of its own."""
    found = []
    for number in range(sizes.MOST_SESSIONS_A_DAY):
        in_cells, later = number % 2, number // 2 % 2
        room = "CELL" if in_cells else ROOMS[1 + number // 4]
        service = SERVICES[1 + number % (len(SERVICES) - 1)]
        hours = "14:00-22:00" if later else "06:00-14:00"
        at = {"service": service, "advisers": [PROVIDERS[number]], "room": room, "hours": [hours], "minutes": "30"}
        found += [{**at, "day": day} for day in ("monday", "tuesday", "wednesday", "thursday", "friday")]
    return found


def write(folder: Path) -> Path:
    """Write hub.yaml."""
    path = folder / "hub.yaml"
    path.write_text(json.dumps(described(), ensure_ascii=False, indent=1), "utf-8")
    return path


def inmates() -> list[Inmate]:
    """Return everybody, with one officer and the longest aliases."""
    numbers = [f"{unit}{number:02}" for number in range(99) for unit in UNITS][: sizes.MOST["inmates"] - ROOM_LEFT]
    alias = "Vik".ljust(sizes.LONGEST_ALIAS, "å")
    return [Inmate(each, each[:2], alias, "nb", OFFICER, 2, interpreter=True) for each in numbers]


async def fill(tx: Transaction, hub: Hub) -> None:
    """Let everybody have a talk today, a slip that waits beyond its promise, a place at a night and news of both.

    All kiosks but one have closed.
    """
    everybody = inmates()
    for each in everybody:
        await people.add_inmate(tx, each, None)
    await _talks(tx, hub, everybody)
    await _waiting(tx, everybody)
    await _of_one(tx, everybody[0])
    await _nights(tx, everybody)
    for number in range(NOTICES):
        told = name_of(await notices.add(tx, _notice(number)))
        await broadcasts.add(tx, told, COORDINATOR, NOW, [*STAFF, *PROVIDERS], KIOSKS)
    for kiosk in CLOSED:
        await closings.close(tx, kiosk, NOW)
    await tx.run(
        "INSERT INTO devices (stamp, person, joined, seen) SELECT 'p' || id, id, :now, :now FROM people", now=_text()
    )
    await tx.run(
        "INSERT INTO devices (stamp, kiosk, joined, seen) SELECT 'k' || id, id, :now, :now FROM kiosks", now=_text()
    )


def _text() -> str:
    return "2027-01-13T08:00:00+00:00"


async def _talks(tx: Transaction, hub: Hub, everybody: list[Inmate]) -> None:
    today = [each for each in hub.sessions if each.day == NOW.date()]
    slots = [slot for session in today for slot in timetable.slots_of(hub, session)]
    for number, (inmate, slot) in enumerate(zip(everybody, slots, strict=False)):
        code = f"FJO-{9000000 + number}"
        slip = _slip(code, inmate, slot.service, state=State.BOOKED, adviser=slot.adviser, news=True)
        await slips.add(tx, slip)
        booking = Booking(code, inmate.id, inmate.unit, slot, Outcome.LIVE)
        await bookings.add(tx, booking, 1, (), NOW)


async def _waiting(tx: Transaction, everybody: list[Inmate]) -> None:
    for number, inmate in enumerate(everybody):
        await slips.add(tx, _slip(f"FJO-{8000000 + number}", inmate, "sos", broken=1, news=True))
        provided = SERVICES[1 + number % 23]
        await slips.add(tx, _slip(f"FJO-{7000000 + number}", inmate, provided, written_by=OFFICER))


async def _of_one(tx: Transaction, inmate: Inmate) -> None:
    for number, service in enumerate(SERVICES * 3):
        state = State.HELD if number > 23 else State.WAITING
        await slips.add(tx, _slip(f"FJO-{6000000 + number}", inmate, service, state=state))


def _slip(code: str, inmate: Inmate, service: str, **changes: Any) -> Slip:
    known: dict[str, Any] = {
        "code": code,
        "inmate": inmate.id,
        "unit": inmate.unit,
        "service": service,
        "topic": "topic00001",
        "wish": None,
        "adviser": None,
        "state": State.WAITING,
        "sent_at": NOW - timedelta(days=6),
        "answer_by": NOW + timedelta(hours=5),
        "half_at": NOW - timedelta(days=2),
        "last_at": NOW - timedelta(days=2),
    }
    return Slip(**{**known, **changes})


async def _nights(tx: Transaction, everybody: list[Inmate]) -> None:
    for number in range(NIGHTS):
        night = await theme_nights.add(tx, _night(number))
        line = everybody if number == 0 else everybody[:5]
        for place, inmate in enumerate(line, start=1):
            await sign_ups.save(tx, _sign_up(night, inmate, place))


def _sign_up(night: int, inmate: Inmate, place: int) -> SignUp:
    state = (Seat.SEATED, Seat.WAITING, Seat.OFFERED)[place % 3]
    seat = None if state is Seat.WAITING else place
    until = NOW + timedelta(hours=3) if state is Seat.OFFERED else None
    return SignUp(
        night, inmate.id, inmate.unit, state, place, NOW, seat=seat, unit_seat=seat, offer_until=until, news=True
    )


def _night(number: int) -> ThemeNight:
    starts = NOW + timedelta(minutes=30) + timedelta(days=number)
    return ThemeNight(
        id=0,
        prison="FJO",
        state=ThemeNightState.PUBLISHED,
        revision=1,
        service=SERVICES[1],
        topic=texts(f"Tema {number}", 60),
        about=texts("Om", 300),
        host="Vert".ljust(40, "å"),
        room=ROOMS[1],
        starts=starts,
        ends=starts + timedelta(hours=1),
        seats=500,
        units=tuple(UNITS[:10]),
        closes=starts - timedelta(minutes=5),
        made_by=COORDINATOR,
        made_at=NOW,
        caps={},
    )


def _notice(number: int) -> Notice:
    return Notice(
        id=0,
        prison="FJO",
        state=NoticeState.PUBLISHED,
        revision=1,
        texts=texts(f"Oppslag {number}", LONGEST_NOTICE),
        units=tuple(UNITS),
        staff=("OFFICER", "PROVIDER"),
        starts=NOW - timedelta(hours=1),
        ends=NOW + timedelta(days=7),
        made_by=COORDINATOR,
        made_at=NOW,
        urgent=number % 2 == 0,
        service=SERVICES[1],
    )
