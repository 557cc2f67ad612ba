"""A PIN of one's own: made with a one-time code or instead of one that others know, and changed when one likes (J2)."""

from telegram import Update

from bot.domain.chat.looks import Look
from bot.domain.chat.messages import View
from bot.domain.inmates.pins import Choice
from bot.domain.people import Role
from bot.domain.screen.kiosks import HOME, NOT_CHANGED
from bot.usecases import people
from bot.usecases.inmates.pins import CodeRight
from bot.usecases.people import KioskClosed, PinRight, SignedIn, WrongPin
from bot.usecases.screen import closings, kiosks, trails
from bot.usecases.slips import drafts
from bot.usecases.turn import Pad
from handlers.chat.context import Context
from handlers.chat.handed_over import take_pin_code_away
from handlers.chat.lines import tap
from handlers.chat.rows import open_page, screen, show_left, show_page
from handlers.said.inmates import PIN
from handlers.screen import pads
from handlers.screen.closings import call_the_desk
from handlers.screen.wrong_codes import CLOSED, forgotten_row, show_not_changed


async def begin(_update: Update, context: Context) -> None:
    """Begin to change one's PIN, unless the screen is closed: the present one would not be looked at."""
    if await closings.of_kiosk(context.turn):
        await open_page(context, f"{NOT_CHANGED}:{CLOSED}")
        return
    kiosks.start_change(context.turn)
    await show_page(context)


def page(context: Context, shown: Pad) -> View:
    """Ask for the PIN, and say what is still to do."""
    _, n = context.words, context.turn.hub.pin_digits
    question = PIN[shown.choice](_, n)
    only_you = _("Only you know your code. See that nobody watches you press it.")
    return screen(
        context,
        question,
        only_you,
        pads.code_so_far(context, shown.digits),
        look=Look.PAD,
        rows=(*pads.keys(context, shown), *([forgotten_row(context)] if shown.choice is Choice.PRESENT else [])),
        back="choose_again" if shown.first else "start",
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
        await show_not_changed(context, result)
        await call_the_desk(context, result)
        return
    if isinstance(result, CodeRight):
        take_pin_code_away(context, result.made_by, result.inmate)
    spent = "" if isinstance(result, PinRight) and not result.given else result.spent
    kiosks.start_own_pin(context.turn, entered.unit, owner, spent)
    await show_page(context)


async def welcome_in(context: Context, signed_in: SignedIn) -> None:
    """Show where somebody begins who has just signed in, or goes on; other screens that they have left show nothing."""
    if signed_in.draft:
        trails.go_on(context.turn, drafts.pages(context.turn))
    else:
        trails.open_page(context.turn, HOME)
    await show_page(context)
    await show_left(context, signed_in.left)


HANDLERS = [tap("new_pin", begin, may=Role.INMATE)]
