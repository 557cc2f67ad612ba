"""People in prison, by number alone: the list, the contact officer, and the letters with which they set a PIN."""

from datetime import datetime

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.people import Inmate, Person, Role
from bot.domain.subjects import HUB, INMATES
from bot.usecases import sizes
from bot.usecases.chat import desks
from bot.usecases.inmates import inmates, pins
from handlers.chat.context import PAGE, Context
from handlers.chat.handed_over import hand_paper_over, take_pin_code_away
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import mark, pairs, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words
from handlers.inmates.pin_letters import pin_letter as pin_letter_with

MAY = Role.COORDINATOR
A_PAGE = 24
UNITS, UNIT, INMATE = "units", "unit", "inmate"
PIN_LETTERS = 6
"""So many PIN letters at once; each takes a tenth of a second to draw."""


async def show_units(_update: Update, context: Context) -> None:
    """Show the units that the coordinator serves."""
    await desks.clear(context.turn)
    await show_in_place(context, f"{PAGE}{UNITS}")


async def write_units(context: Context, person: Person, _rest: str) -> Build:
    """Write the units that somebody serves, and how many there wait for a PIN letter."""
    with context.turn.seen_by(person):
        waiting = len(await inmates.in_need_of_pin_letters(context.turn))
    full = await sizes.no_inmate_more(context.turn)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        mine = [unit for unit in context.turn.hub.units if unit in person.units]
        units = [Button(_("Unit {unit}", unit=unit), f"inmates:{unit}:0") for unit in mine]
        new = () if full else ((Button(_("➕ New arrival"), "arrive", "primary", private=True),),)
        said = [_("The hub has no room for one more. Please tell the administrator.")] if full else []
        pin_letters = (Button(_("📄 PIN letters ({n})", n=waiting), "letters", private=True),) if waiting else ()
        rows = (*pairs(units), *new, pin_letters, (start_button(_),))
        return inside(reader, _, _("📒 Who lives here"), said, rows, about=frozenset({HUB, INMATES}))

    return build


async def show_unit(_update: Update, context: Context) -> None:
    """Show who lives in a unit, by number."""
    await show_in_place(context, f"{PAGE}{UNIT}:{context.text('unit')}:{context.number('page')}")


async def write_unit(context: Context, person: Person, rest: str) -> Build:
    """Write who lives in a unit; ``rest`` is the unit and which part of it."""
    unit, _, number = rest.partition(":")
    page = int(number)
    with context.turn.seen_by(person):
        found = await inmates.of_unit(context.turn, unit)
    shown = found[page * A_PAGE : (page + 1) * A_PAGE]
    more = len(found) > (page + 1) * A_PAGE

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        numbers = [Button(each.id, f"inmate:{each.id}", private=True) for each in shown]
        further = (Button(_("➡️ More"), f"inmates:{unit}:{page + 1}", private=True),) if more else ()
        back = (Button(_("⬅️ Back"), "inmates"), start_button(_))
        lines = [_line(_, each) for each in shown] or [_("Nobody lives here now.")]
        about = subjects.named(*(each.id for each in shown)) | {INMATES}
        rows = (*fours(numbers), further, back)
        return inside(reader, _, _("📒 Unit {unit}", unit=unit), lines, rows, about=about)

    return build


def fours(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """Lay short buttons out four a row."""
    return tuple(tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4))


def _line(_: Words, inmate: Inmate) -> str:
    officer = inmate.officer or _("no contact officer")
    return f"{inmate.id} · {_.name_of(inmate.language)} · {officer}"


async def show_inmate(_update: Update, context: Context) -> None:
    """Show one person, by number."""
    await open_inmate(context, context.text("inmate"))


async def open_inmate(context: Context, number: str) -> None:
    """Show one person in the place of what was pressed."""
    await show_in_place(context, f"{PAGE}{INMATE}:{number}")


async def write(context: Context, person: Person, number: str) -> Build:
    """Write one person's page."""
    with context.turn.seen_by(person):
        return await _page(context, await inmates.mine(context.turn, number))


async def _page(context: Context, inmate: Inmate) -> Build:
    has_pin = await inmates.has_pin(context.turn, inmate)
    pin_letter_until = await pins.pin_letter_of(context.turn, inmate.id)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        escort = _.n_("Walks with {n} officer.", "Walks with {n} officers.", inmate.escort)
        lines = [
            _line(_, inmate),
            escort if inmate.escort else _("Walks alone."),
            _("Has a code of their own.") if has_pin else _("Has no code yet."),
            *(_of_pin_letter(_, pin_letter_until, has_pin=has_pin) if pin_letter_until else []),
        ]
        pin_letter_button = Button(_("📄 PIN letter"), f"letter:{inmate.id}", private=True)
        officer = Button(_("👮 Contact officer"), f"officer:{inmate.id}", private=True)
        back = (Button(_("⬅️ Back"), f"inmates:{inmate.unit}:0"), start_button(_))
        about = subjects.named(inmate.id) | {INMATES}
        return inside(reader, _, _("📒 One inmate"), lines, ((pin_letter_button, officer), back), about=about)

    return build


def _of_pin_letter(_: Words, until: datetime, *, has_pin: bool) -> list[str]:
    return [
        _("A PIN letter is out. It is good until {time}.", time=_.day_and_time(until)),
        *([_("The code they have goes on working.")] if has_pin else []),
        _("A new letter ends the one before."),
    ]


async def show_officers(_update: Update, context: Context) -> None:
    """Ask who shall be the contact officer."""
    inmate = await inmates.mine(context.turn, context.text("inmate"))
    found = await inmates.officers(context.turn, inmate.unit)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        buttons = [
            Button(
                mark(each.id == inmate.officer, each.id),
                f"officer:{inmate.id}:{each.id}",
                private=True,
            )
            for each in found
        ]
        question = _("Who is the contact officer of {number}?", number=inmate.id)
        lines = [question] if found else [question, _("No officer works with this unit yet.")]
        back = (Button(_("⬅️ Back"), f"inmate:{inmate.id}", private=True), start_button(_))
        about = subjects.named(inmate.id)
        return inside(reader, _, _("👮 Contact officer"), lines, (*pairs(buttons), back), about=about)

    context.show_for(build)


async def change_officer(_update: Update, context: Context) -> None:
    """Give somebody another contact officer."""
    inmate = await inmates.change_officer(context.turn, context.text("inmate"), context.text("person"))
    await open_inmate(context, inmate.id)


async def pin_letter(update: Update, context: Context) -> None:
    """Make a new letter for one person; an earlier one is void, which the page says beside the button."""
    inmate = await inmates.mine(context.turn, context.text("inmate"))
    await hand_pin_letters_over(context, update, [inmate])
    await open_inmate(context, inmate.id)


async def pin_letters(update: Update, context: Context) -> None:
    """Make letters for those who have neither a PIN nor a letter."""
    waiting = await inmates.in_need_of_pin_letters(context.turn)
    if waiting:
        await hand_pin_letters_over(context, update, waiting[:PIN_LETTERS])
    await show_units(update, context)


async def hand_pin_letters_over(context: Context, update: Update, those: list[Inmate]) -> None:
    """Hand letters with first codes over; outside the house no code is made."""
    if context.turn.edge.leaves_house:
        context.say(update, lambda reader: _elsewhere(context, reader))
        return
    for nth, inmate in enumerate(those):
        first = await pins.first_code(context.turn, inmate.id)
        if first.instead_of:
            take_pin_code_away(context, first.instead_of, inmate.id)
        has_pin = await inmates.has_pin(context.turn, inmate)
        paper = pin_letter_with(context, inmate, first.code, first.ends, has_pin=has_pin)
        await hand_paper_over(context, update, paper, nth)


def _elsewhere(context: Context, reader: Reader) -> View:
    return View((Line(context.words_for(reader.language)("The paper is handed over only on the house network.")),))


VIEWS = {
    f"{PAGE}{UNITS}": Living(write_units, may=MAY),
    f"{PAGE}{UNIT}": Living(write_unit, may=MAY),
    f"{PAGE}{INMATE}": Living(write, may=MAY),
}

SHORTCUTS = [Shortcut(label=lambda _: _("📒 Inmates"), data="inmates", may=MAY)]

HANDLERS = [
    tap("inmates", show_units, may=MAY),
    tap("inmates:{unit}:{page}", show_unit, may=MAY, again=show_units),
    tap("inmate:{inmate}", show_inmate, may=MAY, again=show_units),
    tap("officer:{inmate}", show_officers, may=MAY, again=show_units),
    tap("officer:{inmate}:{person}", change_officer, may=MAY, again=show_officers),
    tap("letter:{inmate}", pin_letter, may=MAY, again=show_units),
    tap("letters", pin_letters, may=MAY),
]
