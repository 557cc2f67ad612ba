"""What everybody who works here can ask for: how this works; and the answer to whatever nothing else took."""

from telegram import Update

from bot.domain.chat.messages import Line, Reader, View
from bot.domain.people import ADVISERS, STAFF, WITH_A_DAY, Role
from bot.domain.people import SCREEN as AT_SCREEN
from bot.domain.refusals import NotUnderstood, UnknownAccount
from handlers.chat.context import Context
from handlers.chat.lines import anything, command, tap
from handlers.chat.refusals import telling
from handlers.chat.rows import start_button
from handlers.chat.start import Shortcut, take_typed
from handlers.chat.words import N_, Words


async def show_help(update: Update, context: Context) -> None:
    """Explain the few things there are to know."""
    context.say(update, lambda reader: _help(context, reader))


async def open_help(_update: Update, context: Context) -> None:
    """Explain them in the place of the start page."""
    context.show_for(lambda reader: _help(context, reader))


def _help(context: Context, reader: Reader) -> View:
    _ = context.words_for(reader.language)
    lines = [
        *_to_whom_slips_come(_, context.turn.person.role),
        _("/menu brings your start page, with everything you can do."),
    ]
    lines.append(_("/code gives a one-time code for your account on another device."))
    return View(tuple(map(Line, lines)), ((start_button(_),),))


def _to_whom_slips_come(_: Words, role: Role) -> list[str]:
    if role not in ADVISERS:
        return [_("/today shows what is before you today.")] if role & WITH_A_DAY else []
    return [
        _("Each slip is one message here. Its buttons are all you need."),
        _("“Set a time” and then a time: that is a booking, and the inmate is told."),
        _("/today shows today's talks."),
        _("/slips brings what waits for you to the bottom."),
    ]


async def catch_all(update: Update, context: Context) -> None:
    """Answer whatever nothing else took; it changes nothing."""
    if update.my_chat_member:
        return  # the bot was blocked or let in again: the hub has noted it, and there is nobody to answer
    role = context.turn.actor.role
    if role is Role.STRANGER:
        raise UnknownAccount
    if role & AT_SCREEN and not update.callback_query:
        await telling.unexpected(update, context)
        return
    if role & STAFF and not update.callback_query and await take_typed(update, context):
        return
    raise NotUnderstood


SHORTCUTS = [Shortcut(label=lambda _: _("❓ How this works"), data="help", may=STAFF)]

HANDLERS = [
    tap("help", open_help, may=STAFF),
    *command("/help", "/hjelp", show_help, may=STAFF, menu=N_("How this works")),
]

LAST = anything(catch_all)
