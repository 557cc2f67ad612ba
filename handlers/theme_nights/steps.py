"""A step of a task about a theme night: where it is shown, and that it says what is true as long as it stands."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.domain.chat.messages import Build
from bot.domain.people import Person
from bot.domain.theme_nights.refusals import NightGone
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import PAGE, Context
from handlers.chat.views import written
from handlers.theme_nights import pages


def aside(update: Update, context: Context, build: Build) -> None:
    """Show a step of a task: in the pressed message, or below where a page was pressed that says what is true now."""
    if (context.turn.pressed or PAGE).startswith(PAGE):
        context.say(update, build)
    else:
        context.show_for(build)


async def show_aside(update: Update, context: Context, name: str) -> None:
    """Show a living step there, by its name."""
    if build := await written(context, context.turn.person, name):
        aside(update, context, build)


async def write_step(
    context: Context,
    person: Person,
    number: int,
    stands: Callable[[ThemeNight], bool],
    step: Callable[[ThemeNight], Awaitable[Build]],
) -> Build:
    """Write a step as long as it ``stands``; where that is over, the night as it is now."""
    try:
        night = await theme_nights.one(context.turn, number, person)
    except NightGone:
        night = None
    return await (step(night) if night and stands(night) else pages.write(context, person, str(number)))
