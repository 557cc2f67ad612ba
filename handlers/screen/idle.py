"""Somebody has left a screen, or reads for long: it asks before it locks, signed in or not (J3)."""

import math

from telegram import Update

from bot.domain.chat.messages import Button, View
from bot.domain.people import SCREEN
from bot.domain.reminders import Kind
from bot.domain.screen.kiosks import IDLE
from bot.usecases.screen import kiosks
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import lock, page, screen, show_page


async def more_time(_update: Update, context: Context) -> None:
    """Go on where one was: whoever presses is there."""
    await show_page(context)


async def warn_idle(context: Context, kiosk: str) -> None:
    """Ask whether somebody is still there (J3)."""
    await kiosks.warn(context.turn, kiosk)
    context.tell_kiosk(kiosk, await page(context))


async def idle(context: Context, _argument: str) -> View:
    """Ask whether somebody is still there, and say when the screen locks."""
    _ = context.words
    until = kiosks.locks_at(context.turn)
    seconds = math.ceil((until - context.turn.now).total_seconds())
    return screen(
        context,
        _("Still there?"),
        _.n_("The screen locks in {n} second.", "The screen locks in {n} seconds.", seconds),
        rows=((Button(_("⏳ I need more time"), "more_time", "primary"),),),
        until=until,
    )


PAGES = {IDLE: idle}

HANDLERS = [tap("more_time", more_time, may=SCREEN)]

JOBS = {Kind.IDLE_WARNING: warn_idle, Kind.IDLE_LOCK: lock}
