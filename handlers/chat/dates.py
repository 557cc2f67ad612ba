"""Pages of the staff about a date: which one is meant, and the ways to the days before and after."""

from datetime import date, timedelta

from bot.domain import calendar
from bot.domain.chat.messages import Button
from bot.domain.refusals import OtherDay, Stale
from handlers.chat.context import PAGE, Context
from handlers.chat.words import Words

AHEAD = timedelta(days=7)
NEAR_YEARS = range(2000, 3000)


def day_of(text: str) -> date:
    """Read a date that a button sends, or refuse one that nobody can have meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Stale from error
    if day.year not in NEAR_YEARS:
        raise Stale
    return day


def pressed_day(context: Context, name: str) -> date:
    """Return the date of the living page that was pressed, or today's."""
    key = context.turn.pressed or ""
    if key.startswith(f"{PAGE}{name}:"):
        return date.fromisoformat(key.rpartition(":")[2])
    return calendar.today(context.turn.hub, context.turn.now)


def chosen_day(context: Context) -> date:
    """Return the date that was chosen: today, or one of the next days."""
    today = calendar.today(context.turn.hub, context.turn.now)
    day = day_of(context.text("day"))
    if not today <= day <= today + AHEAD:
        raise OtherDay
    return day


def day_buttons(context: Context, _: Words, day: date, data: str) -> tuple[Button, ...]:
    """Return the ways to the days before and after."""
    today = calendar.today(context.turn.hub, context.turn.now)
    if day < today:
        return (Button(_("☀️ Today"), f"{data}:{today}"),)
    before = [Button(_("⬅️ Day before"), f"{data}:{day - timedelta(days=1)}")] if day > today else []
    after = [Button(_("➡️ Next day"), f"{data}:{day + timedelta(days=1)}")] if day < today + AHEAD else []
    return tuple(before + after)
