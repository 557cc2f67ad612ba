"""Writing down what became of what was sent: in one transaction, and with what follows from it."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery.sending.carrying import Failed, Fate, Result
from bot.domain import reminders as due
from bot.domain.audit import Entry
from bot.store import accounts as accounts_rows
from bot.store import audit, broadcasts, messages, outcomes, reminders
from bot.store.database import Transaction
from bot.store.showing import Message, Shown
from bot.usecases.chat import accounts
from bot.usecases.chat.owed import LEFT_BEHIND

log = logging.getLogger(__name__)

UNDRAWN = "undrawn"
"""The fault of a message that carries what cannot be drawn."""


@dataclass
class Settling:
    """Settles what is over on one network.

    ``doubts`` counts the sends of which nobody knows what became, ``left`` the old messages that could not be taken
    away.
    """

    network: str
    clock: Clock
    doubts: int = 0
    left: int = 0

    async def settle(self, tx: Transaction, over: Iterable[tuple[Message, Result]]) -> None:
        """Write down what became of each message, one for a chat."""
        results = dict(over)
        shown = [result for result in results.values() if isinstance(result, Shown)]
        if shown:
            await outcomes.mark_shown(tx, shown)
        seen = [message for message, result in results.items() if _was_seen(message, result)]
        await broadcasts.mark_shown(tx, seen, self.clock.now())
        for result in results.values():
            if isinstance(result, Failed):
                await self._settle_failed(tx, result)
        await self._settle_reach(tx, {message.chat_id: result for message, result in results.items()})

    async def _settle_reach(self, tx: Transaction, results: Mapping[int, Result]) -> None:
        """Note which chats take no messages any more, and which do again; only what was sent anew proves that."""
        for chat in [chat for chat, each in results.items() if isinstance(each, Failed) and each.fate is Fate.AWAY]:
            await accounts.lose(tx, self.network, chat, self.clock.now())
        sent = {chat for chat, each in results.items() if isinstance(each, Shown) and each.sent_at}
        for chat in sent & await accounts_rows.all_away(tx, self.network) if sent else ():
            await accounts.regain(tx, self.network, chat, self.clock.now())

    async def _settle_failed(self, tx: Transaction, failed: Failed) -> None:
        message = failed.message
        if failed.fate is Fate.UNDRAWN:
            log.error("What message %s to %s carries cannot be drawn: %s", message.id, self.network, failed.why)
            await outcomes.mark_fault(tx, message, UNDRAWN)
            place = f"{self.network}/{message.chat_id}/{message.key}"
            await reminders.put(tx, [due.not_drawn(place, self.clock.now())])
        elif failed.fate in {Fate.REFUSED, Fate.AWAY}:
            log.warning("%s refuses message %s: %s", self.network, message.id, failed.why)
            await outcomes.mark_fault(tx, message, failed.why)
            await reminders.put(tx, [due.not_arrived(self.clock.now())])
        elif failed.fate is Fate.FIXED:
            await self._send_anew(tx, message)
        elif failed.fate is Fate.STAYS:
            await self._leave(tx, message)
        elif failed.fate is Fate.DOUBT:
            self.doubts += 1
            await outcomes.mark_doubt(tx, message)
        else:
            await outcomes.mark_not_sent(tx, message)

    async def _send_anew(self, tx: Transaction, message: Message) -> None:
        await outcomes.replace(tx, message)
        if message.message_id is not None:
            await messages.forget(tx, self.network, message.chat_id, message.message_id)

    async def _leave(self, tx: Transaction, message: Message) -> None:
        """Give a message up that is there for good. No row knows it any more, so that its buttons do nothing."""
        if not await outcomes.give_up(tx, message):
            return
        self.left += 1
        log.warning("%s keeps an old message that cannot be taken away; %s so far", self.network, self.left)
        person, kiosk = await accounts_rows.whose(tx, self.network, message.chat_id) or (None, None)
        await audit.add(tx, Entry(self.clock.now(), "hub", LEFT_BEHIND, person or kiosk or self.network))
        await reminders.put(tx, [due.not_arrived(self.clock.now())])


def _was_seen(message: Message, result: Result) -> bool:
    # A chat shows a message now, and with it the broadcasts that it brings.
    return isinstance(result, Shown) and result.revision == message.revision and result.message_id is not None
