"""What is said when a chat takes no messages any more, or when nobody can be reached for a slip."""

from collections.abc import Callable

from bot.domain.chat.accounts import Away
from bot.domain.chat.messages import Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.reminders import Kind
from bot.usecases.chat import accounts
from bot.usecases.chat.accounts import Loss, Whose
from handlers.chat.context import Context
from handlers.chat.words import Words
from handlers.said.managers import NETWORKS


async def lost(context: Context, about: str) -> None:
    """Tell the coordinator, once, that a chat takes no messages, and what that means."""
    loss = await accounts.lost(context.turn, about)
    if loss is None:
        return
    for person in await accounts.told(context.turn):
        away = loss.whose.away
        context.tell(person.id, _key(away), Use(Span.SILENT_CHAT, away.about), _lost(context, loss))


async def back(context: Context, about: str) -> None:
    """Where somebody was told of it, say in the same place that the chat works again."""
    whose = await accounts.back(context.turn, about)
    if whose is None:
        return
    for person in await accounts.ever_told(context.turn):
        context.correct(person.id, _key(whose.away), _back(context, whose))


async def knock(context: Context, about: str) -> None:
    """Try one message again."""
    await accounts.knock(context.turn, about)


def _key(away: Away) -> str:
    return f"unreachable:{away.about}"


def _lost(context: Context, loss: Loss) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        whose, network = loss.whose, _network(loss.whose)
        if whose.person:
            who = _name(context, _, whose, reader)
            title = _("⚠️ {who} gets no messages on {network} any more.", who=who, network=network)
        else:
            title = _("⚠️ A kiosk gets no messages on {network} any more.", network=network)
        since = _("It began {when}.", when=_.day_and_time(whose.away.since))
        lines = [Line(title), *_which(_, whose), Line(since), *_meaning(_, loss), *_services(context, _, loss)]
        return View(tuple(lines))

    return build


def _back(context: Context, whose: Whose) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        if whose.person:
            who = _name(context, _, whose, reader)
            title = _("✅ {who} gets messages on {network} again.", who=who, network=_network(whose))
        else:
            title = _("✅ A kiosk gets messages on {network} again.", network=_network(whose))
        return View((Line(title), *_which(_, whose)))

    return build


def _network(whose: Whose) -> str:
    return NETWORKS.get(whose.away.network, whose.away.network)


def _name(context: Context, _: Words, whose: Whose, reader: Reader) -> str:
    return whose.id if reader.leaves_house else _.of(context.turn.hub.name_of(whose.id))


def _which(_: Words, whose: Whose) -> list[Line]:
    return [Line(_("The kiosk is {kiosk}.", kiosk=whose.kiosk), private=True)] if whose.kiosk else []


def _meaning(_: Words, loss: Loss) -> list[Line]:
    if loss.elsewhere:
        return [Line(_("Another chat of theirs works. No slip waits because of it."))]
    lines = []
    if n := len(loss.opened):
        lines.append(_.n_("{n} slip is open to colleagues again.", "{n} slips are open to colleagues again.", n))
    if n := len(loss.alone):
        lines.append(
            _.n_("{n} slip is with them alone. Please call.", "{n} slips are with them alone. Please call.", n)
        )
    if n := len(loss.unheard):
        lines.append(
            _.n_(
                "❗ Nobody can be reached for {n} slip. Please call.",
                "❗ Nobody can be reached for {n} slips. Please call.",
                n,
            )
        )
    lines.append(_("When they write to the bot again, it works again."))
    return [Line(line) for line in lines]


def _services(context: Context, _: Words, loss: Loss) -> list[Line]:
    services = {slip.service: context.turn.hub.services[slip.service].name for slip in loss.unheard}
    return [
        Line(_("Nobody at {service} can be reached now.", service=_.of(name)), private=True)
        for _service, name in sorted(services.items())
    ]


JOBS = {Kind.UNREACHABLE: lost, Kind.REACHABLE: back, Kind.KNOCK: knock}
