"""What the delivery knows of a chat network: a name, a bot, its limits, and whether it leaves the house."""

import asyncio
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from telegram import Bot, InlineKeyboardMarkup, InputFile
from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.delivery.limits import Limits
from bot.delivery.wire.troubles import NotUnderstood

POLL_SECONDS = 30
READ_MARGIN = 10
BATCH = 100
MOST_ID = 2**63
ASKED_FOR = json.dumps(["message", "callback_query", "my_chat_member"])
SHAPES = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What the chat library trips over where an answer has not the shape that it looks for: a closed list."""

CONTEST_SECONDS = 180.0
"""For how long after the last conflict another program may still be asking with the same token."""


class Carrier(Protocol):
    """What the sender knows of a network. On a ``one_way`` one nothing can be edited: every change is sent anew."""

    name: str
    leaves_house: bool
    limits: Limits
    epoch: str
    one_way: ClassVar[bool]

    async def connect(self) -> None:
        """Get ready, and say by the epoch whether this is the network that was there before."""

    async def call(self, method: str, **fields: str | int) -> Any:
        """Carry out a method of the Bot API."""

    async def send_document(
        self, chat_id: int, caption: str, markup: str, name: str, content: bytes, **more: str
    ) -> int:
        """Send a file with a caption; return its message id. ``more`` is what only one network knows."""

    async def disconnect(self) -> None:
        """Close the connections."""


@dataclass
class Network:
    """One chat network. An address on it is its name and a chat id; ``poller`` asks for updates.

    ``invites`` is the address at which a one-time code opens the bot, with places for its ``username`` and the
    ``code``; a network without one is joined by writing the code.
    """

    one_way: ClassVar[bool] = False
    name: str
    bot: Bot
    poller: BaseRequest
    leaves_house: bool
    limits: Limits = field(default_factory=Limits)
    epoch: str = ""
    invites: str = ""
    username: str = ""
    _contested_until: float = -math.inf

    async def connect(self) -> None:
        """Ask who the bot is; another bot than last time means that the network starts afresh."""
        try:
            with _understood():
                await self.bot.initialize()
        except InvalidToken:
            raise InvalidToken from None  # the library's own words have the token in them
        self.epoch = str(self.bot.id)
        self.username = self.bot.username

    def link_to(self, code: str) -> str | None:
        """Return the link that hands a one-time code over by itself; None until the network has told who the bot is."""
        if not self.invites or not self.username:
            return None
        return self.invites.format(username=self.username, code=code)

    async def call(self, method: str, **fields: str | int) -> Any:
        """Call a method of the Bot API and return its result as it came: nobody here reads a sent message's parts.

        The fields stand behind the address as JSON, which the house network reads as it is; the wire to another carries
        them in the body (``HttpRequest``).
        """
        with _understood():
            return await self.bot.request.post(f"{self.bot.base_url}/{method}?{json.dumps(fields)}")

    async def send_document(
        self, chat_id: int, caption: str, markup: str, name: str, content: bytes, **more: str
    ) -> int:
        """Send a file with words and buttons; return the message's id. What may go wrong is as with ``call``."""
        keyboard = InlineKeyboardMarkup.de_json(json.loads(markup), self.bot)
        file = InputFile(content, name)
        with _understood():
            sent = await self.bot.send_document(
                chat_id, file, caption=caption, reply_markup=keyboard, api_kwargs=dict(more)
            )
        return sent.message_id

    async def updates(self, offset: int | None, seconds: int = POLL_SECONDS) -> list[dict[str, Any]]:
        """Wait so long for raw updates; they are parsed only after they have been kept."""
        asked: dict[str, object] = {"timeout": seconds, "limit": BATCH, "allowed_updates": ASKED_FOR}
        if offset is not None:
            asked["offset"] = offset
        url = f"{self.bot.base_url}/getUpdates?{json.dumps(asked)}"
        with _understood():
            found = await self.poller.post(url, read_timeout=seconds + READ_MARGIN)
        usable = [each for each in found if _can_be_kept(each)] if isinstance(found, list) else []
        if not usable and found != []:
            raise NotUnderstood("what it answers is no list of updates")
        return usable

    @property
    def is_contested(self) -> bool:
        """Whether another program asks for the same updates, so that whoever is unknown here may be known there."""
        return asyncio.get_running_loop().time() < self._contested_until

    def contest(self) -> None:
        """Note that another program asks for the same updates."""
        self._contested_until = asyncio.get_running_loop().time() + CONTEST_SECONDS

    async def disconnect(self) -> None:
        """Close the connections, also those that were opened before the network had said who the bot is."""
        await self.bot.shutdown()
        await asyncio.gather(self.bot.request.shutdown(), self.poller.shutdown())


def _can_be_kept(update: object) -> bool:
    # Without an id that fits a column there is nothing to keep it by and nothing to confirm.
    number = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and abs(number) < MOST_ID


@contextmanager
def _understood() -> Iterator[None]:
    """Let an answer that the chat library trips over be one that nobody understands, and no end of anything."""
    try:
        yield
    except SHAPES as error:
        raise NotUnderstood(f"its answer cannot be read ({type(error).__name__})") from None
