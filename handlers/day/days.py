"""Everybody's day: shown when they ask for it, and brought each working day's morning to those who have something."""

from telegram import Update

from bot.domain.people import WITH_A_DAY
from bot.domain.reminders import Kind
from bot.usecases import people
from bot.usecases.theme_nights import coming
from handlers.chat.context import Context
from handlers.chat.lines import command
from handlers.chat.words import N_


async def show_today(update: Update, context: Context) -> None:
    """Show the acting person's day."""
    await context.bot_data.days[context.turn.actor.role].show(update, context)


async def good_morning(context: Context, _about: str) -> None:
    """Bring today's page to whoever has something on it; nothing where there is nothing."""
    await coming.fill_all(context.turn)
    for role, day in context.bot_data.days.items():
        if day.morning:
            for person in await people.with_role(context.turn, role):
                await day.morning(context, person)


JOBS = {Kind.MORNING: good_morning}

HANDLERS = command("/today", "/idag", show_today, may=WITH_A_DAY, menu=N_("Today's talks"))
