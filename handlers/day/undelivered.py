"""What the coordinator's day says of messages that did not come through: how many, and in the house also whose."""

from bot.domain.chat.messages import Line
from bot.domain.chat.owed import Undelivered
from bot.domain.reminders import Kind
from bot.domain.services import Hub
from bot.usecases.chat import owed
from handlers.chat.context import Context
from handlers.chat.words import Words


def not_arrived(_: Words, hub: Hub, found: Undelivered) -> list[Line]:
    """Say which messages a network has refused for good: somebody may have to be told by other means."""
    if not found.refused:
        return []
    n = sum(each for _who, each in found.refused)
    title = _("✉️ Messages that did not arrive: {n}", n=n)
    listed = [Line(f"• {_called(_, hub, who)}: {each}", private=True) for who, each in found.refused]
    return [Line(title), *listed]


def came_too_late(_: Words, found: Undelivered) -> list[Line]:
    """Say how much was dropped after a silence, and how much can be taken away no more."""
    lines = []
    if n := found.too_late:
        lines.append(_.n_("⏰ {n} message was too late to send.", "⏰ {n} messages were too late to send.", n))
    if n := found.left:
        lines.append(_.n_("🧹 {n} old message cannot be removed.", "🧹 {n} old messages cannot be removed.", n))
    return [Line(line) for line in lines]


async def tell(context: Context, _about: str) -> None:
    """Let the day of who is to know say by itself that something did not come through."""
    owed.not_arrived(context.turn)


def _called(_: Words, hub: Hub, who: str) -> str:
    return f"{who} · {_.of(hub.names[who])}" if who in hub.names else who


JOBS = {Kind.UNDELIVERED: tell}
