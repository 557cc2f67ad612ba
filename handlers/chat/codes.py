"""One-time codes in a chat: shown once, gone after fifteen minutes or as soon as they have been used."""

from datetime import timedelta

from telegram import Update

from bot.domain.chat.messages import Button, Line, Reader, View
from bot.domain.people import INVITE_LIFETIME, STAFF
from bot.domain.reminders import Kind
from bot.usecases import codes
from bot.usecases.turn import Address, Wanted
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.words import Words

MINUTES = int(INVITE_LIFETIME / timedelta(minutes=1))


async def hand_over(context: Context, update: Update, *lines: Line) -> None:
    """Show a code below everything else in this chat; it disappears by itself."""
    key = codes.key_of(update.update_id)
    await codes.hand_over(context.turn, key)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        stays = Line(_.n_("It disappears from here in {n} minute.", "It disappears from here in {n} minutes.", MINUTES))
        return View((*lines, stays), ((Button(_("✅ Finish, take it away"), "code:done"),),), passing=True)

    context.turn.edge.wanted.append(Wanted(Address(), key, build))


def good_for(_: Words) -> Line:
    """Say how long a code is good."""
    return Line(_.n_("It works once, for {n} minute.", "It works once, for {n} minutes.", MINUTES))


async def put_away(_update: Update, context: Context) -> None:
    """Take a code away that has been used."""
    await codes.put_away(context.turn)
    context.show_for(lambda _reader: None)


async def time_is_over(context: Context, place: str) -> None:
    """Take a code away that nobody took away."""
    network, chat_id, key = place.split("/", 2)
    address = Address(network=network, chat_id=int(chat_id))
    context.turn.edge.wanted.append(Wanted(address, key, lambda _reader: None, only_there=True))


HANDLERS = [tap("code:done", put_away, may=STAFF)]

JOBS = {Kind.CODE: time_is_over}
