"""What is said to whoever cares for inmates: where a slip stands that they sent, and why somebody waits in line."""

from collections.abc import Callable

from bot.domain.slips.slips import OPEN, Slip, State
from bot.domain.theme_nights.seats import Passed
from bot.domain.whole import Whole
from handlers.chat.words import Words

SENT: Whole[State, Callable[[Words, Slip], str]] = Whole(
    "where an open slip stands",
    OPEN,
    {
        State.WAITING: lambda _, slip: _("Waits for an answer by {date}.", date=_.day(slip.answer_by)),
        State.OFFERED: lambda _, _slip: _("A time is offered."),
        State.BOOKED: lambda _, _slip: _("Has a time."),
        State.ANSWERED: lambda _, _slip: _("Has an answer."),
        State.NOT_HELD: lambda _, _slip: _("The talk did not happen."),
    },
)

PASSED: Whole[Passed, Callable[[Words, int, int], str]] = Whole(
    "why somebody waits in line",
    Passed,
    {
        Passed.UNIT_FULL: lambda _, n, most: _("the unit is full ({n} of {most})", n=n, most=most),
        Passed.FULL: lambda _, _n, _most: _("all seats are given"),
        Passed.BUSY: lambda _, _n, _most: _("something else then"),
        Passed.NEXT: lambda _, _n, _most: _("a seat is free soon, or at the door"),
    },
)
"""Named with it: how many of the unit have a seat, of how many."""
