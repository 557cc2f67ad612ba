"""The officer's day: who is fetched when, with a tick for what was found at the door (F162)."""

from datetime import date

from telegram import Update

from bot.domain import calendar, subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.movements import Movement, Tick
from bot.domain.people import Person, Role
from bot.domain.subjects import TODAY, About, Subject
from bot.domain.timetable.bookings import Outcome
from bot.usecases import movements
from bot.usecases.movements import Walk
from bot.usecases.screen import closings as closed_kiosks
from bot.usecases.slips import answers
from bot.usecases.theme_nights import coming as coming_theme_nights
from bot.usecases.theme_nights.coming import Going
from handlers.chat.context import Context
from handlers.chat.dates import day_buttons
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, pairs, start_button
from handlers.chat.start import Day, Shortcut
from handlers.chat.words import Words
from handlers.movements.day_pages import DayPage
from handlers.said.advisers import TICKS
from handlers.said.carers import answers_to_tell, closed_screens, to_answers

NOTHING = "-"


async def write(context: Context, officer: Person, day: date) -> Build:
    """Write the movements of an officer's own inmates on one date, and how many answers wait to be told."""
    walks = movements.of_officer(await movements.of_day(context.turn, day), officer.id)
    theme_nights = await coming_theme_nights.going(context.turn, officer.id, day)
    untold = await answers.count(context.turn, officer)
    today = day == calendar.today(context.turn.hub, context.turn.now)
    closed = await closed_kiosks.before(context.turn, officer) if today else []
    about = (
        await answers.about(context.turn, officer) | {Subject(About.KIOSKS, unit) for unit in officer.units} | {TODAY}
    )

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        to_tell = [to_answers(_)] if untold else []
        around = (*day_buttons(context, _, day, "walks"), start_button(_))
        rows = (tuple(to_tell), around)
        news = [Line(answers_to_tell(_, untold))] if untold else []
        title = Line(_title(context, _, day, len(walks) + len(theme_nights)))
        to_walks = [_entry(context, _, walk, day) for walk in walks]
        to_theme_nights = [Entry((_theme_night(context, _, each),), about=_going(each)) for each in theme_nights]
        return View(
            (title, *news),
            tuple(row for row in rows if row),
            entries=(*closed_screens(_, closed), *to_walks, *to_theme_nights),
            about=about,
        )

    return build


def _title(context: Context, _: Words, day: date, n: int) -> str:
    in_words = _.day(calendar.at(context.turn.hub, day, calendar.END_OF_DAY))
    if n == 0:
        return _("🚶 {date}: no movements", date=in_words)
    return _.n_("🚶 {date}: {n} movement", "🚶 {date}: {n} movements", n, date=in_words)


def _entry(context: Context, _: Words, walk: Walk, day: date) -> Entry:
    booking = walk.movement.booking
    about = subjects.slips(booking.slip) | subjects.named(booking.inmate)
    return Entry((_line(context, _, walk),), _tick_rows(context, _, walk, day), about=about)


def _going(going: Going) -> frozenset[Subject]:
    return subjects.named(going.inmate.id) | {Subject(About.LIST, str(going.night.id))}


def _line(context: Context, _: Words, walk: Walk) -> Line:
    inside = movement_in_words(context, _, walk.movement, alias=walk.movement.alias)
    outside = movement_outside(context, _, walk.movement)
    return Line(with_state(_, inside, walk), True, with_state(_, outside, walk, reason=False))


def _theme_night(context: Context, _: Words, going: Going) -> Line:
    """Say who goes to a theme night; it is ticked at its door, and not here."""
    inmate, room = going.inmate, _.of(context.turn.hub.rooms[going.night.room].name)
    time = _.time(going.night.starts)
    who = f"{inmate.id} {inmate.alias}"
    inside = _("{time} · {number} · theme night · {room}", time=time, number=who, room=room)
    return Line(inside, True, _("{time} · unit {unit} · theme night · {room}", time=time, unit=inmate.unit, room=room))


def movement_in_words(context: Context, _: Words, movement: Movement, alias: str = "") -> str:
    """Say who is fetched when and where to: never to which service (F162)."""
    booking = movement.booking
    return _(
        "{fetch} · {number} · {code} · {room} · talk {time}",
        fetch=_.time(movement.fetch_at),
        number=f"{booking.inmate} {alias}".strip(),
        code=booking.slip,
        room=_.of(context.turn.hub.rooms[booking.slot.room].name),
        time=_.time(booking.slot.starts),
    )


def movement_outside(context: Context, _: Words, movement: Movement) -> str:
    """Say the same where it leaves the house: code, unit, time and place."""
    booking = movement.booking
    return _(
        "{fetch} · {code} · unit {unit} · {room} · talk {time}",
        fetch=_.time(movement.fetch_at),
        code=booking.slip,
        unit=booking.unit,
        room=_.of(context.turn.hub.rooms[booking.slot.room].name),
        time=_.time(booking.slot.starts),
    )


def with_state(_: Words, text: str, walk: Walk, *, reason: bool = True) -> str:
    """Add what was found at the door, and that an escort is missing; without ``reason``, only now or not now."""
    tick = walk.movement.tick
    if tick and tick is not Tick.FETCHED and not reason:
        tick = Tick.NOT_NOW
    states = [TICKS[tick](_)] if tick else []
    states += [_("waits for an escort")] if walk.waits else []
    for state in states:
        text = _("{movement} · {state}", movement=text, state=state)
    return text


def _tick_rows(context: Context, _: Words, walk: Walk, day: date) -> Rows:
    today = day == calendar.today(context.turn.hub, context.turn.now)
    ahead = walk.movement.booking.outcome is Outcome.LIVE
    return pairs(_ticks(_, walk.movement)) if today and ahead else ()


def _ticks(_: Words, movement: Movement) -> list[Button]:
    # Who was not ready may come a little later; every other change is taken back first.
    code = movement.booking.slip
    fetched = Button(_("✅ {code} Fetched", code=code), _data(movement, Tick.FETCHED), "success")
    back = Button(_("↩️ {code} Take back", code=code), _data(movement, None))
    if movement.tick:
        return [back] if movement.tick is Tick.FETCHED else [fetched, back]
    return [
        fetched,
        Button(_("⏳ {code} Not now", code=code), _data(movement, Tick.NOT_NOW)),
        Button(_("🔍 {code} Not found", code=code), _data(movement, Tick.NOT_FOUND), private=True),
        Button(_("🔒 {code} Locked down", code=code), _data(movement, Tick.LOCKED), private=True),
    ]


def _data(movement: Movement, tick: Tick | None) -> str:
    return f"tick:{movement.booking.slip}:{movement.revision}:{movement.tick or NOTHING}:{tick or NOTHING}"


async def tick(update: Update, context: Context) -> None:
    """Note what was found at the door; the adviser's card and the duty leader's page say it at once."""
    seen, found = _tick(context.text("word")), _tick(context.text("tick"))
    code = context.text("slip")
    await movements.tick(context.turn, code, context.number("revision"), seen, found)
    await DAY_PAGE.show_again(update, context)


def _tick(word: str) -> Tick | None:
    return Tick(word) if word in set(Tick) else None


async def morning(context: Context, officer: Person) -> None:
    """Bring an officer today's page, if somebody is to be fetched or told."""
    today = calendar.today(context.turn.hub, context.turn.now)
    walks = movements.of_officer(await movements.of_day(context.turn, today), officer.id)
    going = await coming_theme_nights.going(context.turn, officer.id, today)
    goes = any(each.night.ends > context.turn.now for each in going)
    if walks or goes or await answers.count(context.turn, officer):
        await DAY_PAGE.bring(context, officer)


DAY_PAGE = DayPage("movements", Role.OFFICER, write)

VIEWS = DAY_PAGE.views

DAYS = {Role.OFFICER: Day(DAY_PAGE.show_today, morning)}

SHORTCUTS = [Shortcut(label=lambda _: _("🚶 Movements"), data="walks", may=Role.OFFICER)]

HANDLERS = [
    tap("walks", DAY_PAGE.show_today, may=Role.OFFICER),
    tap("walks:{day}", DAY_PAGE.show_day, may=Role.OFFICER, again=DAY_PAGE.show_again),
    tap("tick:{slip}:{revision}:{word}:{tick}", tick, may=Role.OFFICER, again=DAY_PAGE.show_again),
]
