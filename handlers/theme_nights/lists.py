"""A theme night's list, for the coordinator as a whole and for those who care for inmates their own part (F34, J10)."""

from collections.abc import Iterable, Mapping, Sequence

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import APPROVERS, LISTERS, PLANNERS, Person
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights import joining, tallies
from bot.domain.theme_nights import seats as seat_rules
from bot.domain.theme_nights import sign_ups as rules
from bot.domain.theme_nights.sign_ups import OPEN, SignUp, State
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import ThemeNight, cap_of, day_of
from bot.usecases.theme_nights import sign_ups, theme_nights
from bot.usecases.theme_nights.sign_ups import ThemeNightList
from handlers.chat.context import PAGE, Context
from handlers.chat.inmate_pages import hidden
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, line_by_line, pairs, start_button
from handlers.chat.views import Living, open_view
from handlers.chat.ways import to_theme_night
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.said.carers import PASSED, seat_buttons

NAME = "night_list"
IN_A_LINE = 10
"""So many people stand in one line of a list."""


def use_of(context: Context, night: ThemeNight) -> Use:
    """Say that a page of one night is of use until the night's date is over."""
    return Use(Span.DAY, str(day_of(night, context.turn.hub)))


def key_of(context: Context, night: ThemeNight, name: str = NAME) -> str:
    """Name a living page of a night: its date is at the end, so that it is put away when that is over."""
    return f"{PAGE}{name}:{night.id}:{day_of(night, context.turn.hub)}"


async def show(_update: Update, context: Context) -> None:
    """Open a night's list; that it was read is noted."""
    found = await sign_ups.the_list(context.turn, context.number("number"))
    await context.turn.note("read_night", found.night.holder)
    _open(context, found)


async def show_again(_update: Update, context: Context) -> None:
    """Show the pressed night's list as it is now."""
    found = await sign_ups.the_list(context.turn, context.number("number"))
    _open(context, found)


async def page_for(context: Context, night: ThemeNight, person: Person) -> Build:
    """Write a night's list for somebody of the staff."""
    return page(context, await sign_ups.the_list(context.turn, night.id, person), person)


def _open(context: Context, found: ThemeNightList) -> None:
    of_one = page(context, found, context.turn.person)
    open_view(context, key_of(context, found.night), use_of(context, found.night), of_one)


def page(context: Context, found: ThemeNightList, person: Person) -> Build:
    """Write a list: who has a seat, who has the offer of one, who waits and why, and how full it is."""

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        head, rows = _head(context, _, found), _rows(context, _, found, person)
        people = _people(context, _, found)
        return inside(reader, _, title(_, found.night), head, rows, people, about=about(found))

    return build


def title(_: Words, night: ThemeNight) -> str:
    """Say which night a page is about, wherever it is read."""
    return _("🎟️ Theme night {when}", when=_.day_and_time(night.starts))


def _head(context: Context, _: Words, found: ThemeNightList) -> list[str]:
    night, whole = found.night, found.whole
    counted = tallies.tally(whole)
    room = _.of(context.turn.hub.rooms[night.room].name)
    full = _.n_(
        "{taken} of {seats} seats are given, {n} waits.",
        "{taken} of {seats} seats are given, {n} wait.",
        counted.waiting,
        taken=counted.seated,
        seats=night.seats,
    )
    here = _("{topic} · {room}", topic=say.topic(_, night), room=room)
    return [here, *_state(context, _, night), full, _units(context, _, found), say.order(_, night)]


def _state(context: Context, _: Words, night: ThemeNight) -> list[str]:
    if night.state is ThemeNightState.CANCELLED:
        return [_("❌ Cancelled. Everybody finds it at the screen.")]
    return [_("The evening is over.")] if night.ends <= context.turn.now else []


def _units(context: Context, _: Words, found: ThemeNightList) -> str:
    night, hub = found.night, context.turn.hub
    given = tallies.tally(found.whole).by_unit
    counts = {unit: (given.get(unit, 0), cap_of(night, hub, unit)) for unit in night.units}
    said = [_("{unit}: {n} of {most}", unit=unit, n=n, most=most) for unit, (n, most) in counts.items()]
    return " · ".join(said)


def named(found: ThemeNightList, sign_up: SignUp) -> str:
    """Return number and alias, for a page that stays inside the house."""
    return f"{sign_up.inmate} {found.inmates[sign_up.inmate].alias}"


def _in(found: ThemeNightList, *states: State) -> list[SignUp]:
    return sorted((each for each in found.line if each.state in states), key=lambda each: each.inmate)


def _people(context: Context, _: Words, found: ThemeNightList) -> tuple[Entry, ...]:
    seated = [line for unit in found.night.units for line in _of_unit(_, found, unit)]
    entered = [_("In the draw: {people}", people=part) for part in _in_parts(found, _in(found, State.ENTERED))]
    lines = [*seated, *entered, *_waiting(context, _, found)]
    entries = (*_offered(context, _, found), *line_by_line(Line(each, private=True) for each in lines))
    return entries or line_by_line([Line(_("Nobody is on this list yet."), private=True)])


def _offered(context: Context, _: Words, found: ThemeNightList) -> tuple[Entry, ...]:
    night = found.night
    over = night.state is ThemeNightState.CANCELLED or night.ends <= context.turn.now
    offered = [each for each in _in(found, State.OFFERED) if each.offer_until]
    return tuple(
        Entry((Line(_offer(_, found, each), private=True),), () if over else (seat_buttons(_, each),))
        for each in offered
    )


def _offer(_: Words, found: ThemeNightList, each: SignUp) -> str:
    until = _.short_time(each.offer_until) if each.offer_until else ""
    return _("⏳ {number}: offered until {when}", number=named(found, each), when=until)


def _in_parts(found: ThemeNightList, line: list[SignUp]) -> list[str]:
    said = [f"✅ {named(found, each)}" if each.state is State.CAME else named(found, each) for each in line]
    return [", ".join(said[at : at + IN_A_LINE]) for at in range(0, len(said), IN_A_LINE)]


def _of_unit(_: Words, found: ThemeNightList, unit: str) -> list[str]:
    there = [each for each in _in(found, State.SEATED, State.CAME) if each.unit == unit]
    return [_("🪑 {unit}: {people}", unit=unit, people=part) for part in _in_parts(found, there)]


def _waiting(context: Context, _: Words, found: ThemeNightList) -> list[str]:
    """Say who waits and why; what is counted of the whole list for it is counted once for all of them."""
    numbers, seated = rules.numbers(found.whole), [each for each in found.whole if each.seat is not None]
    given = tallies.tally(seated).by_unit
    return [
        _one_waiting(_, found, each, numbers.get(each.inmate, 0), _why(context, _, found, each, seated, given))
        for each in rules.waiting(found.line)
    ]


def _one_waiting(_: Words, found: ThemeNightList, each: SignUp, n: int, why: str) -> str:
    if found.night.drawn:
        return _("{n}. {number}, by lot: {reason}", n=n, number=named(found, each), reason=why)
    when = _.short_time(each.at)
    return _("{n}. {number}, since {when}: {reason}", n=n, number=named(found, each), when=when, reason=why)


def _why(
    context: Context,
    _: Words,
    found: ThemeNightList,
    each: SignUp,
    seated: Sequence[SignUp],
    given: Mapping[str, int],
) -> str:
    night, hub = found.night, context.turn.hub
    why = seat_rules.why_waiting(night, hub, seated, found.busy, each)
    return PASSED[why](_, given.get(each.unit, 0), cap_of(night, hub, each.unit))


def _rows(context: Context, _: Words, found: ThemeNightList, person: Person) -> Rows:
    night, home = found.night, (_way_back(_, found.night, person), start_button(_))
    if night.state is ThemeNightState.CANCELLED or night.ends <= context.turn.now:
        return (home,)
    ways_on = pairs(_ways_on(_, found)) if night.starts > context.turn.now else ()
    return (*ways_on, *_door(context, _, found, person), home)


def _way_back(_: Words, night: ThemeNight, person: Person) -> Button:
    if person.role & PLANNERS:
        return to_theme_night(_, night.id)
    return Button(_("⬅️ Theme nights"), "evenings")


def _ways_on(_: Words, found: ThemeNightList) -> list[Button]:
    number = found.night.id
    open_ones = any(each.state in OPEN for each in found.line)
    off = [hidden(_("✋ Take off the list"), f"unseat:{number}")] if open_ones else []
    return [
        hidden(_("✍️ Sign somebody up"), f"join_for:{number}"),
        hidden(_("📄 Paper list"), f"join_paper:{number}"),
        *off,
    ]


def _door(context: Context, _: Words, found: ThemeNightList, person: Person) -> Rows:
    """Return the way to the door while it is counted who comes, and for the coordinator the list on paper."""
    counts, number = joining.has_door(found.night, context.turn.now), found.night.id
    door = [hidden(_("🚪 At the door"), f"door:{number}")] if counts else []
    paper = [hidden(_("🖨️ Attendance list"), f"attendance:{number}")] if person.role & APPROVERS else []
    return ((*paper, *door),) if paper or door else ()


async def write(context: Context, person: Person, rest: str) -> Build | None:
    """Write somebody's page of a night anew, if the night still concerns them."""
    night = await theme_nights.find(context.turn, int(rest.partition(":")[0]))
    if night and sign_ups.is_listed(night) and sign_ups.concerns(context.turn, person, night):
        return await page_for(context, night, person)
    return None


def about(found: ThemeNightList) -> frozenset[Subject]:
    """Say what a page with a night's list is about: the night, the list, and whoever stands on it."""
    number, on_it = str(found.night.id), [each.inmate for each in found.line]
    of_night = {Subject(About.THEME_NIGHT, number), Subject(About.LIST, number)}
    return subjects.named(*on_it) | of_night | set(map(subjects.inmate, on_it))


def of_states(line: Iterable[SignUp], states: Iterable[State]) -> list[SignUp]:
    """Return the sign-ups in some states, by number."""
    return sorted((each for each in line if each.state in set(states)), key=lambda each: each.inmate)


VIEWS = {f"{PAGE}{NAME}": Living(write)}

HANDLERS = [tap("night_list:{number}", show, may=LISTERS)]
