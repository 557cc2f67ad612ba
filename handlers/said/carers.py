"""What is said to whoever cares for inmates: a slip and its news, why somebody waits, which screen is closed."""

from collections.abc import Callable, Sequence

from bot.domain.chat.messages import Button, Entry, Line
from bot.domain.screen.closings import Closing
from bot.domain.slips.slips import OPEN, WAITS_AGAIN, Move, Slip, State
from bot.domain.theme_nights.seats import Passed
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.whole import Whole, all_but
from handlers.chat.words import Say, Words

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

HAPPENED: Whole[Move, Say] = Whole(
    "what happened last to a slip that waits, told at the door",
    all_but(WAITS_AGAIN, Move.RENEW, Move.AGAIN),
    {
        Move.CANCEL: lambda _: _("Your talk is cancelled. It is not your fault."),
        Move.EXPIRE: lambda _: _("The time that was kept for you is free again."),
        Move.DECLINE: lambda _: _("The time that you proposed does not suit."),
        Move.EXTEND: lambda _: _("Your answer takes a little longer."),
        Move.LAPSE: lambda _: _("Nobody has told us how your talk went. We find out."),
    },
)
"""What the inmate has done is no news to the inmate."""

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

ANSWERS = "answers"
"""What leads to the answers that somebody has to tell, and names their page."""

OPENS = "open_screen:{about}"
"""What the button presses that opens a closed screen, where no page is to be shown again."""


def answers_to_tell(_: Words, n: int) -> str:
    """Say how many answers wait to be told."""
    if n == 0:
        return _("🗣️ Nothing to tell now.")
    return _.n_("🗣️ {n} answer to tell", "🗣️ {n} answers to tell", n)


def to_answers(_: Words) -> Button:
    """Return the way to the answers that somebody has to tell."""
    return Button(_("🗣️ Show the answers"), ANSWERS, "primary")


def seat_buttons(_: Words, sign_up: SignUp) -> tuple[Button, ...]:
    """Return yes and no to an offered seat, for somebody."""
    at = f"{sign_up.night}:{sign_up.inmate}:{sign_up.revision}"
    yes = Button(_("👍 {number} comes", number=sign_up.inmate), f"seat_for:{at}:yes", "success", private=True)
    return yes, Button(_("👎 {number} No", number=sign_up.inmate), f"seat_for:{at}:no", private=True)


def closed_screens(_: Words, closed: Sequence[Closing], data: str = OPENS) -> tuple[Entry, ...]:
    """Say to the staff which screens are closed, each with the button that opens it.

    What a page needs to show itself again stands in ``data``.
    """
    return tuple(Entry((_closed(_, each),), ((open_button(_, each, data),),)) for each in closed)


def _closed(_: Words, closing: Closing) -> Line:
    return Line(_("🔒 Screen {kiosk} is closed: many wrong codes.", kiosk=closing.kiosk))


def open_button(_: Words, closing: Closing, data: str = OPENS) -> Button:
    """Return the button that lets people sign in at a screen again."""
    return Button(_("🔓 Open screen {kiosk}", kiosk=closing.kiosk), data.format(about=closing.about), "primary")
