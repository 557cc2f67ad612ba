"""Joining the hub with a one-time code, and a code for one's account on another device."""

from telegram import Update

from bot.domain.chat.messages import Line, Reader, View
from bot.domain.people import ADVISERS, STAFF
from bot.usecases import people
from handlers.chat.context import Context
from handlers.chat.handed_over import CODE_MINUTES, hand_paper_over
from handlers.chat.lines import EVERYBODY, command, typed
from handlers.chat.rows import start_button
from handlers.chat.words import N_
from handlers.staff.invitations import invitation


async def join(update: Update, context: Context) -> None:
    """Join with a one-time code, of which only the stamp has come this far; the open slips come along."""
    context.forget(update)
    await people.join(context.turn, context.text("code"))
    context.say(update, lambda reader: _joined(context, reader))


def _joined(context: Context, reader: Reader) -> View:
    _ = context.words_for(reader.language)
    lines = [_("Welcome! This account belongs to the hub now.")]
    if context.turn.person.role in ADVISERS:
        lines.append(_("New slips come here by themselves."))
        lines.append(_("/today shows today's talks, /slips shows what waits for you, /help explains."))
    else:
        lines.append(_("/menu brings your start page, with everything you can do."))
    return View(tuple(map(Line, lines)), ((start_button(_),),))


async def give_code(update: Update, context: Context) -> None:
    """Give a one-time code, with which one's other account joins; inside the house also on paper."""
    code = await people.invite(context.turn, context.turn.person.id)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = (
            Line(_("Write this to the bot from your other account:")),
            Line(f"/start {code}"),
            Line(_.n_("It works once, for {n} minute.", "It works once, for {n} minutes.", CODE_MINUTES)),
        )
        return View(lines, passing=True)

    context.say(update, build)
    if not context.turn.edge.leaves_house:
        await hand_paper_over(context, update, invitation(context, code))


HANDLERS = [
    typed("/start {code}", join, may=EVERYBODY, menu=N_("Join with your one-time code")),
    *command("/code", "/kode", give_code, may=STAFF, menu=N_("A code for another device")),
]
