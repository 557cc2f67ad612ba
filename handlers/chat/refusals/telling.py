"""Telling what was not possible: in words, where the person looks, and with the present shown."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from telegram import Update

from bot.domain import refusals, subjects
from bot.domain.chat.messages import Line, Reader, View
from bot.domain.people import SCREEN
from bot.domain.refusals import Refusal
from bot.domain.subjects import Subject
from handlers.chat.context import Context, Handler
from handlers.chat.refusals import at_screens, of_staff
from handlers.chat.rows import page, show_page
from handlers.chat.words import Words

NAME_SLIPS = {refusals.PaperTyped, refusals.SlipThereAlready}
NOTHING: frozenset[Subject] = frozenset()


def named_in(refusal: Refusal) -> list[str]:
    """Return the slips that a refusal names, by code."""
    return [str(each) for each in refusal.args if type(refusal) in NAME_SLIPS]


async def refuse(update: Update, context: Context, refusal: Refusal, again: Handler | None) -> None:
    """Tell a refusal in words, where the person looks, and show the present."""
    here = at_screens if context.turn.actor.role & SCREEN else of_staff
    await _tell(update, context, here.in_words(refusal), subjects.slips(*named_in(refusal)))
    if isinstance(refusal, refusals.TextTooLong):
        await context.leave(update)
    context.take_off(update)
    if again and context.turn.pressed:
        with suppress(Refusal):
            await again(update, context)


async def apologise(update: Update, context: Context) -> None:
    """Say sorry for a fault of ours."""
    context.take_off(update)
    await _tell(update, context, lambda _: _("Sorry, that did not work. Please try again, or ask an officer."))


def unchanged(context: Context) -> str:
    """Say that a press changed nothing, without blame: what it asks for is so already."""
    _ = context.words
    return _("This is how it is now.")


async def unexpected(update: Update, context: Context) -> None:
    """Take what was typed off the screen again, with a neutral hint."""
    context.forget(update)
    view = await page(context)
    hint = Line(context.words("Here you press the buttons. What was typed has been deleted."))
    context.tell_kiosk(context.turn.session.kiosk, replace(view, lines=(hint, *view.lines)))


async def _tell(
    update: Update, context: Context, say: Callable[[Words], str], about: frozenset[Subject] = NOTHING
) -> None:
    if context.turn.actor.role & SCREEN:
        await _refuse_at_screen(update, context, say)
    elif update.callback_query:
        context.alert(say(context.words))
    else:
        context.say(update, lambda reader: _spoken(context, reader, say, about))


def _spoken(context: Context, reader: Reader, say: Callable[[Words], str], about: frozenset[Subject]) -> View:
    return View((Line(say(context.words_for(reader.language))),), about=about)


async def _refuse_at_screen(update: Update, context: Context, say: Callable[[Words], str]) -> None:
    if update.callback_query is None:
        await unexpected(update, context)
        return
    if context.turn.pressed:
        context.alert(say(context.words))
    else:
        context.forget(update)
    await show_page(context)
