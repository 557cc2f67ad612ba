"""The buttons of those who serve several prisons: one of them, or all in one (F110)."""

from collections.abc import Callable

from bot.domain.messages import Button
from bot.domain.people import Person
from bot.usecases.prisons import ALL
from handlers.context import Context
from handlers.pages import Rows, short
from handlers.words import Words


def switcher(context: Context, _: Words, person: Person, chosen: str, data: Callable[[str], str]) -> Rows:
    """Return a row for the prisons of somebody's units and one for all; nothing where there is only one prison."""
    hub = context.turn.hub
    prisons = hub.prisons_of(person.units)
    if len(prisons) < 2:
        return ()
    names = {**{each: hub.prisons.get(each, hub.name) for each in prisons}, ALL: _("All")}
    buttons = [Button(short(f"✓ {name}" if each == chosen else name), data(each)) for each, name in names.items()]
    return (tuple(buttons[:-1]), (buttons[-1],))
