"""A screen that takes no codes after many wrong ones: who is told, and opens it; and who is called to a screen."""

from telegram import Update

from bot.domain.chat.messages import Build, Line, Reader, View
from bot.domain.chat.uses import MOMENT, Span, Use
from bot.domain.people import Person, Role
from bot.domain.screen.closings import Closing
from bot.domain.subjects import About, Subject
from bot.usecases.inmates import pins
from bot.usecases.people import Judged, WrongPin
from bot.usecases.screen import closings
from handlers.chat import views
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.said.carers import open_button


def key_of(closing: Closing) -> str:
    """Name the message about a closed screen; each closing has its own, so that it comes anew."""
    return f"closed:{closing.about}"


async def tell(context: Context, kiosk: str) -> None:
    """Tell whoever can open a closed screen: in a message of its own, beside what stands on their day's page."""
    if closing := await closings.of(context.turn, kiosk):
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
        return View((Line(many), Line(none)), ((open_button(_, closing),),), about=_about(closing))

    return build


async def open_screen(_update: Update, context: Context) -> None:
    """Let people sign in at a screen again; everybody who was told sees that it is done."""
    await closings.open_again(context.turn, context.text("kiosk"), context.number("number"))
    await show_again(_update, context)


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


async def call_the_desk(context: Context, result: Judged) -> None:
    """Tell the officers of the unit that somebody at the screen may need help, never who."""
    if not (isinstance(result, WrongPin) and result.begins):
        return
    kiosk = context.turn.session.kiosk
    for officer in await pins.officers_here(context.turn):
        context.tell(officer.id, f"pause:{kiosk}", MOMENT, lambda reader: _pause(context, reader, result))


def _pause(context: Context, reader: Reader, result: WrongPin) -> View:
    _ = context.words_for(reader.language)
    until = _.time(result.pause_until) if result.pause_until else ""
    lines = (
        Line(_("Screen {kiosk}: a code takes a break until {time}.", kiosk=context.turn.session.kiosk, time=until)),
        Line(_("Somebody may need help.")),
    )
    return View(lines)


VIEWS = {"closed": views.Living(write, same=True)}

TELLING = [(About.KIOSK, tell)]

HANDLERS = [
    tap("open_screen:{kiosk}:{number}", open_screen, may=Role.OFFICER | Role.COORDINATOR, again=show_again),
]
