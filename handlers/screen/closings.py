"""A screen that takes no codes after many wrong ones: what stands there, and the officer's button that opens it."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person, Role
from bot.domain.screen.closings import Closing
from bot.domain.subjects import About, Subject
from bot.usecases.screen import closings
from handlers.chat import views
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.words import Words

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
    if closing := await closings.of_kiosk(context.turn):
        await _tell_of(context, closing)


async def tell_again(context: Context) -> None:
    """Tell of every closed screen whoever can open it now: those who were told may be gone (J2)."""
    for closing in await closings.everyone(context.turn):
        await _tell_of(context, closing)


async def _tell_of(context: Context, closing: Closing) -> None:
    for keeper in await closings.keepers(context.turn, closing.unit):
        context.tell(keeper.id, key_of(closing), Use(Span.CLOSED_SCREEN, closing.about), _closed(context, closing))


def _closed(context: Context, closing: Closing) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        many = _(
            "Screen {kiosk}: many wrong codes in the last hour ({time}).",
            kiosk=closing.kiosk,
            time=_.time(closing.closed_at),
        )
        none = _("Nobody can sign in there until you open it. Please go and see first.")
        return View((Line(many), Line(none)), ((_button(_, closing),),), about=_about(closing))

    return build


async def open_screen(_update: Update, context: Context) -> None:
    """Let people sign in at a screen again; everybody who was told sees that it is done."""
    await open_pressed(context)
    await show_again(_update, context)


async def open_pressed(context: Context) -> None:
    """Open the screen that a button names."""
    await closings.open_again(context.turn, context.text("kiosk"), context.number("number"))


async def write(context: Context, _person: Person, about: str) -> Build | None:
    """Where somebody was told that a screen has closed, say whether it still is; ``about`` names the closing."""
    closing = await closings.named(context.turn, about)
    if closing is None:
        return None
    return _opened(context, closing) if closing.opened_at else _closed(context, closing)


def _opened(context: Context, closing: Closing) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        time = _.time(closing.opened_at or context.turn.now)
        text = _("Screen {kiosk} is open again since {time}.", kiosk=closing.kiosk, time=time)
        return View((Line(text),), about=_about(closing))

    return build


def _about(closing: Closing) -> frozenset[Subject]:
    return frozenset({Subject(About.KIOSK, closing.kiosk)})


async def show_again(_update: Update, context: Context) -> None:
    """Show the pressed message as it is now: an officer's page of the day, or the message about the screen."""
    await views.show_pressed(context)


VIEWS = {"closed": views.Living(write)}

HANDLERS = [
    tap("open_screen:{kiosk}:{number}", open_screen, may=Role.OFFICER | Role.COORDINATOR, again=show_again),
]
