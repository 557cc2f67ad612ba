"""Who may see which chat over HTTP: a device's cookie opens one chat, at one door, until it is ended."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.chats import NotThere, UploadedFile
from bot.gateway.doors import bodies, client
from bot.gateway.doors.answers import JoinedAlready, NotJoined, TooMany, refused_in_words, told
from bot.gateway.doors.limits import Buckets
from bot.gateway.doors.sight import Sight
from bot.gateway.doors.voice import Voice
from bot.gateway.events import Event, Reader
from bot.gateway.house import House

TOUCH_SECONDS = 300.0
MOST_STREAMS = 8
NOT_JOINED = "This browser is no device of the hub, or is none any more. Ask the hub for a code."


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that has joined: the one chat it may see, the kind of its door, and until when (aware, UTC)."""

    id: int
    chat: int
    kind: str
    until: datetime


@dataclass
class Doors:
    """Every device that may come in, by the stamp of its cookie; in memory, and kept up to date by ``follow``.

    The hub gives what only it can do: ``stamp`` hashes a cookie, ``redeem`` makes a cookie of a code at a kind of door
    or raises CodeRefused, ``end`` ends a device, ``touch`` notes that it was seen. ``now`` tells the time (aware, UTC).
    ``voice`` reads aloud.
    """

    stamp: Callable[[str], str]
    now: Callable[[], datetime]
    redeem: Callable[[str, str], Awaitable[str]]
    end: Callable[[int], Awaitable[None]]
    touch: Callable[[int], Awaitable[None]]
    voice: Voice = field(default_factory=Voice)
    presses: Buckets = field(default_factory=lambda: Buckets(20, 5))
    heard: Buckets = field(default_factory=lambda: Buckets(20, 3))
    tries: Buckets = field(default_factory=lambda: Buckets(10, 10 / 60))
    _devices: dict[str, Device] = field(default_factory=dict)
    _readers: dict[str, set[Reader]] = field(default_factory=dict)
    _touched: dict[int, float] = field(default_factory=dict)

    def follow(self, devices: Mapping[str, Device]) -> None:
        """Let these devices in, by stamp, and nobody else from now on; streams of all others end."""
        changed = {stamp for stamp in self._readers if devices.get(stamp) != self._devices.get(stamp)}
        self._devices = dict(devices)
        for stamp in changed:
            for reader in self._readers[stamp]:
                reader.end()
        known = {device.id for device in devices.values()}
        self._touched = {number: at for number, at in self._touched.items() if number in known}

    def device(self, stamp: str, kind: str) -> Device | None:
        """Return the device with this stamp, if it may come in at this kind of door now."""
        found = self._devices.get(stamp)
        return found if found and found.kind == kind and found.until > self.now() else None

    async def seen(self, device: Device) -> None:
        """Note now and then that a device is there."""
        loop_time = asyncio.get_running_loop().time()
        if loop_time - self._touched.get(device.id, -TOUCH_SECONDS) >= TOUCH_SECONDS:
            self._touched[device.id] = loop_time
            await self.touch(device.id)

    @asynccontextmanager
    async def listening(self, stamp: str, reader: Reader) -> AsyncIterator[None]:
        """Let the reader's stream end with its device."""
        readers = self._readers.setdefault(stamp, set())
        readers.add(reader)
        try:
            yield
        finally:
            readers.discard(reader)
            if not readers:
                self._readers.pop(stamp, None)

    def streams(self, stamp: str) -> int:
        """Return how many streams a device has open."""
        return len(self._readers.get(stamp, ()))


class OwnSight(Sight):
    """A device's sight: its own chat, looked up anew each time, so that an ended device sees nothing at once."""

    def __init__(self, house: House, doors: Doors, stamp: str, kind: str) -> None:
        super().__init__(house)
        self._doors, self._stamp, self._kind = doors, stamp, kind

    @property
    def found(self) -> Device | None:
        return self._doors.device(self._stamp, self._kind)

    @property
    def device(self) -> Device:
        """The device that asks; NotJoined when there is none any more."""
        if (device := self.found) is None:
            raise NotJoined(NOT_JOINED)
        return device

    @property
    def joined(self) -> bool:
        return self.found is not None

    def sees(self, chat_id: int) -> bool:
        return self.device.chat == chat_id

    def act(self) -> None:
        self._doors.presses.take(self.device.id, asyncio.get_running_loop().time())

    def listen(self) -> None:
        self._doors.heard.take(self.device.id, asyncio.get_running_loop().time())

    def document(self, file_id: str) -> UploadedFile:
        self.house.covers.check(self.device.chat)
        documents = (message.document for message in self.house.room(self.device.chat).messages.values())
        found = [document.upload for document in documents if document and document.file_id == file_id]
        if not found:
            raise NotThere("There is no such document; it may have been deleted with its message.")
        return found[0]

    @asynccontextmanager
    async def watch(self) -> AsyncIterator[Reader]:
        async with self.house.subscribe(self._concerns) as reader, self._doors.listening(self._stamp, reader):
            yield reader

    def check_streams(self) -> None:
        if self._doors.streams(self._stamp) >= MOST_STREAMS:
            raise TooMany(client.HEARTBEAT_SECONDS)

    def _concerns(self, event: Event) -> bool:
        device = self.found
        return device is not None and event.data.get("chat") == device.chat


@dataclass(frozen=True)
class Door:
    """The way in for one kind of device. ``secure``: who comes here comes over TLS. ``lifetime``: of its cookies."""

    house: House
    doors: Doors
    kind: str
    lifetime: timedelta
    secure: bool

    @property
    def cookie(self) -> str:
        """The cookie's name; a browser takes a ``__Host-`` one over TLS only, and from nobody but this host."""
        return f"{'__Host-' if self.secure else ''}samtalelapp-{self.kind}"

    def routes(self) -> list[Route]:
        return [
            *client.routes(self.look, self.doors.voice),
            Route("/client/device", self.tell),
            Route("/client/join", partial(_answer, self.join), methods=["POST"]),
            Route("/client/leave", partial(_answer, self.leave), methods=["POST"]),
        ]

    def _sight(self, request: Request) -> OwnSight:
        stamp = self.doors.stamp(request.cookies.get(self.cookie, ""))
        return OwnSight(self.house, self.doors, stamp, self.kind)

    async def look(self, request: Request) -> Sight:
        sight = self._sight(request)
        await self.doors.seen(sight.device)
        if request.url.path == "/client/events":
            sight.check_streams()
        return sight

    async def tell(self, request: Request) -> Response:
        found = self._sight(request).found
        down = found is not None and found.chat in self.house.covers
        away = self.house.covers.words.get(found.chat) if found else None
        joined = found is not None
        return client.device(self.kind, self.doors.voice, self.house.now(), joined=joined, down=down, away=away)

    async def join(self, request: Request) -> Response:
        """Make this browser a device, with a code that the hub gave out."""
        self.doors.tries.take(request.client.host if request.client else "", asyncio.get_running_loop().time())
        found = await bodies.fields(request, code=str)
        if self._sight(request).joined:
            raise JoinedAlready("This browser has joined already. Log out first.")
        token = await self.doors.redeem(found["code"], self.kind)
        answer = told({"ok": True})
        self._set_cookie(answer, token, self.lifetime)
        return answer

    async def leave(self, request: Request) -> Response:
        """End the device that asks."""
        await bodies.fields(request)
        await self.doors.end(self._sight(request).device.id)
        answer = told({"ok": True})
        self._set_cookie(answer, "", timedelta())
        return answer

    def _set_cookie(self, answer: Response, token: str, lives: timedelta) -> None:
        seconds = int(lives.total_seconds())
        answer.set_cookie(self.cookie, token, seconds, secure=self.secure, httponly=True, samesite="strict")


async def _answer(endpoint: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    return await refused_in_words(partial(endpoint, request))
