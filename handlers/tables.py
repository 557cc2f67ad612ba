"""All the tables of the edge in one place, for the hub to be wired and for tests to walk."""

from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.domain.refusals import Refusal
from bot.domain.reminders import Kind, Reminder
from bot.usecases import slips as slip_cases
from bot.usecases.turn import Turn, current_turn
from handlers import (
    arrivals,
    audit,
    bookings,
    codes,
    devices,
    drafts,
    hiring,
    home,
    inmates,
    kiosks,
    offers,
    owners,
    people,
    refusals,
    reminders,
    replies,
    retention,
    services,
    settings,
    slips,
    staff,
)
from handlers.cards import refresh_cards
from handlers.context import Context, Handler, Job, Page
from handlers.home import Door, Typed
from handlers.table import Line

HANDLERS: list[Line] = [
    *kiosks.HANDLERS,
    *services.HANDLERS,
    *drafts.HANDLERS,
    *slips.HANDLERS,
    *offers.HANDLERS,
    *owners.HANDLERS,
    *bookings.HANDLERS,
    *replies.HANDLERS,
    *staff.HANDLERS,
    *hiring.HANDLERS,
    *devices.HANDLERS,
    *inmates.HANDLERS,
    *arrivals.HANDLERS,
    *settings.HANDLERS,
    *audit.HANDLERS,
    *codes.HANDLERS,
    *home.HANDLERS,
    *people.HANDLERS,
    people.LAST,
]

PAGES: dict[str, Page] = {**kiosks.PAGES, **services.PAGES, **drafts.PAGES, **slips.PAGES, **offers.PAGES}

DOORS: list[Door] = [*staff.DOORS, *inmates.DOORS, *devices.DOORS, *settings.DOORS, *audit.DOORS]
"""The buttons of everybody's start page, in their order."""

PROMPTS: dict[str, Typed] = {**hiring.PROMPTS, **arrivals.PROMPTS, **settings.PROMPTS, **audit.PROMPTS}
"""What takes a typed line, by the task that somebody of the staff is in the middle of."""


async def every_night(context: Context, about: str) -> None:
    """Do the work of the night: what the hub itself does comes first, for the screens are renewed in their own name."""
    await retention.clean_up(context, about)
    await kiosks.renew_screens(context, about)


JOBS: dict[Kind, Job] = {**kiosks.JOBS, **reminders.JOBS, **offers.JOBS, **codes.JOBS, Kind.NIGHT: every_night}

App = Application[Any, Any, Any, Any, Any, Any]


def add_to(application: App) -> None:
    """Give the chat library's application every handler, and its pages."""
    application.bot_data.update(pages=PAGES, doors=DOORS, prompts=PROMPTS)
    application.add_handlers([line.as_handler() for line in HANDLERS])
    application.add_error_handler(note_failure)


async def note_failure(_update: object, context: Context) -> None:
    """Hand what a handler raised to the dispatch; the chat library would only log it."""
    current_turn.get().failure = context.error


def context_of(application: App, turn: Turn) -> Context:
    """Return a context for a turn that no update began."""
    context = Context(application)
    context.turn, context.arguments = turn, {}
    return context


async def run_job(application: App, turn: Turn, reminder: Reminder) -> None:
    """Do what is due."""
    await JOBS[reminder.kind](context_of(application, turn), reminder.about)


async def open_up(application: App, turn: Turn) -> None:
    """When the hub starts: every kiosk locked and wiped, every open slip's card where it belongs."""
    context = context_of(application, turn)
    await kiosks.lock_all(context)
    for slip in await slip_cases.all_open(turn):
        await refresh_cards(context, slip)


async def tell_refusal(
    application: App, update: Update, turn: Turn, refusal: Refusal, again: tuple[Handler, dict[str, str]] | None
) -> None:
    """Tell a refusal in words and show the present."""
    context = context_of(application, turn)
    show_again, context.arguments = again or (None, {})
    await refusals.refuse(update, context, refusal, show_again)


async def apologise(application: App, update: Update, turn: Turn) -> None:
    """Say sorry for a fault of ours."""
    await refusals.apologise(update, context_of(application, turn))
