"""A screen that takes no codes after many wrong ones: what stands there, and the officer's button that opens it."""

from collections.abc import Callable, Sequence

from telegram import Update

from bot.domain.closings import Closing
from bot.domain.messages import PAGE, Button, Entry, Line, Reader, View
from bot.domain.people import Role
from bot.usecases import closings, kiosks
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import page
from handlers.chat.views import refresh_pages
from handlers.chat.words import Words

MOVEMENTS = "movements"
"""The officers' page of a day, on which closed screens stand first."""
AT_THE_DOOR = ("welcome", "not_signed_in", "about", "night", "notices")
"""The pages that say to whoever is not signed in whether the screen takes codes."""
OPENS = "open_screen:{about}"


def key_of(closing: Closing) -> str:
    """Name the message about a closed screen; each closing has its own, so that it comes anew."""
    return f"closed:{closing.about}"


def entries(_: Words, closed: Sequence[Closing], data: str = OPENS) -> tuple[Entry, ...]:
    """Say to the staff which screens are closed, each with the button that opens it.

    What a page needs to show itself again stands in ``data``.
    """
    return tuple(Entry((_line(_, each),), ((_button(_, each, data),),)) for each in closed)


def _line(_: Words, closing: Closing) -> Line:
    return Line(_("🔒 Screen {kiosk} is closed: many wrong codes.", kiosk=closing.kiosk))


def _button(_: Words, closing: Closing, data: str = OPENS) -> Button:
    return Button(_("🔓 Open screen {kiosk}", kiosk=closing.kiosk), data.format(about=closing.about), "primary")


async def tell(context: Context) -> None:
    """Tell those who can open the acting kiosk that it has closed: in a message of its own, and on their day's page."""
    closing = await closings.of_kiosk(context.turn)
    if closing is None:
        return
    await _tell_of(context, closing)
    await refresh_pages(context, names={MOVEMENTS})


async def tell_again(context: Context) -> None:
    """Tell of every closed screen whoever can open it now: those who were told may be gone (J2)."""
    for closing in await closings.everyone(context.turn):
        await _tell_of(context, closing)


async def _tell_of(context: Context, closing: Closing) -> None:
    for keeper in await closings.keepers(context.turn, closing.unit):
        context.tell(keeper.id, key_of(closing), _closed(context, closing))


def _closed(context: Context, closing: Closing) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        many = _(
            "Screen {kiosk}: many wrong codes in the last hour ({time}).",
            kiosk=closing.kiosk,
            time=_.time(closing.closed_at),
        )
        none = _("Nobody can sign in there until you open it. Please go and see first.")
        return View((Line(many), Line(none)), ((_button(_, closing),),))

    return build


async def open_screen(_update: Update, context: Context) -> None:
    """Let people sign in at a screen again; everybody who was told sees that it is done."""
    await open_pressed(context)
    await show_again(_update, context)


async def open_pressed(context: Context) -> None:
    """Open the screen that a button names, and let everybody who was told see that it is done."""
    closing = await closings.open_again(context.turn, context.text("kiosk"), context.number("number"))
    for person in await closings.openers(context.turn, closing.unit):
        context.tell(person.id, key_of(closing), _opened(context, closing), only_there=True)
    await _show_at_screen(context, closing.kiosk)
    await refresh_pages(context, names={MOVEMENTS})


def _opened(context: Context, closing: Closing) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        time = _.time(context.turn.now)
        return View((Line(_("Screen {kiosk} is open again since {time}.", kiosk=closing.kiosk, time=time)),))

    return build


async def _show_at_screen(context: Context, kiosk: str) -> None:
    session = await kiosks.session_at(context.turn, kiosk)
    if session and session.inmate is None and session.view.partition(":")[0] in AT_THE_DOOR:
        with context.turn.standing_at(session):
            context.tell_kiosk(kiosk, await page(context))


async def show_again(_update: Update, context: Context) -> None:
    """Show the pressed page as it is now; a message about one screen shows itself."""
    pressed = context.turn.pressed or ""
    name, _, rest = pressed.removeprefix(PAGE).partition(":")
    if pressed.startswith(PAGE) and name in context.bot_data["living"]:
        await context.bot_data["living"][name](context, context.turn.person, rest, None)


HANDLERS = [
    tap("open_screen:{kiosk}:{number}", open_screen, may=Role.OFFICER | Role.COORDINATOR, again=show_again),
]
