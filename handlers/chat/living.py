"""Living pages: opened by somebody of the staff, and from then on they say what is true."""

from datetime import date, timedelta

from bot.domain import calendar
from bot.domain.chat.messages import Build, Button
from bot.domain.chat.uses import Use
from bot.domain.refusals import OtherDay, Stale
from handlers.chat.context import PAGE, Context
from handlers.chat.words import Words

AHEAD = timedelta(days=7)


def open_page(context: Context, key: str, use: Use, build: Build) -> None:
    """Show a living page: where it was pressed, or below everything else."""
    if context.turn.pressed == key:
        context.show_for(build)
    else:
        context.bring_down(key, use, build, context.moved_down(context.turn.actor.language))


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
