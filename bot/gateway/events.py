"""What pages are told while it happens; a page that does not keep up is told to load anew."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

QUEUE_LENGTH = 256


@dataclass(frozen=True)
class Event:
    kind: str
    data: Mapping[str, Any]

    @cached_property
    def frame(self) -> bytes:
        """The event as a server-sent event, made once for all readers."""
        return f"event: {self.kind}\ndata: {json.dumps(self.data, separators=(',', ':'))}\n\n".encode()


Wants = Callable[[Event], bool]


def everything(_event: Event) -> bool:
    return True


class Reader:
    """One page's bounded queue of what it wants to hear."""

    def __init__(self, length: int, wants: Wants = everything) -> None:
        self._length = length
        self._wants = wants
        self._queue: deque[Event] = deque()
        self._news = asyncio.Event()
        self._ended = False

    def put(self, event: Event) -> None:
        if not self._wants(event):
            return
        if len(self._queue) >= self._length:
            self._queue.clear()
            event = Event("reload", {})
        self._queue.append(event)
        self._news.set()

    def end(self) -> None:
        self._ended = True
        self._news.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        while not self._queue and not self._ended:
            self._news.clear()
            await self._news.wait()
        if self._ended:
            raise StopAsyncIteration
        return self._queue.popleft()


class Events:
    def __init__(self) -> None:
        self._readers: set[Reader] = set()
        self._stopped = False

    def __len__(self) -> int:
        return len(self._readers)

    def publish(self, kind: str, data: Mapping[str, Any]) -> None:
        event = Event(kind, data)
        for reader in self._readers:
            reader.put(event)

    @asynccontextmanager
    async def subscribe(self, wants: Wants = everything, length: int = QUEUE_LENGTH) -> AsyncIterator[Reader]:
        reader = Reader(length, wants)
        if self._stopped:
            reader.end()
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    def stop(self) -> None:
        self._stopped = True
        self.end_all()

    def end_all(self) -> None:
        """End what everybody hears; whoever comes again hears anew."""
        for reader in self._readers:
            reader.end()
