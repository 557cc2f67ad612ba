"""Help with a forgotten PIN: the officer's one-time code (J2)."""

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.desks import Desk
from bot.domain.chat.messages import Button, Line, Reader, View
from bot.domain.chat.uses import STANDS
from bot.domain.people import CARERS
from bot.domain.reminders import Kind
from bot.usecases.chat import desks
from bot.usecases.inmates import carers, pins
from bot.usecases.inmates.pins import Issued
from handlers.chat.context import Context
from handlers.chat.handed_over import pin_code_key, take_pin_code_away
from handlers.chat.inmate_pages import choose_inmate, hidden, inside_only, numbers, private
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.chat.start import Shortcut
from handlers.chat.words import Words

TASK = "pin"


async def show_people(_update: Update, context: Context) -> None:
    """Ask who has forgotten the PIN."""
    inmates, page = await carers.cared_for(context.turn), int(context.arguments.get("page", 0))

    def write(_: Words) -> View:
        ask = _("Who needs a new code?") if inmates else _("Nobody has you as contact officer now.")
        rows = choose_inmate(_, inmates, page, "pin_for:{}", "pin_page:{}") if inmates else ()
        return View((Line(ask),), (*rows, (start_button(_),)))

    context.show_for(inside_only(context, write, *numbers(inmates, page)))


async def ask_seen(_update: Update, context: Context) -> None:
    """Ask whether the officer has seen the person: nobody gets a code by message."""
    await carers.somebody(context.turn, context.text("inmate"))
    _show_question(context, await desks.begin(context.turn, TASK, inmate=context.text("inmate")))


def _show_question(context: Context, desk: Desk) -> None:
    def write(_: Words) -> View:
        lines = private(_("Have you seen {number} yourself?", number=desk.draft["inmate"]))
        yes = hidden(_("👍 Yes, give a code"), f"pin_seen:{desk.step}", "success")
        return View(lines, ((yes,), (hidden(_("⬅️ Back"), "pin"), start_button(_))))

    context.show_for(inside_only(context, write, desk.draft["inmate"]))


async def give(_update: Update, context: Context) -> None:
    """Give the code once, in a message of its own that disappears."""
    desk = await desks.at(context.turn, TASK, context.number("step"))
    await desks.clear(context.turn)
    issued = await pins.issue(context.turn, desk.draft["inmate"])
    if issued.instead_of:
        take_pin_code_away(context, issued.instead_of, issued.inmate)
    context.show_at(pin_code_key(issued.inmate), STANDS, lambda reader: _code(context, reader, issued))
    context.show_for(inside_only(context, lambda _: _given(_, issued), issued.inmate))


def _given(_: Words, issued: Issued) -> View:
    below = _("The code for {number} is below.", number=issued.inmate)
    ended = [_("The PIN letter for {number} works no more.", number=issued.inmate)] if issued.ended_pin_letter else []
    return View(private(below, *ended), ((start_button(_),),))


def _code(context: Context, reader: Reader, issued: Issued) -> View | None:
    if reader.leaves_house:
        return None
    _ = context.words_for(reader.language)
    lines = private(
        _("🔑 Code for {number}: {code}", number=issued.inmate, code=issued.code),
        _("It is used at the screen, in place of the old code."),
        _("It works once. It ends at {time}.", time=_.time(issued.ends)),
    )
    take = Button(_("🗑️ Take away"), f"pin_away:{issued.inmate}", private=True)
    return View(lines, ((take,),), passing=True, about=subjects.named(issued.inmate))


async def put_away(_update: Update, context: Context) -> None:
    """Take the message with the code off the screen at once; the code itself stays good."""
    context.show_for(lambda _: None)


async def expire(context: Context, inmate: str) -> None:
    """When a code's time is over, nothing of it is left."""
    made_by = await pins.expire(context.turn, inmate)
    if made_by:
        take_pin_code_away(context, made_by, inmate)


SHORTCUTS = [Shortcut(label=lambda _: _("🔑 Help with a code"), data="pin", may=CARERS)]

HANDLERS = [
    tap("pin", show_people, may=CARERS),
    tap("pin_page:{page}", show_people, may=CARERS),
    tap("pin_for:{inmate}", ask_seen, may=CARERS, again=show_people),
    tap("pin_seen:{step}", give, may=CARERS),
    tap("pin_away:{inmate}", put_away, may=CARERS),
]

JOBS = {Kind.PIN_CODE: expire}
