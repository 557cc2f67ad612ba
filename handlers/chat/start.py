"""Where everybody of the staff begins: one message with the shortcuts that their role has."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Update

from bot.domain.chat.messages import Button, Line, Reader, View
from bot.domain.chat.uses import STANDS
from bot.domain.people import STAFF, Person, Role
from bot.domain.refusals import CommandUnknown
from bot.usecases.chat import desks
from handlers.chat.commands import looks_like_one
from handlers.chat.context import PAGE, Context, Handler
from handlers.chat.lines import command, tap, typed
from handlers.chat.rows import START, pairs
from handlers.chat.words import N_, Words

KEY = "home"


@dataclass(frozen=True)
class Shortcut:
    """A button of the start page: its words, what it presses, and who may."""

    label: Callable[[Words], str]
    data: str
    may: Role


@dataclass(frozen=True)
class Day:
    """A role's day: what shows it, and what brings it in the morning where it comes by itself."""

    show: Handler
    morning: Callable[[Context, Person], Awaitable[None]] | None = None


Typed = Callable[[Update, Context, str], Awaitable[None]]
"""Takes a line that somebody of the staff typed in the middle of a task."""


def home(context: Context) -> Callable[[Reader], View]:
    """Write the start page for whoever acts."""
    shortcuts = context.bot_data.shortcuts
    role = context.turn.actor.role

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        buttons = [Button(each.label(_), each.data) for each in shortcuts if each.may & role]
        person = context.turn.person
        name = person.id if reader.leaves_house else _.of(context.turn.hub.name_of(person.id))
        return View((Line(_("Hello, {name}!", name=name)), Line(_("What would you like to do?"))), pairs(buttons))

    return build


async def show_home(update: Update, context: Context) -> None:
    """Bring the start page to the bottom of the chat."""
    context.forget(update)
    moved = View((Line(context.words("The start page is further down.")),))
    context.bring_down(KEY, STANDS, home(context), moved)


async def back_home(_update: Update, context: Context) -> None:
    """Go back to the start page; what had been begun is dropped. A living page stays where it is."""
    await desks.clear(context.turn)
    if (context.turn.pressed or "").startswith(PAGE):
        context.bring_down(KEY, STANDS, home(context), context.moved_down(context.turn.actor.language))
    else:
        context.show_for(home(context))


async def take_typed(update: Update, context: Context) -> bool:
    """Hand a typed line to the task that waits for one; say whether one did. A command is no such line."""
    message = update.effective_message
    if message is None or not message.text:
        return False
    if looks_like_one(message.text):
        raise CommandUnknown
    take = context.bot_data.prompts.get((await desks.mine(context.turn)).task or "")
    if take:
        await take(update, context, message.text.strip())
    return take is not None


HANDLERS = [
    typed("/start", show_home, may=STAFF),
    *command("/menu", "/meny", show_home, may=STAFF, menu=N_("Start page")),
    tap(START, back_home, may=STAFF),
]
