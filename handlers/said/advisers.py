"""What is said to whoever answers slips: why a talk was not held, and what was found at the door; never blame."""

from bot.domain.movements import Tick
from bot.domain.slips.slips import Reason
from bot.domain.whole import Whole
from handlers.chat.words import Say

REASONS: Whole[Reason, Say] = Whole(
    "why a talk did not happen",
    Reason,
    {
        Reason.NOT_NOW: lambda _: _("Did not want to now"),
        Reason.ILL: lambda _: _("Ill"),
        Reason.NO_ESCORT: lambda _: _("There was no escort"),
        Reason.ADVISER_AWAY: lambda _: _("The adviser could not"),
        Reason.SOMETHING_ELSE: lambda _: _("Something else then"),
        Reason.NO_ROOM: lambda _: _("There was no room"),
        Reason.NOT_SAID: lambda _: _("No reason given"),
    },
)

TICKS: Whole[Tick, Say] = Whole(
    "what an officer found at the door",
    Tick,
    {
        Tick.FETCHED: lambda _: _("Fetched"),
        Tick.NOT_NOW: lambda _: _("Not now"),
        Tick.NOT_FOUND: lambda _: _("Not found"),
        Tick.LOCKED: lambda _: _("Locked down"),
    },
)
