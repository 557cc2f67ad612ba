"""A page of movements on one date: opened, turned to another date, brought in the morning, and written anew."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from telegram import Update

from bot.domain import calendar
from bot.domain.chat.messages import Build
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person, Role
from handlers.chat.context import PAGE, Context
from handlers.chat.dates import chosen_day, pressed_day
from handlers.chat.views import Living, open_view


@dataclass(frozen=True)
class DayPage:
    """The page with this ``name`` of those who ``may`` have it; ``write`` writes somebody's of a date."""

    name: str
    may: Role
    write: Callable[[Context, Person, date], Awaitable[Build]]

    @property
    def views(self) -> dict[str, Living]:
        """Return the page as a living view, for the room's table."""
        return {f"{PAGE}{self.name}": Living(self._write_anew, may=self.may)}

    async def show_today(self, _update: Update, context: Context) -> None:
        """Show today's page."""
        await self._open(context, calendar.today(context.turn.hub, context.turn.now))

    async def show_day(self, _update: Update, context: Context) -> None:
        """Show the page of a coming day."""
        await self._open(context, chosen_day(context))

    async def show_again(self, _update: Update, context: Context) -> None:
        """Show the pressed page as it is now."""
        await self._show(context, pressed_day(context, self.name))

    async def bring(self, context: Context, person: Person) -> None:
        """Bring somebody today's page."""
        today = calendar.today(context.turn.hub, context.turn.now)
        context.bring_to(person, self._key(today), _use(today), await self.write(context, person, today))

    async def _open(self, context: Context, day: date) -> None:
        await context.turn.note("read_walks", str(day))
        await self._show(context, day)

    async def _show(self, context: Context, day: date) -> None:
        open_view(context, self._key(day), _use(day), await self.write(context, context.turn.person, day))

    async def _write_anew(self, context: Context, person: Person, rest: str) -> Build | None:
        """Write it anew; of a day that is over nothing changes any more."""
        day = date.fromisoformat(rest)
        if day < calendar.today(context.turn.hub, context.turn.now):
            return None
        return await self.write(context, person, day)

    def _key(self, day: date) -> str:
        return f"{PAGE}{self.name}:{day}"


def _use(day: date) -> Use:
    return Use(Span.DAY, str(day))
