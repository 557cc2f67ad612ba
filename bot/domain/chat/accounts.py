"""Chats that take no messages any more: a blocked bot, a deleted account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from bot.domain.reminders import Kind, Reminder

FIRST_KNOCK = timedelta(hours=1)
RAREST_KNOCK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """A chat that takes no messages, ``since`` a moment in UTC; another time would be another matter."""

    network: str
    chat_id: int
    since: datetime

    @property
    def about(self) -> str:
        """Name it for what is due, and for the message that tells of it: network, chat and moment."""
        return f"{self.network}/{self.chat_id}/{self.since.isoformat()}"

    @classmethod
    def named(cls, about: str) -> Self:
        """Return what such a name stands for."""
        network, chat_id, since = about.split("/")
        return cls(network, int(chat_id), datetime.fromisoformat(since))


def due_when_lost(away: Away) -> list[Reminder]:
    """Return what is due when a chat takes no messages any more: somebody is told, and later it is tried again."""
    return [Reminder(Kind.UNREACHABLE, away.about, away.since), next_knock(away, away.since)]


def due_when_back(away: Away, now: datetime) -> list[Reminder]:
    """Return what is due when it takes messages again."""
    return [Reminder(Kind.REACHABLE, away.about, now)]


def next_knock(away: Away, now: datetime) -> Reminder:
    """Return when one message is tried again: after an hour, then ever more rarely, at least once a day."""
    pause = min(max(now - away.since, FIRST_KNOCK), RAREST_KNOCK)
    return Reminder(Kind.KNOCK, away.about, now + pause)
