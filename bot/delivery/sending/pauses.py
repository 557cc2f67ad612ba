"""When what failed may be tried again: each message by itself, and its chat only a moment later."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.delivery import growing
from bot.store.showing import Message, Place

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class _Pause:
    """How long it was the last time, and until when it lasts; of a message, of which revision."""

    seconds: float
    until: float
    revision: int = 0


@dataclass
class Pauses:
    """Times are seconds of the event loop.

    A message that fails steps aside, for longer each time, so that the others of its chat go. Its chat rests for a
    moment; for longer each time only where nothing reaches the network at all, or where it names a time itself.
    """

    _messages: dict[int, _Pause] = field(default_factory=dict)
    _chats: dict[int, _Pause] = field(default_factory=dict)

    def of_chats(self, loop_time: float) -> dict[int, float]:
        """Return the chats that are left in peace, and until when."""
        return {chat: each.until for chat, each in self._chats.items() if each.until > loop_time}

    def of_messages(self, loop_time: float) -> dict[Place, float]:
        """Return the messages that have stepped aside, as they were when they failed, and until when."""
        return {
            (number, each.revision): each.until for number, each in self._messages.items() if each.until > loop_time
        }

    def failed(self) -> frozenset[Place]:
        """Return the messages that have failed and have not come through since, as they were then."""
        return frozenset((number, each.revision) for number, each in self._messages.items())

    def step_aside(self, message: Message, loop_time: float, *, reached: bool, stranger: bool = False) -> None:
        """Note that a message has failed; ``reached`` says that it may be its own fault and not the way's.

        Where we are a ``stranger`` to the network nothing helps but time.
        """
        last = self._messages.get(message.id)
        before = last.seconds if last and last.revision == message.revision else 0
        seconds = LONGEST_PAUSE if stranger else growing.pause(before, FIRST_PAUSE * 2, LONGEST_PAUSE)
        self._messages[message.id] = _Pause(seconds, loop_time + seconds, message.revision)
        # A chat rests for half as long as its message at most: then another one is tried first.
        longest = LONGEST_PAUSE / 2
        longer = longest if stranger else growing.pause(self._last_rest(message.chat_id), FIRST_PAUSE, longest)
        rest = FIRST_PAUSE if reached and not stranger else longer
        self._chats[message.chat_id] = _Pause(rest, loop_time + rest)

    def rest(self, chat_id: int, seconds: float, loop_time: float) -> None:
        """Leave a chat in peace for as long as the network asks; who asks is reached, and pauses grow anew."""
        self._chats[chat_id] = _Pause(FIRST_PAUSE, loop_time + seconds)

    def _last_rest(self, chat_id: int) -> float:
        last = self._chats.get(chat_id)
        return last.seconds if last else 0

    def end(self, message: Message) -> None:
        """Forget the pauses of a message that has come through, or that never will, and of its chat."""
        self._messages.pop(message.id, None)
        self._chats.pop(message.chat_id, None)

    def forget_over(self, loop_time: float) -> None:
        """Forget what was over long ago: its message is gone, or has been changed since."""
        self._messages = _not_long_over(self._messages, loop_time)
        self._chats = _not_long_over(self._chats, loop_time)


def _not_long_over(pauses: Mapping[int, _Pause], loop_time: float) -> dict[int, _Pause]:
    return {number: each for number, each in pauses.items() if each.until + 2 * LONGEST_PAUSE > loop_time}
