"""What is being carried out on a network, and what came of it."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from bot.delivery.sending.carrying import Result
from bot.store.showing import Message


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A message that is being carried out, and by what."""

    message: Message
    task: asyncio.Task[Result]

    @property
    def is_over(self) -> bool:
        """Say whether the network has answered, or never will."""
        return self.task.done()

    @property
    def is_known(self) -> bool:
        """Say whether something came of it that can be written down, and not an error that nobody has foreseen."""
        return self.task.done() and not self.task.cancelled() and self.task.exception() is None


def known(over: Iterable[UnderWay]) -> list[tuple[Message, Result]]:
    """Return what can be written down."""
    return [(each.message, each.task.result()) for each in over if each.is_known]


def raise_unforeseen(over: Iterable[UnderWay]) -> None:
    """Raise the first error that nobody has foreseen: outside every transaction, and when the rest is written down."""
    for each in over:
        each.task.result()
