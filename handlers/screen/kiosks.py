"""The kiosk itself: welcome, language, the digit pad, finishing, and the lock when somebody has left."""

from telegram import Update

from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, View
from bot.domain.people import NUMBER_LENGTH, Role
from bot.domain.people import SCREEN as AT_SCREEN
from bot.domain.screen.kiosks import PAD, UNSENT, WELCOME
from bot.languages import own_name
from bot.usecases import people
from bot.usecases.inmates.pins import CodeRight
from bot.usecases.people import KioskClosed, SignedIn, WrongPin
from bot.usecases.screen import closings as closed_kiosks
from bot.usecases.screen import kiosks, languages, leaving
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import theme_nights
from bot.usecases.turn import Pad
from handlers.chat.context import Context
from handlers.chat.handed_over import take_pin_code_away
from handlers.chat.lines import tap
from handlers.chat.rows import lock, open_page, pairs, passing, screen, show_page
from handlers.said import theme_nights as theme_night_words
from handlers.said.closed_screens import none_taken
from handlers.screen import own_pins, pads
from handlers.screen.closings import call_the_desk
from handlers.screen.posted import posted
from handlers.screen.trails import say_what_becomes_of_a_code
from handlers.screen.wrong_codes import forgotten_row, show_not_signed_in

THEME_NIGHTS = 3
"""So many theme nights stand on the welcome itself."""


async def welcome(context: Context, _argument: str) -> View:
    """Greet whoever comes; nothing here is about anybody."""
    _ = context.words
    hub = context.turn.hub
    here = hub.units_of(hub.prison_of(context.turn.session.unit))
    closed = await closed_kiosks.of_kiosk(context.turn)
    units = [Button(_("Unit {unit}", unit=unit), f"unit:{unit}", "primary") for unit in (() if closed else here)]
    spoken = [Button(own_name(each, hub.languages), f"language:{each}") for each in hub.languages]
    more = [Button(_("🎟️ Theme nights"), "nights"), Button(_("ℹ️ What is here?"), "here")]
    nights = (await theme_nights.coming(context.turn, [context.turn.session.unit]))[:THEME_NIGHTS]
    news = await posted(context)
    abouts = [*news.abouts, *(night.holder for night in nights)]
    return screen(
        context,
        _("Hi! Here you can ask for a talk."),
        *(none_taken(_) if closed else [_("Press your unit to start.")]),
        *news.lines,
        *(theme_night_words.line(_, night) for night in nights),
        look=Look.WELCOME,
        rows=(*((unit,) for unit in units), *pairs(spoken), *pairs([*news.buttons, *more])),
        carries=await broadcasts.carried(context.turn, abouts),
    )


async def start(_update: Update, context: Context) -> None:
    """Go to where this person begins: home when signed in, else the welcome."""
    say_what_becomes_of_a_code(context)
    if context.turn.actor.role is Role.INMATE:
        await open_page(context, "home")
        return
    await open_page(context, WELCOME)


async def choose_unit(_update: Update, context: Context) -> None:
    """Begin to sign in, unless the screen is closed, which its welcome says."""
    if await closed_kiosks.of_kiosk(context.turn):
        await open_page(context, WELCOME)
        return
    kiosks.start_pad(context.turn, context.text("unit"))
    await show_page(context)


async def pad(context: Context, _argument: str) -> View:
    """Show the digit pad; a PIN is only ever seen as dots."""
    shown = kiosks.pad_of(context.turn)
    if shown.owner:
        return own_pins.page(context, shown)
    _ = context.words
    number, pin = kiosks.number_of(shown), kiosks.pin_of(shown)
    whole = len(shown.digits) >= NUMBER_LENGTH
    ask_code = _("Press your code ({n} digits)", n=context.turn.hub.pin_digits)
    return screen(
        context,
        ask_code if whole else _("Press your number (2 digits)"),
        _("Number: {number}", number=number.ljust(len(shown.unit) + NUMBER_LENGTH, pads.HOLE)),
        pads.code_so_far(context, pin) if whole else "",
        look=Look.PAD,
        rows=(*pads.keys(context, shown), forgotten_row(context)),
        back="start",
    )


async def press_digit(_update: Update, context: Context) -> None:
    """Take a digit; with the last one, sign in."""
    entered = kiosks.press_digit(context.turn, context.text("token"))
    if not kiosks.complete(context.turn, entered):
        await show_page(context)
    elif entered.owner:
        await own_pins.take(context, entered, entered.owner)
    else:
        kiosks.put_pad_away(context.turn)
        await _sign_in(context, entered)


async def erase_digit(_update: Update, context: Context) -> None:
    """Take the last digit back."""
    if not kiosks.pad_of(context.turn).digits:
        context.alert(context.words("There is nothing to delete."))
    kiosks.erase_digit(context.turn)
    await show_page(context)


async def _sign_in(context: Context, entered: Pad) -> None:
    result = await people.sign_in(context.turn, kiosks.number_of(entered), kiosks.pin_of(entered))
    if isinstance(result, SignedIn):
        await own_pins.welcome_in(context, result)
        return
    await call_the_desk(context, result)
    if isinstance(result, WrongPin):
        await show_not_signed_in(context, result, entered.unit)
    elif isinstance(result, KioskClosed):
        await open_page(context, WELCOME)
    else:
        if isinstance(result, CodeRight):
            take_pin_code_away(context, result.made_by, result.inmate)
        await languages.speak_to(context.turn, result.inmate)
        kiosks.start_own_pin(context.turn, entered.unit, result.inmate, result.spent)
        await show_page(context)


async def finish(_update: Update, context: Context) -> None:
    """Leave: after this nothing of the person is on the screen or in the chat; what is not sent is asked about once."""
    if context.turn.session.asks_before_leaving:
        kiosks.step_aside(context.turn, UNSENT)
        await show_page(context)
        return
    context.alert(context.words("Done. The screen is locked."))
    await leaving.leave_for_later(context.turn)
    await show_page(context)


async def lock_all(context: Context) -> None:
    """Lock and wipe every kiosk when the hub starts."""
    for kiosk in await kiosks.every(context.turn):
        await lock(context, kiosk)


PAGES = {
    WELCOME: welcome,
    PAD: passing(pad),
}

HANDLERS = [
    tap("start", start, may=AT_SCREEN),
    tap("unit:{unit}", choose_unit, may=Role.KIOSK),
    tap("pad:{token}", press_digit, may=AT_SCREEN),
    tap("erase", erase_digit, may=AT_SCREEN),
    tap("finish", finish, may=AT_SCREEN),
]
