"""What only the demo has: a clock that can be moved, and the made-up numbers and PINs beside the devices."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import hubfile
from bot.clock import MovableClock
from bot.demo.files import HUB, PEOPLE
from bot.domain import calendar
from bot.domain.people import DUTIES, Person
from bot.domain.services import Hub, said_in
from bot.hubfile import Files, NewInmate

Posted = Callable[[Callable[[dict[str, Any]], Awaitable[Response]]], Callable[[Request], Awaitable[Response]]]
JUST_NOW = timedelta(minutes=1)
MOST_SECONDS = 400 * 24 * 3600
START = ("K-A", "N1")


@cache
def made_up() -> Files:
    """Return who works in the demo, and who lives there; its files are a part of this program and stay as they are."""
    return hubfile.read_files(HUB, PEOPLE)


@dataclass(frozen=True)
class Demo:
    """The demo's facts and its clock. ``move`` steps the hub through what is due; ``publish`` tells the pages."""

    hub: Hub
    clock: MovableClock
    inmates: tuple[NewInmate, ...]
    staff: tuple[Person, ...]
    chats: tuple[tuple[int, str, bool], ...]
    move: Callable[[datetime], Awaitable[None]]
    publish: Callable[[str, Mapping[str, Any]], None]

    def routes(self, posted: Posted) -> list[Route]:
        """Return the demo's routes, to stand beside the page's; ``posted`` reads what is sent, as the page's do."""
        return [Route("/demo", self.show), Route("/demo/clock", posted(self.move_clock), methods=["POST"])]

    async def show(self, _request: Request) -> JSONResponse:
        """Tell numbers, PINs, kiosks, who works here, the time, and where to jump."""
        return JSONResponse(
            {
                "now": self.clock.now().isoformat(),
                "timezone": self.hub.zone.key,
                "people": [_person(each) for each in self.inmates],
                "kiosks": [
                    {"chat": chat, "title": title, "unit": title[-1]} for chat, title, kiosk in self.chats if kiosk
                ],
                "staff": self._staff(),
                "start": [chat for chat, title, _ in self.chats if title in START],
                "jumps": self._jumps(),
            },
            headers={"Cache-Control": "no-store"},
        )

    def _staff(self) -> list[dict[str, Any]]:
        """Return who works here, in the order of hub.yaml, with their role and what they are there for."""
        chats = {title: chat for chat, title, kiosk in self.chats if not kiosk}
        here = [each for each in self.staff if each.id in chats]
        return [
            {"chat": chats[each.id], "role": str(each.role.name).lower(), "about": self._about(each)} for each in here
        ]

    def _about(self, person: Person) -> str:
        duties = DUTIES[person.role]
        if duties.advises:
            return ", ".join(said_in(self.hub.services[each].name, "nb") for each in sorted(person.services))
        return ", ".join(f"avdeling {unit}" for unit in sorted(person.units)) if duties.unit_in_id else ""

    def _jumps(self) -> list[dict[str, str]]:
        now = self.clock.now()
        today = calendar.today(self.hub, now)
        jumps = [
            ("Hopp til i dag 15.00", today, time(15)),
            ("Hopp til i morgen 07.30", today + timedelta(days=1), time(7, 30)),
        ]
        moments = [(label, calendar.at(self.hub, day, clock)) for label, day, clock in jumps]
        return [{"label": label, "to": moment.isoformat()} for label, moment in moments if moment > now]

    async def move_clock(self, sent: dict[str, Any]) -> Response:
        """Move the clock forward by seconds or to a moment, through everything that is due on the way."""
        try:
            to = self._target(sent)
        except (ValueError, TypeError, KeyError, OverflowError):
            return _refused('Send {"advance_seconds": 60} or {"to": "2027-01-14T07:30:00+01:00"}.')
        if to < self.clock.now() - JUST_NOW:
            return _refused("The clock only goes forward. Start afresh with: make demo RESET=1")
        if to - self.clock.now() > timedelta(seconds=MOST_SECONDS):
            return _refused("That is more than 400 days at once. Move in smaller steps.")
        await self.move(to)
        now = {"now": self.clock.now().isoformat()}
        self.publish("clock", now)
        return JSONResponse(now)

    def _target(self, body: dict[str, Any]) -> datetime:
        if "to" not in body:
            return self.clock.now() + timedelta(seconds=float(body["advance_seconds"]))
        to = datetime.fromisoformat(body["to"])
        return to if to.tzinfo else to.replace(tzinfo=self.hub.zone)


def _person(new: NewInmate) -> dict[str, str]:
    inmate = new.inmate
    return {"number": inmate.id, "pin": new.pin, "unit": inmate.unit, "language": inmate.language}


def _refused(why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status_code=400)
