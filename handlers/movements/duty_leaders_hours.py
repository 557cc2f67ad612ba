"""The duty leader's page: for each hour who is to walk, who can walk along, and who still waits for an escort (F59)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from telegram import Update

from bot.domain import calendar, subjects
from bot.domain import movements as rules
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.people import Person, Role
from bot.domain.refusals import Stale
from bot.domain.subjects import TODAY, About, Subject
from bot.usecases import movements
from bot.usecases.movements import Walk
from handlers.chat.context import Context
from handlers.chat.dates import chosen_day, day_buttons
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, start_button
from handlers.chat.start import Day, Shortcut
from handlers.chat.words import Words
from handlers.movements.day_pages import DayPage
from handlers.movements.officers_day import movement_in_words, movement_outside, with_state

NOBODY_SAID = "-"


@dataclass(frozen=True)
class Hour:
    """One hour of one prison: how many can walk, or None where nobody has said, and how many are needed."""

    prison: str
    hour: int
    staff: int | None
    needed: int
    walks: tuple[Walk, ...]


async def hours_of(context: Context, leader: Person, day: date) -> list[Hour]:
    """Return the hours of a date in which somebody walks or can walk, in the prisons of a duty leader."""
    turn = context.turn
    walks = [each for each in await movements.of_day(turn, day) if each.movement.booking.unit in leader.units]
    found: list[Hour] = []
    for prison in turn.hub.prisons_of(leader.units):
        there = [each for each in walks if turn.hub.prison_of(each.movement.booking.unit) == prison]
        found += _hours(context, prison, there, await movements.capacity(turn, prison, day))
    return found


def _hours(context: Context, prison: str, walks: Sequence[Walk], changed: Mapping[int, int]) -> list[Hour]:
    hub = context.turn.hub
    by_hour: dict[int, list[Walk]] = {}
    for walk in walks:
        by_hour.setdefault(rules.hour_of(hub, walk.movement.booking.slot.starts), []).append(walk)
    needed = rules.needed_in([walk.movement for walk in walks], hub)
    staffed = {hour for hour in range(24) if rules.staff_in(hub, hour, changed)}
    return [
        Hour(prison, hour, rules.staff_in(hub, hour, changed), needed.get(hour, 0), tuple(by_hour.get(hour, ())))
        for hour in sorted({*staffed, *changed, *by_hour})
    ]


async def write(context: Context, leader: Person, day: date) -> Build:
    """Write the duty leader's page of one date."""
    hours = await hours_of(context, leader, day)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        entries = [entry for hour in hours for entry in _entries(context, _, hour, day)]
        around = (*day_buttons(context, _, day, "escorts"), start_button(_))
        about = frozenset({TODAY, Subject(About.DAY, str(day)), subjects.person(leader.id)})
        return View(title(context, _, day, hours), (around,), entries=tuple(entries), about=about)

    return build


def title(context: Context, _: Words, day: date, hours: Sequence[Hour]) -> tuple[Line, ...]:
    """Say the numbers of a date: how many walks there are, and how many of them wait for an escort."""
    walks = [walk for hour in hours for walk in hour.walks]
    in_words, waiting = _.day(_clock(context, day, 12)), sum(walk.waits for walk in walks)
    first = _.n_("🚶 {date}: {n} movement", "🚶 {date}: {n} movements", len(walks), date=in_words)
    if not waiting:
        return (Line(first),)
    return (Line(first), Line(_.n_("⏳ {n} waits for an escort", "⏳ {n} wait for an escort", waiting)))


def _clock(context: Context, day: date, hour: int) -> datetime:
    return calendar.at(context.turn.hub, day, time(hour))


def _entries(context: Context, _: Words, hour: Hour, day: date) -> list[Entry]:
    """Say of an hour how many are needed, with its buttons, and then who walks."""
    heading = Line(_hour_in_words(context, _, hour, day))
    walks = [Entry((_line(context, _, walk),), heading=(heading,), about=_walks(walk)) for walk in hour.walks]
    return [Entry((heading,), _staff_rows(context, _, hour, day)), *walks]


def _walks(walk: Walk) -> frozenset[Subject]:
    booking = walk.movement.booking
    return subjects.slips(booking.slip) | subjects.named(booking.inmate)


def _hour_in_words(context: Context, _: Words, hour: Hour, day: date) -> str:
    at = _.time(_clock(context, day, hour.hour))
    if hour.staff is None:
        return _("▪️ From {time}: {needed} needed", time=at, needed=hour.needed)
    return _("▪️ From {time}: {staff} can walk, {needed} needed", time=at, staff=hour.staff, needed=hour.needed)


def _line(context: Context, _: Words, walk: Walk) -> Line:
    unit = context.turn.hub.units[walk.movement.booking.unit].name
    inside = _("{movement} · {unit}", movement=movement_in_words(context, _, walk.movement), unit=unit)
    outside = movement_outside(context, _, walk.movement)
    return Line(with_state(_, inside, walk), True, with_state(_, outside, walk, reason=False))


def _staff_rows(context: Context, _: Words, hour: Hour, day: date) -> Rows:
    if day < calendar.today(context.turn.hub, context.turn.now):
        return ()
    return (_staff_buttons(context, _, hour, day),)


def _staff_buttons(context: Context, _: Words, hour: Hour, day: date) -> tuple[Button, ...]:
    at, now = _.time(_clock(context, day, hour.hour)), hour.staff or 0
    data = f"escorts:{hour.prison}:{day}:{hour.hour}:{NOBODY_SAID if hour.staff is None else now}"
    fewer = [Button(_("➖ from {time}", time=at), f"{data}:{now - 1}")] if now else []
    more = [Button(_("➕ from {time}", time=at), f"{data}:{now + 1}")] if now < rules.MOST_STAFF else []
    return tuple(fewer + more)


async def set_staff(update: Update, context: Context) -> None:
    """Say how many can walk in an hour; whoever has an escort now, or has none any more, sees it at once."""
    word, hour = context.text("word"), context.number("hour")
    if word != NOBODY_SAID and not word.isdecimal():
        raise Stale
    seen = None if word == NOBODY_SAID else int(word)
    prison, day, staff = context.text("prison"), chosen_day(context), context.number("number")
    await movements.set_staff(context.turn, prison, day, hour, seen, staff)
    await DAY_PAGE.show_again(update, context)


async def morning(context: Context, leader: Person) -> None:
    """Bring a duty leader today's hours, if somebody walks."""
    today = calendar.today(context.turn.hub, context.turn.now)
    if any(hour.walks for hour in await hours_of(context, leader, today)):
        await DAY_PAGE.bring(context, leader)


DAY_PAGE = DayPage("capacity", Role.DUTY_LEADER, write)

VIEWS = DAY_PAGE.views

DAYS = {Role.DUTY_LEADER: Day(DAY_PAGE.show_today, morning)}

SHORTCUTS = [Shortcut(label=lambda _: _("🚶 Movements"), data="escorts", may=Role.DUTY_LEADER)]

HANDLERS = [
    tap("escorts", DAY_PAGE.show_today, may=Role.DUTY_LEADER),
    tap("escorts:{day}", DAY_PAGE.show_day, may=Role.DUTY_LEADER, again=DAY_PAGE.show_again),
    tap("escorts:{prison}:{day}:{hour}:{word}:{number}", set_staff, may=Role.DUTY_LEADER, again=DAY_PAGE.show_again),
]
