"""The door of a theme night: who came, who may still come in, and the list on paper (F34)."""

from collections.abc import Callable

from telegram import Update

from bot.documents import recipes
from bot.documents.attendance import Attendance
from bot.domain.chat.messages import Build, Button, Reader, View
from bot.domain.chat.uses import MOMENT
from bot.domain.people import APPROVERS, LISTERS, Inmate, Person
from bot.domain.theme_nights import seats as seat_rules
from bot.domain.theme_nights import sign_ups as rules
from bot.domain.theme_nights import tallies
from bot.domain.theme_nights.sign_ups import SignUp, State
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import invites
from bot.usecases.theme_nights import sign_ups, theme_nights
from bot.usecases.theme_nights.sign_ups import ThemeNightList
from handlers.chat.context import PAGE, Context
from handlers.chat.handed_over import Printout, hand_paper_over
from handlers.chat.inmate_pages import choose_inmate, hidden
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, mark, pairs, row_by_row, start_button
from handlers.chat.views import Living, open_view
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.theme_nights.joining import KEY as TASK_KEY
from handlers.theme_nights.joining import show_list_button
from handlers.theme_nights.lists import about, key_of, named, title, use_of

NAME = "door"
FREE_LINES = 6


async def show(_update: Update, context: Context) -> None:
    """Open the page of the door; that the list was read is noted."""
    found = await sign_ups.at_the_door(context.turn, context.number("number"))
    await context.turn.note("read_night", found.night.holder)
    _open(context, found)


async def show_again(_update: Update, context: Context) -> None:
    """Show the pressed door as it is now; long before or after there is none to show."""
    found = await sign_ups.at_the_door(context.turn, context.number("number"))
    _open(context, found)


def _open(context: Context, found: ThemeNightList) -> None:
    open_view(context, key_of(context, found.night, NAME), use_of(context, found.night), _page(context, found))


def _page(context: Context, found: ThemeNightList) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        head, rows = _lines(context, _, found), _rows(context, _, found)
        ticks = row_by_row(pairs(_ticks(context, _, found)))
        return inside(reader, _, title(_, found.night), head, rows, ticks, about=about(found))

    return build


def _lines(context: Context, _: Words, found: ThemeNightList) -> list[str]:
    if found.night.state is ThemeNightState.CANCELLED:
        return [_("❌ Cancelled. Everybody finds it at the screen.")]
    counted, left = tallies.tally(found.line), found.night.seats - tallies.tally(found.line).seated
    here = _(
        "{topic} · {room}", topic=say.topic(_, found.night), room=_.of(context.turn.hub.rooms[found.night.room].name)
    )
    came = _("🚪 {came} of {n} came", came=counted.came, n=counted.seated)
    free = _.n_("{n} seat is free.", "{n} seats are free.", left)
    return [here, came, free, _("Press who comes. Press again to take it back.")]


def _rows(context: Context, _: Words, found: ThemeNightList) -> Rows:
    number, home = found.night.id, (show_list_button(_, found.night.id), start_button(_))
    if found.night.state is ThemeNightState.CANCELLED:
        return (home,)
    more = [hidden(_("🖨️ Attendance list"), f"attendance:{number}")]
    if found.night.seats > tallies.tally(found.line).seated:
        more.insert(0, hidden(_("➕ Somebody else"), f"walk_in:{number}"))
    return (tuple(more), home)


def _ticks(context: Context, _: Words, found: ThemeNightList) -> list[Button]:
    if found.night.state is ThemeNightState.CANCELLED:
        return []
    with_seat = [each for each in found.line if each.seat is not None]
    in_line = [each for each in rules.waiting(found.line) if _has_room(context, found, each)]
    known = [each for each in (*with_seat, *in_line) if each.inmate in found.inmates]
    shown = sorted(known, key=lambda each: (each.seat is None, each.unit, each.inmate))
    return [_tick(_, found, each) for each in shown]


def _has_room(context: Context, found: ThemeNightList, each: SignUp) -> bool:
    free = seat_rules.free_seat(found.night, context.turn.hub, found.line, each.unit)
    return free is not None and each.inmate not in found.busy


def _tick(_: Words, found: ThemeNightList, each: SignUp) -> Button:
    came = each.state is State.CAME
    data = f"door_tick:{each.night}:{each.inmate}:{'not' if came else 'came'}"
    who = named(found, each)
    label = mark(came, who) if each.seat is not None else _("⏳ {who}, in line", who=who)
    return hidden(label, data, "success" if came else None)


async def tick(update: Update, context: Context) -> None:
    """Count that somebody came, or take it back; whoever else has the door open sees it at once."""
    number, came = context.number("number"), context.text("word") == "came"
    await sign_ups.tick(context.turn, number, context.text("inmate"), came=came)
    await show_again(update, context)


async def choose_unit(_update: Update, context: Context) -> None:
    """Ask from which unit somebody comes who is on no list."""
    found = await sign_ups.at_the_door(context.turn, context.number("number"))
    night, hub = found.night, context.turn.hub
    units = [unit for unit in night.units if seat_rules.free_seat(night, hub, found.line, unit)]

    def rows(_: Words) -> Rows:
        return pairs([hidden(_("Unit {unit}", unit=unit), f"walk_in:{night.id}:{unit}:0") for unit in units])

    _task(context, found, lambda _: _("Where does the person come from?") if units else _("No seat is free now."), rows)


async def choose_person(_update: Update, context: Context) -> None:
    """Ask who comes in."""
    number, unit = context.number("number"), context.text("unit")
    found = await sign_ups.at_the_door(context.turn, number)
    inmates = [each for each in found.inmates.values() if each.unit == unit and _may_walk_in(context, found, each)]

    def rows(_: Words) -> Rows:
        turn_page = f"walk_in:{number}:{unit}:{{}}"
        return choose_inmate(_, inmates, context.number("page"), f"let_in:{number}:{{}}", turn_page)

    _task(context, found, lambda _: _("Who comes in?") if inmates else _("Nobody else of this unit can come."), rows)


def _may_walk_in(context: Context, found: ThemeNightList, inmate: Inmate) -> bool:
    mine = rules.of(found.line, inmate.id)
    free = inmate.id not in found.busy and (mine is None or mine.seat is None)
    return free and invites(found.night, context.turn.hub, inmate)


def _task(context: Context, found: ThemeNightList, ask: Callable[[Words], str], rows: Callable[[Words], Rows]) -> None:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        back = (hidden(_("🚪 At the door"), f"door:{found.night.id}"), start_button(_))
        return inside(reader, _, title(_, found.night), [ask(_)], (*rows(_), back), about=about(found))

    open_view(context, TASK_KEY, MOMENT, build)


async def let_in(update: Update, context: Context) -> None:
    """Let somebody in who has no seat, where one is free."""
    await sign_ups.walk_in(context.turn, context.number("number"), context.text("inmate"))
    await show_again(update, context)


async def hand_over_list(update: Update, context: Context) -> None:
    """Hand the attendance list over on paper; it disappears from the chat as every paper does."""
    number = context.number("number")
    read = sign_ups.door_list if context.turn.person.role & APPROVERS else sign_ups.at_the_door
    found = await read(context.turn, number)
    if not context.turn.edge.leaves_house:
        await context.turn.note("read_night", found.night.holder)
    await hand_paper_over(context, update, attendance_list(context, found))


def attendance_list(context: Context, found: ThemeNightList) -> Printout:
    """Return the list on paper: who is to come, unit by unit, and who waits."""
    _, night, hub = context.words, found.night, context.turn.hub
    line = sorted((each for each in found.line if each.seat is not None), key=lambda each: each.inmate)
    parts = [
        (_("Unit {unit}", unit=unit), tuple(named(found, each) for each in line if each.unit == unit))
        for unit in night.units
    ]
    waiting = tuple(f"{n}. {named(found, each)}" for n, each in enumerate(rules.waiting(found.line), start=1))
    said = Attendance(
        hub.name,
        context.turn.now,
        _.language,
        _("Attendance list"),
        (say.topic(_, night), say.when(_, night), _("Place: {room}.", room=_.of(hub.rooms[night.room].name))),
        (*(part for part in parts if part[1]), *([(_("Wait list"), waiting)] if waiting else [])),
        _("Also came"),
        FREE_LINES,
    )
    return Printout(_("Attendance list"), _("📄 The attendance list, to print."), recipes.written(said))


async def write(context: Context, person: Person, rest: str) -> Build | None:
    """Write somebody's page of the door anew, if the night still concerns them."""
    night = await theme_nights.find(context.turn, int(rest.partition(":")[0]))
    if night and sign_ups.is_listed(night) and sign_ups.concerns(context.turn, person, night):
        return _page(context, await sign_ups.door_list(context.turn, night.id, person))
    return None


VIEWS = {f"{PAGE}{NAME}": Living(write)}

HANDLERS = [
    tap("door:{number}", show, may=LISTERS),
    tap("door_tick:{number}:{inmate}:{word}", tick, may=LISTERS, again=show_again),
    tap("walk_in:{number}", choose_unit, may=LISTERS),
    tap("walk_in:{number}:{unit}:{page}", choose_person, may=LISTERS, again=choose_unit),
    tap("let_in:{number}:{inmate}", let_in, may=LISTERS, again=choose_unit),
    tap("attendance:{number}", hand_over_list, may=LISTERS),
]
