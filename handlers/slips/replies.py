"""Answers that are no time: more time once, an answer without a meeting; and taking one's own last step back."""

from telegram import Update

from bot.domain.people import ANSWERERS
from bot.usecases.slips import slips, undoing
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.slips import choices
from handlers.slips.cards import show
from handlers.slips.owners import show_card
from handlers.slips.times import card_of


async def ask_later(_update: Update, context: Context) -> None:
    """Ask when the answer will come."""
    context.show_for(choices.later(context, await card_of(context)))


async def extend(_update: Update, context: Context) -> None:
    """Move the promise, once and with a date; the inmate is told."""
    code, revision, days = context.text("slip"), context.number("revision"), context.number("number")
    await show(context, await slips.extend(context.turn, code, revision, days))


async def show_answers(_update: Update, context: Context) -> None:
    """Ask which of the hub's plain answers it is."""
    context.show_for(choices.answers(context, await card_of(context)))


async def answer(_update: Update, context: Context) -> None:
    """Answer without a meeting; the inmate may still want a talk."""
    code, revision = context.text("slip"), context.number("revision")
    await show(context, await slips.answer(context.turn, code, revision, context.text("word")))


async def undo(_update: Update, context: Context) -> None:
    """Take one's own newest step back."""
    await show(context, await undoing.undo(context.turn, context.text("slip"), context.number("revision")))


HANDLERS = [
    tap("later:{slip}:{revision}", ask_later, may=ANSWERERS, again=show_card),
    tap("extend:{slip}:{number}:{revision}", extend, may=ANSWERERS, again=show_card),
    tap("answers:{slip}:{revision}", show_answers, may=ANSWERERS, again=show_card),
    tap("answer:{slip}:{word}:{revision}", answer, may=ANSWERERS, again=show_card),
    tap("undo:{slip}:{revision}", undo, may=ANSWERERS, again=show_card),
]
