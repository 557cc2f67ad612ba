"""The social adviser's lists: slips that wait to be sent where they belong, and talks in the cells."""

from dataclasses import replace
from itertools import groupby

from telegram import Update

from bot.domain import calendar, subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.people import Inmate, Person, Role
from bot.domain.slips.slips import Slip
from bot.domain.subjects import HUB, Subject
from bot.usecases.slips import slips
from bot.usecases.slips import triage as cases
from bot.usecases.slips.triage import CellTalk
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, pairs, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words

SORT, CELLS = "sort", "cells"


async def show_list(_update: Update, context: Context) -> None:
    """Show what waits to be sent where it belongs."""
    await show_in_place(context, f"{PAGE}{SORT}")


async def write_list(context: Context, person: Person, _rest: str) -> Build:
    """Write what waits for somebody to be sent where it belongs."""
    with context.turn.seen_by(person):
        return _list(context, await cases.to_sort(context.turn), subjects.queues(person.units) | {HUB})


def _list(context: Context, found: list[tuple[Slip, Inmate | None]], about: frozenset[Subject]) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        title = (
            _.n_("🧭 {n} slip to send on", "🧭 {n} slips to send on", len(found))
            if found
            else _("🧭 Nothing to send on.")
        )
        entries = tuple(Entry(tuple(_slip(_, *each)), _to_sort(_, each[0]), about=_about(*each)) for each in found)
        return View((Line(title),), ((start_button(_),),), entries=entries, about=about)

    return build


def _about(slip: Slip, inmate: Inmate | None) -> frozenset[Subject]:
    return subjects.slips(slip.code) | (subjects.named(inmate.id) if inmate else frozenset())


def _to_sort(_: Words, slip: Slip) -> Rows:
    return ((Button(_("➡️ {code} belongs to", code=slip.code), _sort(slip)),),)


def _sort(slip: Slip) -> str:
    return f"sort:{slip.code}:{slip.revision}"


def _slip(_: Words, slip: Slip, inmate: Inmate | None) -> list[Line]:
    sent, until = _.short_day(slip.sent_at), _.short_day(slip.answer_by)
    text = _(
        "{code} · unit {unit} · sent {sent} · answer by {until}", code=slip.code, unit=slip.unit, sent=sent, until=until
    )
    return [Line(text), *_who(_, inmate)]


def _who(_: Words, inmate: Inmate | None) -> list[Line]:
    if inmate is None:
        return []
    language = _.name_of(inmate.language)
    who = _("{number} {alias}, speaks {language}", number=inmate.id, alias=inmate.alias, language=language)
    return [Line(who, private=True)]


async def ask_where(_update: Update, context: Context) -> None:
    """Ask where a slip of the list belongs."""
    slip = await slips.addressed(context.turn, context.text("slip"), context.number("revision"))
    context.show_for(_where(context, slip))


def _where(context: Context, slip: Slip) -> Build:
    hub = context.turn.hub
    others = [each for key, each in hub.services.items() if hub.is_answered(key, slip.unit) and key != slip.service]

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        buttons = [
            Button(f"{each.icon} {_.of(each.name)}", f"sort:{slip.code}:{each.key}:{slip.revision}", private=True)
            for each in others
        ]
        ask = Line(_("Where does {code}, unit {unit}, belong?", code=slip.code, unit=slip.unit))
        rows = (*pairs(buttons), (Button(_("⬅️ Back"), "sort"), start_button(_)))
        return View((ask,), rows, about=subjects.slips(slip.code))

    return build


async def send_on(update: Update, context: Context) -> None:
    """Send a slip of the list on, and show what is left."""
    code, revision = context.text("slip"), context.number("revision")
    await slips.forward(context.turn, code, revision, context.text("service"))
    await show_list(update, context)


async def show_cells(_update: Update, context: Context) -> None:
    """Show the talks in cells, by day and unit."""
    await show_in_place(context, f"{PAGE}{CELLS}")


async def write_cells(context: Context, person: Person, _rest: str) -> Build:
    """Write the talks in the cells of somebody's units, by day and unit."""
    with context.turn.seen_by(person):
        return _cells(context, await cases.cell_talks(context.turn))


def _cells(context: Context, talks: list[CellTalk]) -> Build:
    about = subjects.days(cases.cell_days(context.turn)) | {HUB}

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        none = [] if talks else [Line(_("No talks in the cells in the next two weeks."))]
        title = Line(_("🛏️ Talks in the cells"))
        return View((title, *none), ((start_button(_),),), entries=_by_place(context, _, talks), about=about)

    return build


def _by_place(context: Context, _: Words, talks: list[CellTalk]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for (day, unit), of_place in groupby(talks, key=lambda each: (each.day, each.booking.unit)):
        date = _.day(calendar.at(context.turn.hub, day, calendar.END_OF_DAY))
        title = (Line(_("{day}, unit {unit}:", day=date, unit=unit)),)
        first, *others = [Entry(tuple(_cell_talk(_, each)), heading=title, about=_told_of(each)) for each in of_place]
        found += [replace(first, lines=(*title, *first.lines), heading=()), *others]
    return tuple(found)


def _told_of(talk: CellTalk) -> frozenset[Subject]:
    return subjects.slips(talk.booking.slip) | subjects.named(talk.booking.inmate)


def _cell_talk(_: Words, talk: CellTalk) -> list[Line]:
    slot = talk.booking.slot
    opens, closes = _.time(slot.starts), _.time(slot.ends)
    return [
        Line(_("{opens}–{closes} · {code}", opens=opens, closes=closes, code=talk.booking.slip)),
        *_who(_, talk.inmate),
    ]


VIEWS = {
    f"{PAGE}{SORT}": Living(write_list, may=Role.SOCIAL_ADVISER),
    f"{PAGE}{CELLS}": Living(write_cells, may=Role.SOCIAL_ADVISER),
}

SHORTCUTS = [
    Shortcut(lambda _: _("🧭 To send on"), "sort", Role.SOCIAL_ADVISER),
    Shortcut(lambda _: _("🛏️ In the cells"), "cells", Role.SOCIAL_ADVISER),
]

HANDLERS = [
    tap("sort", show_list, may=Role.SOCIAL_ADVISER),
    tap("sort:{slip}:{revision}", ask_where, may=Role.SOCIAL_ADVISER, again=show_list),
    tap("sort:{slip}:{service}:{revision}", send_on, may=Role.SOCIAL_ADVISER, again=show_list),
    tap("cells", show_cells, may=Role.SOCIAL_ADVISER),
]
