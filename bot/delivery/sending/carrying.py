"""Carrying one wanted message out: what is called for it, and what an error says about what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.clock import Clock
from bot.delivery.networks import Carrier
from bot.delivery.sending.drawing import Drawing, NotDrawn
from bot.delivery.wire.troubles import NotSent, TurnedAway
from bot.domain.chat.messages import SCREEN, WAS
from bot.store.showing import Message, Shown

PLACEHOLDER = "Samtalelapp"
NO_BUTTONS = '{"inline_keyboard": []}'
NOT_MODIFIED = "not modified"
NOT_WRITTEN = "Internal Server Error: The house network cannot write its file"
NOT_FOUND = ("to edit not found", "to delete not found")
FIXED = ("can't be edited", "message_id_invalid", "no text in the message to edit", "no caption in the message to edit")
"""How a network says of a message that it cannot be changed, whatever it shall say."""


class Fate(Enum):
    """What became of an attempt that did not succeed."""

    LATER = auto()
    DOUBT = auto()
    REFUSED = auto()
    AWAY = auto()
    FIXED = auto()
    """The chat shows a message that cannot be changed any more: another one takes its place."""
    STAYS = auto()
    """The chat shows a message that can neither be deleted nor changed."""
    UNDRAWN = auto()
    """What it carries cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An attempt that did not succeed; ``why`` names the error's type.

    ``reached`` says that somebody has answered, ``stranger`` that the network does not know us at all.
    """

    message: Message
    fate: Fate
    why: str
    pause: float = 0
    reached: bool = True
    stranger: bool = False


Result = Shown | Failed


@dataclass(frozen=True, slots=True)
class Carrying:
    """Makes single messages of a network look as they are wanted."""

    network: Carrier
    clock: Clock
    drawing: Drawing

    async def show(self, message: Message) -> Shown:
        """Send, edit or delete; a letter is always sent."""
        if message.text is None or message.is_lost:
            return await self._delete(message)
        if message.message_id is None:
            return await self._send(message)
        if message.has_other_document:
            await self._delete(message)
            return _gone(message)
        place = {"chat_id": message.chat_id, "message_id": message.message_id, **self._as_letter(message)}
        method, words = _editing(message)
        more = {} if message.shown_document else {**self._as_secret(message), **self._as_drawn(message)}
        await self.network.call(method, **place, **{words: message.text}, reply_markup=_markup(message), **more)
        return _as_wanted(message)

    async def _send(self, message: Message) -> Shown:
        # What is personal reaches a kiosk only by editing a message whose id is known, so that it can be wiped.
        if message.key == SCREEN and not message.neutral:
            sent = await self.network.call("sendMessage", chat_id=message.chat_id, text=PLACEHOLDER)
            return Shown(message.id, 0, int(sent["message_id"]), self.clock.now())
        if (drawn := await self.drawing.of(message)) is not None:
            words, name = (str(message.text), _markup(message)), str(message.document_name)
            secret = self._as_secret(message)
            sent_as = await self.network.send_document(message.chat_id, *words, name, drawn, **secret)
            return Shown(message.id, message.revision, sent_as, self.clock.now(), message.document_stamp)
        whole = {"text": str(message.text), "reply_markup": _markup(message), **self._as_letter(message)}
        more = {**self._as_secret(message), **self._as_drawn(message)}
        sent = await self.network.call("sendMessage", chat_id=message.chat_id, **whole, **more)
        return Shown(message.id, message.revision, int(sent["message_id"]), self.clock.now())

    def is_sent_anew(self, message: Message) -> bool:
        """Say whether the chat gets another message, and not the same one changed."""
        return message.is_new or (self.network.one_way and message.text is not None)

    def _as_letter(self, message: Message) -> dict[str, str | int]:
        # A letter is known by what it is made of, so that one that comes twice is seen to be the same.
        if not self.network.one_way:
            return {}
        return {"row": message.id, "revision": message.revision, "key": message.key, "slip": message.use.slip or ""}

    def _as_secret(self, message: Message) -> dict[str, str]:
        # Only the house network can be asked to keep something in memory alone.
        return {"passing": "true"} if message.passing and not self.network.leaves_house else {}

    def _as_drawn(self, message: Message) -> dict[str, str]:
        # Only the house network has pages of ours, and nothing depends on how they look.
        return {"face": message.face} if message.face and not self.network.leaves_house else {}

    async def _delete(self, message: Message) -> Shown:
        if message.message_id is not None:
            place = {"chat_id": message.chat_id, "message_id": message.message_id}
            try:
                await self.network.call("deleteMessage", **place)
            except BadRequest as error:
                if "not found" in str(error).lower():
                    raise
                await self._blank(message, place)
        return Shown(message.id, message.revision, None, None)

    async def _blank(self, message: Message, place: Mapping[str, int]) -> None:
        # A message of more than two days ago can only be changed: a neutral word stands where it was.
        method, words = _editing(message)
        try:
            await self.network.call(method, **place, **{words: PLACEHOLDER}, reply_markup=NO_BUTTONS)
        except BadRequest as error:
            if NOT_MODIFIED not in str(error):
                raise

    def judge(self, message: Message, error: Exception) -> Result:
        """Say what became of an attempt that raised this."""
        if isinstance(error, NotDrawn):
            return Failed(message, Fate.UNDRAWN, str(error))
        if self._refuses_chat(error):
            return Failed(message, Fate.AWAY, type(error).__name__)
        if isinstance(error, BadRequest):
            return _judge_bad_request(message, str(error))
        never_left = isinstance(error, RetryAfter | InvalidToken | NotSent | Forbidden) or self._was_not_written(error)
        fate = Fate.DOUBT if self.is_sent_anew(message) and not never_left else Fate.LATER
        reached = isinstance(error, TurnedAway) or not isinstance(error, NotSent)
        return Failed(message, fate, type(error).__name__, reached=reached, stranger=isinstance(error, InvalidToken))

    def _was_not_written(self, error: Exception) -> bool:
        """Say whether the house network could not write something, and so shows nothing of it."""
        return not self.network.leaves_house and NOT_WRITTEN in str(error)

    def _refuses_chat(self, error: Exception) -> bool:
        """Say whether it is the chat that takes no messages: blocked, deactivated, never begun, or not there.

        A 403 in other words than the network's own comes from something on the way, as a proxy. In the house a chat
        is there as soon as the hub has opened it.
        """
        if isinstance(error, Forbidden):
            return self.network.one_way or str(error).startswith("Forbidden:")
        return self.network.leaves_house and isinstance(error, BadRequest) and "chat not found" in str(error).lower()


def _judge_bad_request(message: Message, description: str) -> Result:
    said = description.lower()
    if NOT_MODIFIED in said:
        return _as_wanted(message)
    if any(each in said for each in NOT_FOUND) or (message.text is None and "chat not found" in said):
        return _gone(message)
    if message.message_id is None:
        return Failed(message, Fate.REFUSED, description)
    if message.text is None:
        return Failed(message, Fate.STAYS, description)
    fixed = message.has_other_document or any(each in said for each in FIXED)
    return Failed(message, _for_good(message) if fixed else Fate.REFUSED, description)


def _for_good(message: Message) -> Fate:
    # What only says where something has gone is not worth a message of its own.
    return Fate.STAYS if message.key.startswith(WAS) else Fate.FIXED


def _editing(message: Message) -> tuple[str, str]:
    return ("editMessageCaption", "caption") if message.shown_document else ("editMessageText", "text")


def _as_wanted(message: Message) -> Shown:
    return Shown(message.id, message.revision, message.message_id, None, message.document_stamp)


def _gone(message: Message) -> Shown:
    """Return what is so when the chat has the message no more; what is wanted after all is sent anew."""
    return Shown(message.id, message.revision if message.text is None else 0, None, None)


def _markup(message: Message) -> str:
    return f'{{"inline_keyboard": {message.buttons or "[]"}}}'
