"""An adviser's day: today's talks, and the slips that wait for an answer, each brought with its buttons."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Build, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import ADVISERS, Person
from bot.domain.slips.slips import Slip
from bot.domain.subjects import HUB, TODAY
from bot.usecases.slips import cards, slips
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import command, tap
from handlers.chat.rows import start_button
from handlers.chat.start import Day, Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import N_
from handlers.slips.cards import Card
from handlers.slips.reminders import show_today, todays_talks

TALKS, SLIPS = "my_day", "my_slips"


async def open_talks(_update: Update, context: Context) -> None:
    """Show today's talks in the place of the start page."""
    await show_in_place(context, f"{PAGE}{TALKS}")


async def write_talks(context: Context, person: Person, _rest: str) -> Build:
    """Write somebody's talks of today, with the way back to the start page."""
    with context.turn.seen_by(person):
        talks = await todays_talks(context)

    def build(reader: Reader) -> View | None:
        view = talks(reader)
        rows = ((start_button(context.words_for(reader.language)),),)
        return view and replace(view, rows=rows, name="", about=view.about | {TODAY})

    return build


async def show_slips(update: Update, context: Context) -> None:
    """Bring the slips that wait for an answer to the bottom of the chat, each with its buttons."""
    found = await slips.to_answer(context.turn)
    context.say(update, await write_count(context, context.turn.person, ""))
    await _bring(context, found)


async def open_slips(_update: Update, context: Context) -> None:
    """Say in the place of the start page how many wait, and bring them to the bottom."""
    found = await slips.to_answer(context.turn)
    await show_in_place(context, f"{PAGE}{SLIPS}")
    await _bring(context, found)


async def _bring(context: Context, found: Sequence[Slip]) -> None:
    for slip in found:
        card = Card(context, await cards.opened(context.turn, slip))
        below = View((Line(context.words("📋 {code}: see below.", code=slip.code)),))
        context.bring_down(f"slip:{slip.code}", Use(Span.CARD, slip.code), card.plain, below)


async def write_count(context: Context, person: Person, _rest: str) -> Build:
    """Write how many slips wait for somebody."""
    with context.turn.seen_by(person):
        n = len(await slips.to_answer(context.turn))

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        line = Line(_.n_("{n} slip waits for you", "{n} slips wait for you", n))
        return View((line,), ((start_button(_),),), name=f"{PAGE}{SLIPS}", about=subjects.queues(person.units) | {HUB})

    return build


VIEWS = {f"{PAGE}{TALKS}": Living(write_talks, may=ADVISERS), f"{PAGE}{SLIPS}": Living(write_count, may=ADVISERS)}


DAYS = {role: Day(show_today) for role in ADVISERS}

SHORTCUTS = [
    Shortcut(label=lambda _: _("☀️ Today's talks"), data="my_day", may=ADVISERS),
    Shortcut(label=lambda _: _("📥 What waits for you"), data="my_slips", may=ADVISERS),
]

HANDLERS = [
    tap("my_day", open_talks, may=ADVISERS),
    tap("my_slips", open_slips, may=ADVISERS),
    *command("/slips", "/lapper", show_slips, may=ADVISERS, menu=N_("What waits for you")),
]
