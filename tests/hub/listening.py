"""A device's stream, kept open, and what it tells."""

import asyncio

from tests.hub.whole_hub import Device
from tests.patience import Looks, until


class listening:  # noqa: N801  reads as a verb where it is used
    """Keep a device's stream open and note what it tells."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.heard: list[tuple[str, str]] = []
        self.ended = asyncio.Event()
        self._opened = asyncio.Event()

    async def __aenter__(self) -> list[tuple[str, str]]:
        self._task = asyncio.create_task(self._listen())
        await until(self._opened.is_set, "the stream is open")
        return self.heard

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def hears(self, words: str) -> None:
        """Wait until the stream has told these words, and so everything that was told before."""
        async for _ in Looks():
            if any(words in data for _kind, data in self.heard):
                return
        raise AssertionError(f"the stream never told {words!r}, but {self.heard}")

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
