"""A PIN of one's own: made with a one-time code or instead of one that others know, and changed when one likes (J2)."""

from telegram import Update

from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, View
from bot.domain.inmates.pins import Choice
from bot.domain.people import Role
from bot.usecases import people
from bot.usecases.inmates.pins import CodeRight
from bot.usecases.people import KioskClosed, PinRight, SignedIn, WrongPin
from bot.usecases.screen import closings, kiosks
from bot.usecases.turn import Pad
from handlers.chat.context import Context
from handlers.chat.handed_over import take_pin_code_away
from handlers.chat.lines import tap
from handlers.chat.rows import open_page, screen, show_page
from handlers.said.closed_screens import none_taken
from handlers.said.inmates import PIN
from handlers.screen import pads
from handlers.screen.closings import call_the_desk


async def begin(_update: Update, context: Context) -> None:
    """Begin to change one's PIN, unless the screen is closed: the present one would not be looked at."""
    if await closings.of_kiosk(context.turn):
        context.tell_kiosk(context.turn.session.kiosk, _not_changed(context, KioskClosed(begins=False)))
        return
    kiosks.start_change(context.turn)
    await show_page(context)


def page(context: Context, shown: Pad) -> View:
    """Ask for the PIN, and say what is still to do."""
    _, n = context.words, context.turn.hub.pin_digits
    question = PIN[shown.choice](_, n)
    only_you = _("Only you know it. Nobody else sees it.")
    return screen(
        context,
        question,
        only_you,
        pads.code_so_far(context, shown.digits),
        look=Look.PAD,
        rows=pads.keys(context, shown),
    )


async def take(context: Context, entered: Pad, owner: str) -> None:
    """Take the digits of a PIN; a new one that is entered twice alike is kept, and its owner is signed in."""
    if entered.choice is Choice.PRESENT:
        await _take_present(context, entered, owner)
    elif kiosks.choose_pin(context.turn, entered, owner) is not Choice.DONE:
        await show_page(context)
    else:
        kiosks.put_pad_away(context.turn)
        signed_in = await people.keep_pin(context.turn, owner, entered.digits)
        if signed_in.ended_code_of:
            take_pin_code_away(context, signed_in.ended_code_of, owner)
        context.alert(context.words("Your new code is ready."))
        await welcome_in(context, signed_in)


async def _take_present(context: Context, entered: Pad, owner: str) -> None:
    kiosks.put_pad_away(context.turn)
    result = await people.judge(context.turn, owner, entered.digits)
    if isinstance(result, WrongPin | KioskClosed):
        kiosks.open_page(context.turn, "home")
        context.tell_kiosk(context.turn.session.kiosk, _not_changed(context, result))
        await call_the_desk(context, result)
        return
    if isinstance(result, CodeRight):
        take_pin_code_away(context, result.made_by, result.inmate)
    spent = "" if isinstance(result, PinRight) and not result.given else result.spent
    kiosks.start_own_pin(context.turn, entered.unit, owner, spent)
    await show_page(context)


def _not_changed(context: Context, result: WrongPin | KioskClosed) -> View:
    _ = context.words
    again: list[Button] = []
    if isinstance(result, KioskClosed):
        said = none_taken(_)
    elif result.pause_until:
        said = [pads.on_a_break(context, result.pause_until)]
    else:
        said = [_("That was not the code you have now. Nothing was changed.")]
        again = [Button(_("🔁 Try again"), "new_pin", "primary")]
    return screen(context, *said, look=Look.TROUBLE, rows=(tuple(again),) if again else (), back="home")


async def welcome_in(context: Context, signed_in: SignedIn) -> None:
    """Show where somebody begins who has just signed in."""
    await open_page(context, "review" if signed_in.draft else "home")


HANDLERS = [tap("new_pin", begin, may=Role.INMATE)]
