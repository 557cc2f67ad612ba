"""What is said to inmates at a screen: how a slip ended, why one cannot come, and how far a new PIN has come."""

from collections.abc import Callable

from bot.domain.inmates.pins import Choice
from bot.domain.slips.slips import WHY_NOT_COMING, Reason, State
from bot.domain.whole import Whole, all_but
from handlers.chat.words import Say, Words

ENDED: Whole[State, Say] = Whole(
    "how a slip ended",
    all_but(State, State.WAITING, State.OFFERED, State.BOOKED, State.ANSWERED),
    {
        State.HELD: lambda _: _("The talk took place."),
        State.NOT_HELD: lambda _: _("The talk did not happen."),
        State.WITHDRAWN: lambda _: _("Your slip is withdrawn."),
        State.CLOSED: lambda _: _("The slip is finished."),
    },
)

AGAIN: Whole[State, Say] = Whole(
    "what can follow on how a slip ended",
    all_but(State, State.WAITING, State.OFFERED, State.BOOKED, State.ANSWERED),
    {
        State.HELD: lambda _: _("You can ask for a new talk any time."),
        State.NOT_HELD: lambda _: _("Do you want a new time?"),
        State.WITHDRAWN: lambda _: _("You can send a new slip any time."),
        State.CLOSED: lambda _: _("You can send a new slip any time."),
    },
)

NOT_COMING: Whole[Reason, Say] = Whole(
    "why an inmate cannot come",
    WHY_NOT_COMING,
    {
        Reason.NOT_NOW: lambda _: _("It does not suit me"),
        Reason.ILL: lambda _: _("I am ill"),
        Reason.SOMETHING_ELSE: lambda _: _("I have something else"),
        Reason.NOT_SAID: lambda _: _("I would rather not say"),
    },
)

PIN: Whole[Choice, Callable[[Words, int], str]] = Whole(
    "how far a new PIN has come",
    all_but(Choice, Choice.DONE),
    {
        Choice.PRESENT: lambda _, n: _("Press the code you have now ({n} digits)", n=n),
        Choice.FIRST: lambda _, n: _("Make your own code ({n} digits)", n=n),
        Choice.ONCE_MORE: lambda _, _n: _("Press your new code once more"),
        Choice.DIFFERENT: lambda _, n: _("The two were not the same. Make your own code ({n} digits)", n=n),
        Choice.THE_CODE: lambda _, n: _("Others may know this code. Make another one ({n} digits)", n=n),
        Choice.EASY: lambda _, n: _("That code is easy to guess. Choose another one ({n} digits)", n=n),
    },
)
