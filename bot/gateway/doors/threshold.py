"""Whether the doors are open: once a bot minds them, only while it has said so, and is there."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_SILENCE = 3.0
"""Seconds that a bot in another process may be without a poll before it counts as gone."""


class NotReady(Exception):
    """The hub is starting, or is not there: nothing is shown, and nothing is taken in."""

    def __init__(self) -> None:
        super().__init__("Et øyeblikk. / One moment.")


class Threshold:
    """Open until somebody minds the doors: whoever serves a house apart from its bot shuts them first.

    ``shut`` is called when the doors close: whoever looks on must see no more.
    """

    def __init__(self, shut: Callable[[], None]) -> None:
        self._shut = shut
        self._passing: re.Pattern[str] | None = None
        self._opened = True
        self._there = True
        self._minded = False
        self._polls = 0
        self._silence: asyncio.TimerHandle | None = None

    @property
    def is_open(self) -> bool:
        return self._opened and self._there

    def check(self) -> None:
        """Refuse whoever comes while the doors are shut."""
        if not self.is_open:
            raise NotReady

    def open(self, passing: re.Pattern[str] | None = None) -> None:
        """Let people in. ``passing`` is how begins what is pressed or typed and must stay in memory alone."""
        self._passing, self._opened, self._minded = passing, True, True

    def close(self) -> None:
        self._opened, self._minded = False, True
        self._shut()

    def passes(self, said: str) -> bool:
        """Say whether this must not be written, pressed or typed."""
        return self._passing is not None and self._passing.match(said.lstrip()) is not None

    @contextmanager
    def polling(self) -> Iterator[None]:
        """While it waits for updates, and for a while after, a bot in another process is there."""
        self._end_silence()
        self._there = True
        self._polls += 1
        try:
            yield
        finally:
            self._polls -= 1
            self._end_silence()
            if not self._polls:
                self._silence = asyncio.get_running_loop().call_later(LONGEST_SILENCE, self.lose)

    def lose(self) -> None:
        """The bot is gone: nobody would lock a screen any more."""
        self._end_silence()
        if self._minded:
            self._there = False
            self._shut()

    def _end_silence(self) -> None:
        if self._silence:
            self._silence.cancel()
            self._silence = None
