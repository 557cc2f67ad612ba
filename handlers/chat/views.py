"""Living pages: messages in chats of the staff that say at any time what is true now."""

from collections.abc import Awaitable, Callable, Collection
from datetime import date, timedelta

from bot.domain import calendar
from bot.domain.messages import PAGE, Build, Button
from bot.domain.people import Person
from bot.domain.refusals import OtherDay, Stale
from bot.usecases import pages
from bot.usecases.cards import Facts
from handlers.chat.context import Context
from handlers.chat.words import Words

AHEAD = timedelta(days=7)

Living = Callable[[Context, Person, str, Facts | None], Awaitable[None]]
"""Writes somebody's page anew, by the rest of its key, because of a slip or of anything."""

Follower = Callable[[Context, Facts], Awaitable[None]]
"""Does what follows from a change of a slip."""


async def refresh_pages(context: Context, facts: Facts | None = None, *, names: Collection[str] | None = None) -> None:
    """Let every page that stands in a chat of the staff, and that a slip concerns, say what is true now.

    With ``names`` only pages of these names; what concerns no slip concerns them all.
    The page that was pressed is not among them: whatever is pressed shows itself anew.
    """
    living: dict[str, Living] = context.bot_data["living"]
    actor, pressed = context.turn.actor.person, context.turn.pressed
    for person, key in await pages.of_staff(context.turn):
        name, _, rest = key.removeprefix(PAGE).partition(":")
        wanted = name in living and (names is None or name in names)
        if wanted and not (actor and actor.id == person.id and key == pressed):
            await living[name](context, person, rest, facts)


def open_page(context: Context, key: str, build: Build) -> None:
    """Show a living page: where it was pressed, or below everything else."""
    if context.turn.pressed == key:
        context.show_for(build)
    else:
        context.bring_down(key, build, context.moved_down(context.turn.actor.language))


def pressed_day(context: Context, name: str) -> date:
    """Return the date of the living page that was pressed, or today's."""
    key = context.turn.pressed or ""
    if key.startswith(f"{PAGE}{name}:"):
        return date.fromisoformat(key.rpartition(":")[2])
    return calendar.today(context.turn.hub, context.turn.now)


def chosen_day(context: Context) -> date:
    """Return the date that was chosen: today, or one of the next days."""
    today = calendar.today(context.turn.hub, context.turn.now)
    try:
        day = date.fromisoformat(context.text("day"))
    except ValueError as error:
        raise Stale from error
    if not today <= day <= today + AHEAD:
        raise OtherDay
    return day


def day_buttons(context: Context, _: Words, day: date, data: str) -> tuple[Button, ...]:
    """Return the ways to the days before and after."""
    today = calendar.today(context.turn.hub, context.turn.now)
    if day < today:
        return (Button(_("📅 Today"), f"{data}:{today}"),)
    before = [Button(_("⬅️ Day before"), f"{data}:{day - timedelta(days=1)}")] if day > today else []
    after = [Button(_("➡️ Next day"), f"{data}:{day + timedelta(days=1)}")] if day < today + AHEAD else []
    return tuple(before + after)
