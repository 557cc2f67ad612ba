"""The buttons of those who serve several prisons: one of them, or all in one (F110)."""

from collections.abc import Callable

from bot.domain.chat.messages import Button
from bot.domain.people import Person
from bot.usecases.prisons import ALL
from handlers.chat.context import Context
from handlers.chat.rows import Rows, mark, short
from handlers.chat.words import Words


def switcher(context: Context, _: Words, person: Person, chosen: str, data: Callable[[str], str]) -> Rows:
    """Return a row for the prisons of somebody's units and one for all; nothing where there is only one prison."""
    row = only_one(context, person, chosen, data)
    return (*row, (_button(ALL, _("All"), chosen, data),)) if row else ()


def only_one(context: Context, person: Person, chosen: str, data: Callable[[str], str]) -> Rows:
    """Return a row for the prisons of somebody's units; nothing where there is only one prison."""
    hub = context.turn.hub
    prisons = hub.prisons_of(person.units)
    if len(prisons) < 2:
        return ()
    return (tuple(_button(each, hub.prisons.get(each, hub.name), chosen, data) for each in prisons),)


def _button(prison: str, name: str, chosen: str, data: Callable[[str], str]) -> Button:
    return Button(short(mark(prison == chosen, name)), data(prison))
