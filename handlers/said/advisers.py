"""What is said to whoever answers slips: who wrote one, why no talk was held, what was found at the door; no blame."""

from bot.domain.movements import Tick
from bot.domain.people import CARERS, Role
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

WROTE: Whole[Role, Say] = Whole(
    "who wrote a slip on behalf of an inmate",
    CARERS,
    {
        Role.OFFICER: lambda _: _("Written by the contact officer. The inmate said yes."),
        Role.SOCIAL_ADVISER: lambda _: _("Written by the social adviser. The inmate said yes."),
    },
)
