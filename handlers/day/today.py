"""The coordinator's day on one page: what needs somebody now, in counts and queues, without names or texts (F22)."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.domain import calendar, subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person, Role
from bot.domain.refusals import Stale
from bot.domain.slips.slips import Slip
from bot.domain.subjects import HUB, TODAY, UNDELIVERED, About, Subject
from bot.domain.today import Queue
from bot.usecases import today as cases
from bot.usecases.prisons import ALL
from bot.usecases.screen import closings
from bot.usecases.today import Today, Waiting
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import tap
from handlers.chat.rows import COLUMNS, Rows, line_by_line, start_button
from handlers.chat.start import Day, Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.ways import to_slips
from handlers.chat.words import Words
from handlers.day import undelivered
from handlers.said.carers import closed_screens
from handlers.said.coordinators import ALL_OF, QUEUES, switcher

KEY = "today"
DAY, QUEUE = "today", "queue"
SHORT = 6
URGENT = [queue for queue in Queue if queue is not Queue.WAITING]


class Page:
    """Writes the day of one person for each reader, from the same facts."""

    def __init__(self, context: Context, today: Today, person: Person, prison: str) -> None:
        self._context = context
        self._today = today
        self._person = person
        self._prison = prison

    def whole(self, reader: Reader) -> View:
        """Write the page."""
        _ = self._context.words_for(reader.language)
        hub, found = self._context.turn.hub, self._today.undelivered
        urgent = [entry for queue in URGENT for entry in self._queue(_, queue)]
        more = [*self._proposals(_), *undelivered.not_arrived(_, hub, found)]
        calm = [] if self._today.closed or urgent or more else [Line(_("Nothing needs you now."))]
        waiting = [*calm, *self._waiting(_), *undelivered.came_too_late(_, found)]
        closed = closed_screens(_, self._today.closed, f"open_here:{{about}}:{self._prison}")
        entries = (*closed, *urgent, *line_by_line([*more, *waiting]))
        return View(self._head(_), self._rows(_), entries=entries, name=_day_name(self._prison), about=self._about())

    def queue(self, queue: Queue) -> Build:
        """Write everything that stands in one queue."""

        def build(reader: Reader) -> View:
            _ = self._context.words_for(reader.language)
            found = self._today.queues[queue]
            title = (Line(QUEUES[queue](_, len(found))),)
            parts = [found[at : at + COLUMNS] for at in range(0, len(found), COLUMNS)]
            entries = tuple(self._part(_, queue, part) for part in parts)
            return View(title, (self._back(_),), entries=entries, about=self._about())

        return build

    def _about(self) -> frozenset[Subject]:
        """Return what it counts: what is open in these units, what is proposed, closed, and did not come through."""
        hub, units = self._context.turn.hub, self._person.units
        closed = {Subject(About.KIOSKS, unit) for unit in units}
        proposed = {Subject(About.PRISON, prison) for prison in hub.prisons_of(units)}
        return frozenset({HUB, TODAY, UNDELIVERED, *subjects.queues(units), *closed, *proposed})

    def _head(self, _: Words) -> tuple[Line, ...]:
        now = self._context.turn.now
        return Line(_("☀️ Today, {date}", date=_.day(now))), Line(_("At {time}.", time=_.time(now)))

    def _queue(self, _: Words, queue: Queue) -> list[Entry]:
        found = self._today.queues[queue]
        if not found:
            return []
        more = len(found) - SHORT
        heading = (Line(QUEUES[queue](_, len(found))),)
        rest = [Entry((Line(_.n_("… and {n} more", "… and {n} more", more)),), heading=heading)] if more > 0 else []
        shown = found[:SHORT]
        parts = [self._part(_, queue, shown[at : at + COLUMNS], heading) for at in range(0, len(shown), COLUMNS)]
        first = replace(parts[0], lines=(*heading, *parts[0].lines), heading=())
        return [first, *parts[1:], *rest]

    def _part(self, _: Words, queue: Queue, slips: Sequence[Slip], heading: tuple[Line, ...] = ()) -> Entry:
        about = subjects.slips(*(slip.code for slip in slips))
        return Entry(tuple(self._line(_, queue, slip) for slip in slips), self._slips(slips), heading, about)

    def _line(self, _: Words, queue: Queue, slip: Slip) -> Line:
        # Which service somebody wants to talk to is said inside the house only; the button has the rest.
        service = _.of(self._context.turn.hub.services[slip.service].name)
        when = self._when(_, queue, slip)
        text = _(
            "{code} · unit {unit} · {service} · {when}", code=slip.code, unit=slip.unit, service=service, when=when
        )
        return Line(text, private=True)

    def _when(self, _: Words, queue: Queue, slip: Slip) -> str:
        booking = self._today.times.get(slip.code)
        if queue is Queue.OFFERED and slip.offer_until:
            return _.short_time(slip.offer_until)
        if queue in {Queue.UNTOLD, Queue.OWNERLESS} and booking:
            return _.short_time(booking.slot.starts)
        return _.short_day(slip.answer_by)

    def _proposals(self, _: Words) -> list[Line]:
        n = self._today.proposals
        return [Line(_.n_("💡 {n} theme night is proposed.", "💡 {n} theme nights are proposed.", n))] if n else []

    def _waiting(self, _: Words) -> list[Line]:
        every = self._today.waiting
        if not every:
            return [Line(_("📥 No slip waits for an answer."))]
        n = sum(each.slips for each in every)
        return [Line(QUEUES[Queue.WAITING](_, n)), *(self._service(_, each) for each in every)]

    def _service(self, _: Words, waiting: Waiting) -> Line:
        name, since = _.of(self._context.turn.hub.services[waiting.service].name), _.short_day(waiting.oldest)
        hub = self._context.turn.hub
        age = calendar.today(hub, self._context.turn.now) - calendar.today(hub, waiting.oldest)
        old = _.n_("{n} day", "{n} days", age.days) if age.days else _("today")
        text = _(
            "{service}: {n}, the oldest since {since} ({age})", service=name, n=waiting.slips, since=since, age=old
        )
        return Line(text, private=True)

    def _rows(self, _: Words) -> Rows:
        queues = self._today.queues
        longer = [queue for queue in Queue if len(queues[queue]) > (SHORT if queue in URGENT else 0)]
        all_of = tuple((Button(ALL_OF[queue](_), self._data(queue)),) for queue in longer)
        prisons = switcher(self._context, _, self._person, self._prison, lambda prison: f"today:{prison}")
        nights = ((Button(_("🎟️ Theme nights"), "all_nights"),),) if self._today.proposals else ()
        return (*all_of, *nights, *prisons, (start_button(_),))

    def _slips(self, slips: Sequence[Slip]) -> Rows:
        return to_slips(self._context, [(slip.code, slip.unit) for slip in slips])

    def _back(self, _: Words) -> tuple[Button, ...]:
        return Button(_("⬅️ Back"), f"today:{self._prison}"), start_button(_)

    def _data(self, queue: Queue) -> str:
        return f"{QUEUE}:{queue}:{self._prison}"


async def _page(context: Context, person: Person, prison: str) -> Page:
    return Page(context, await cases.today(context.turn, person, prison), person, prison)


def _day_name(prison: str) -> str:
    return f"{PAGE}{DAY}:{prison}"


async def write(context: Context, person: Person, prison: str) -> Build:
    """Write somebody's day."""
    return (await _page(context, person, prison)).whole


async def write_queue(context: Context, person: Person, rest: str) -> Build:
    """Write everything that stands in a queue of somebody's day; ``rest`` is which, and of which prison."""
    queue, _, prison = rest.partition(":")
    return (await _page(context, person, prison)).queue(Queue(queue))


async def bring_today(update: Update, context: Context) -> None:
    """Bring the day to the bottom of the chat."""
    context.forget(update)
    moved = View((Line(context.words("Today's page is further down.")),))
    context.bring_down(KEY, Use(Span.ASKED_TODAY), await write(context, context.turn.person, ALL), moved)


async def show_today(_update: Update, context: Context) -> None:
    """Show the day, of one prison or of all."""
    await show_in_place(context, _day_name(context.text("prison")))


async def open_screen(update: Update, context: Context) -> None:
    """Let people sign in at a screen again, where no officer can."""
    await closings.open_again(context.turn, context.text("kiosk"), context.number("number"))
    await show_today(update, context)


async def show_queue(_update: Update, context: Context) -> None:
    """Show everything that stands in one queue."""
    if context.text("word") not in set(Queue):
        raise Stale
    await show_in_place(context, f"{PAGE}{QUEUE}:{context.text('word')}:{context.text('prison')}")


async def morning(context: Context, person: Person) -> None:
    """Bring a coordinator the day in the morning, as a message of its own."""
    today = calendar.today(context.turn.hub, context.turn.now)
    context.tell(person.id, f"morning:{today}", Use(Span.DAY, str(today)), await write(context, person, ALL))


VIEWS = {
    f"{PAGE}{DAY}": Living(write, may=Role.COORDINATOR),
    f"{PAGE}{QUEUE}": Living(write_queue, may=Role.COORDINATOR),
}

DAYS = {Role.COORDINATOR: Day(bring_today, morning)}

SHORTCUTS = [Shortcut(lambda _: _("☀️ Today"), f"today:{ALL}", Role.COORDINATOR)]

HANDLERS = [
    tap("today:{prison}", show_today, may=Role.COORDINATOR),
    tap("open_here:{kiosk}:{number}:{prison}", open_screen, may=Role.COORDINATOR, again=show_today),
    tap("queue:{word}:{prison}", show_queue, may=Role.COORDINATOR),
]
