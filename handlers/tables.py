"""All the tables of the edge in one place, for the hub to be wired and for tests to walk."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from telegram import Update
from telegram.ext import Application, ExtBot

from bot.domain.broadcasts import TOLD
from bot.domain.people import WITH_A_DAY, Role
from bot.domain.refusals import Refusal
from bot.domain.reminders import Kind, Reminder
from bot.domain.subjects import About
from bot.domain.whole import Whole, joined
from bot.usecases.slips import slips as slip_cases
from bot.usecases.slips import steps
from bot.usecases.slips import talks as talk_cases
from bot.usecases.staff import coverage
from bot.usecases.turn import Turn, current_turn
from handlers.chat import menus, rows
from handlers.chat.context import Context, Handler, Job, Page, Tables, Told
from handlers.chat.lines import Line, as_handlers
from handlers.chat.refusals import telling
from handlers.chat.start import Day, Shortcut, Typed
from handlers.chat.views import Living, Tell, settle
from handlers.chat.words import read_all
from handlers.day import explaining
from handlers.flow.questions import Flow
from handlers.modules import MODULES
from handlers.office import put_back
from handlers.screen import kiosks


def _all(name: str) -> list[Any]:
    return [getattr(module, name) for module in MODULES if hasattr(module, name)]


_LINES: list[Line] = [*chain.from_iterable(_all("HANDLERS")), explaining.LAST]

HANDLERS: list[Line] = list(joined("what is pressed and typed", ({line.what: line} for line in _LINES)).values())
"""What is done at which press and which typed line; two lines alike would hide one of them."""

PAGES: dict[str, Page] = joined("what a kiosk can show", _all("PAGES"))
"""What a kiosk can show, by the name of the view."""

JOBS: Whole[Kind, Job] = Whole("what is done when it is due", Kind, joined("what is done when it is due", _all("JOBS")))

SHORTCUTS: list[Shortcut] = list(chain.from_iterable(_all("SHORTCUTS")))
"""The buttons of everybody's start page, in their order."""

PROMPTS: dict[str, Typed] = joined("what takes a typed line", _all("PROMPTS"))
"""What takes a typed line, by the task that somebody of the staff is in the middle of."""

DAYS: Whole[Role, Day] = Whole(
    "what a day is to each role", WITH_A_DAY, joined("what a day is to each role", _all("DAYS"))
)
"""What /today shows, and what is brought each morning, by who has a day."""

FLOWS: list[Flow] = list(chain.from_iterable(_all("FLOWS")))
"""The guided questions, for tests to walk."""

VIEWS: dict[str, Living] = joined("what is written anew", _all("VIEWS"))
"""What is written anew in chats of the staff when what it is about has changed, by the first words of its keys."""

TELLING: list[tuple[About, Tell]] = list(chain.from_iterable(_all("TELLING")))
"""What is told at once when something has happened to a subject of a kind."""

SUBJECTS: Whole[About, Told] = Whole(
    "what says what a broadcast is about", TOLD, joined("what says what a broadcast is about", _all("SUBJECTS"))
)
"""What says what a broadcast is about, by the kind of that subject."""

App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], Tables, None]
"""The chat library's application as the hub has it: what its handlers are given is typed, and it keeps nothing."""


def add_to(application: App) -> None:
    """Give the chat library's application every handler, and its pages, and read all that these can say."""
    read_all()
    tables = application.bot_data
    tables.pages, tables.shortcuts, tables.prompts, tables.lines = PAGES, SHORTCUTS, PROMPTS, HANDLERS
    tables.views, tables.telling, tables.told, tables.days = VIEWS, TELLING, SUBJECTS, DAYS
    application.add_handlers(as_handlers(HANDLERS))
    application.add_error_handler(note_failure)


async def note_failure(_update: object, context: Context) -> None:
    """Hand what a handler raised to the dispatch; the chat library would only log it."""
    current_turn.get().edge.failure = context.error


def context_of(application: App, turn: Turn) -> Context:
    """Return a context for a turn that no update began."""
    context = Context(application)
    context.turn, context.arguments = turn, {}
    return context


async def settled(application: App, turn: Turn) -> None:
    """At the end of every turn, whoever began it: let everything that stands say what is true by now."""
    await settle(context_of(application, turn))


async def run_job(application: App, turn: Turn, reminder: Reminder) -> None:
    """Do what is due."""
    context = context_of(application, turn)
    await JOBS[reminder.kind](context, reminder.about)


async def open_up(application: App, turn: Turn, outside: Iterable[str] = ()) -> None:
    """When the hub starts: every kiosk locked and wiped, every open slip's card and every menu where it belongs.

    ``outside`` names the networks on which strangers can find the bot.
    """
    context = context_of(application, turn)
    await menus.settle(context)
    await menus.greet_strangers(context, outside)
    await kiosks.lock_all(context)
    await talk_cases.watch(turn)
    await coverage.hand_on(turn)
    for slip in await slip_cases.all_open(turn):
        steps.touch(turn, slip)


async def lock(application: App, turn: Turn, places: Iterable[str]) -> None:
    """Lock and wipe kiosks that could not be locked in time."""
    for kiosk in places:
        await rows.lock(context_of(application, turn), kiosk)


async def tell_refusal(
    application: App, update: Update, turn: Turn, refusal: Refusal, again: tuple[Handler, dict[str, str]] | None
) -> None:
    """Tell a refusal in words and show the present."""
    context = context_of(application, turn)
    show_again, context.arguments = again or (None, {})
    if not await put_back.gone(update, context):
        await telling.refuse(update, context, refusal, show_again)


async def apologise(application: App, update: Update, turn: Turn) -> None:
    """Say sorry for a fault of ours."""
    await telling.apologise(update, context_of(application, turn))


def unchanged(application: App, turn: Turn) -> str:
    """Answer a press after which everything stands as it did."""
    return telling.unchanged(context_of(application, turn))
