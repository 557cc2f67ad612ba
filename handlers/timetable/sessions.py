"""Adding and moving a session at the coordinator's desk: one question a page, a summary, and then it is done.

Every page names services and advisers, so all of it stays inside the house.
"""

from collections.abc import Callable
from datetime import date

from telegram import Update

from bot.domain import calendar, plans
from bot.domain.desks import Desk
from bot.domain.messages import Build, Button, Line, View
from bot.domain.people import Role
from bot.domain.plans import SAME
from bot.domain.refusals import NotUnderstood
from bot.domain.services import Session
from bot.domain.whole import Whole
from bot.usecases import desks, sessions
from bot.usecases import plans as cases
from bot.usecases.prisons import ALL
from bot.usecases.sessions import Changed
from handlers.chat.context import Context
from handlers.chat.inmate_pages import indoors
from handlers.chat.lines import tap
from handlers.chat.readings import day_of, hours_of
from handlers.chat.rows import pairs, row_by_row, short
from handlers.chat.start import home_button
from handlers.chat.words import Words
from handlers.timetable.week import open_week, show_present
from handlers.timetable.words import people_hit, session_lines, tell_adviser


async def begin(_update: Update, context: Context) -> None:
    """Begin a new session."""
    context.show_for(await _page(context, await cases.begin(context.turn, context.text("prison"))))


async def begin_move(_update: Update, context: Context) -> None:
    """Begin to move a session."""
    desk = await cases.begin_move(context.turn, context.text("slot"), context.text("prison"))
    context.show_for(await _page(context, desk))


async def choose(_update: Update, context: Context) -> None:
    """Take an answer and ask the next question."""
    context.show_for(
        await _page(context, await cases.choose(context.turn, context.number("step"), context.text("word")))
    )


async def back(_update: Update, context: Context) -> None:
    """Take the last answer back."""
    context.show_for(await _page(context, await cases.back(context.turn, context.number("step"))))


async def take_line(update: Update, context: Context, text: str) -> None:
    """Read a day or hours that were typed, and ask the next question below."""
    question = plans.question((await desks.mine(context.turn)).draft)
    today = calendar.today(context.turn.hub, context.turn.now)
    word = hours_of(text) if question == "hours" else None
    if question == "day" and (day := day_of(text, today)):
        word = day.isoformat()
    if question is None or word is None:
        raise NotUnderstood
    context.say(update, await _page(context, await cases.write(context.turn, question, word)))


async def _page(context: Context, desk: Desk) -> Build:
    question = plans.question(desk.draft)
    if question is None:
        return await _summary(context, desk)
    words = await cases.choices(context.turn, desk.draft)

    def write(_: Words) -> View:
        buttons = [Button(short(_label(context, _, question, each)), f"plan:{desk.step}:{each}") for each in words]
        lines, tiles = (*_title(_, desk), *map(Line, ASKED[question](_))), row_by_row(pairs(buttons))
        return View(lines, (_ways(_, desk),), entries=tiles, name=f"plan:{desk.step}")

    return indoors(context, write)


def _title(_: Words, desk: Desk) -> list[Line]:
    return [Line(_("🔀 Move a session") if desk.draft.get("moving") else _("➕ New session"))]


ASKED: Whole[str, Callable[[Words], list[str]]] = Whole(
    "what is asked of a session",
    plans.QUESTIONS,
    {
        "service": lambda _: [_("Which service?")],
        "adviser": lambda _: [_("Who comes?")],
        "room": lambda _: [_("In which room?")],
        "day": lambda _: [_("On which day?"), _("You can also write it: 14.1.")],
        "hours": lambda _: [_("From when to when?"), _("You can also write it: 09.00-12.00")],
        "minutes": lambda _: [_("How long is each talk?")],
    },
)


def _label(context: Context, _: Words, question: str, word: str) -> str:
    if word == SAME:
        return _("↩️ As before")
    return LABELS[question](context, _, word)


def _service(context: Context, _: Words, word: str) -> str:
    service = context.turn.hub.services[word]
    return f"{service.icon} {_.of(service.name)}"


def _day(context: Context, _: Words, word: str) -> str:
    return _.short_day(calendar.at(context.turn.hub, date.fromisoformat(word), calendar.END_OF_DAY))


def _hours(context: Context, _: Words, word: str) -> str:
    today = calendar.today(context.turn.hub, context.turn.now)
    hours = plans.hours_of(word)[0]
    opens, closes = (calendar.at(context.turn.hub, today, each) for each in (hours.opens, hours.closes))
    return f"{_.time(opens)}–{_.time(closes)}"


LABELS: Whole[str, Callable[[Context, Words, str], str]] = Whole(
    "the buttons that answer a question about a session",
    plans.QUESTIONS,
    {
        "service": _service,
        "adviser": lambda context, _, word: _.of(context.turn.hub.name_of(word)),
        "room": lambda context, _, word: _.of(context.turn.hub.rooms[word].name),
        "day": _day,
        "hours": _hours,
        "minutes": lambda _context, _, word: _("{n} minutes", n=word),
    },
)
"""What stands on a button that answers a question."""


def _ways(_: Words, desk: Desk) -> tuple[Button, ...]:
    one_back = [Button(_("⬅️ Back"), f"unplan:{desk.step}")] if plans.answered(desk.draft) else []
    return (*one_back, Button(_("📅 Timetable"), f"week:{desk.draft['prison']}"), home_button(_))


async def _summary(context: Context, desk: Desk) -> Build:
    session, moving = plans.session_of(desk.draft), desk.draft.get("moving")
    hit = await sessions.hit_by_move(context.turn, moving, session) if moving else ()
    seen = sessions.seen(hit)

    def write(_: Words) -> View:
        lines = [*_title(_, desk), *session_lines(context, _, session)]
        if moving:
            lines += [Line(people_hit(_, len(hit))), *_what_follows(_, len(hit))]
        label = _("✅ Move it") if moving else _("✅ Add it")
        return View(tuple(lines), ((Button(label, f"planned:{desk.step}:{seen}", "success"),), _ways(_, desk)))

    return indoors(context, write)


def _what_follows(_: Words, n: int) -> list[Line]:
    if not n:
        return []
    return [Line(_("Whoever can gets the new time as an offer.")), Line(_("The others keep their place in line."))]


async def finish(_update: Update, context: Context) -> None:
    """Add the session, or move it and tell everybody who had a time in it."""
    prison = (await desks.mine(context.turn)).draft.get("prison", ALL)
    done = await cases.finish(context.turn, context.number("step"), context.text("word"))
    if isinstance(done, Changed):
        tell_adviser(context, done.session, done)
    else:
        tell_adviser(context, done)
    context.show_for(_done(context, done, prison))


def _done(context: Context, done: Session | Changed, prison: str) -> Build:
    session = (done.moved_to or done.session) if isinstance(done, Changed) else done

    def write(_: Words) -> View:
        said = _moved(_, done) if isinstance(done, Changed) else [Line(_("The session is in the timetable."))]
        week = Button(_("⬅️ Timetable"), f"week:{prison}:{session.day}")
        return View((*said, *session_lines(context, _, session)), ((week, home_button(_)),))

    return indoors(context, write)


def _moved(_: Words, done: Changed) -> list[Line]:
    offered, waiting = done.offered, len(done.hit) - done.offered
    lines = [Line(_("The session is moved."))]
    if offered:
        lines.append(
            Line(_.n_("{n} person has the new time as an offer.", "{n} people have a new time as an offer.", offered))
        )
    if waiting:
        lines.append(Line(_.n_("{n} person is told and waits on.", "{n} people are told and wait on.", waiting)))
    return lines


async def show_plan(update: Update, context: Context) -> None:
    """Show the page at which the desk is, if it is still at it."""
    desk = await cases.present(context.turn)
    if desk is None:
        await open_week(context, ALL, calendar.today(context.turn.hub, context.turn.now))
    else:
        context.show_for(await _page(context, desk))


HANDLERS = [
    tap("session_new:{prison}", begin, may=Role.COORDINATOR),
    tap("session_move:{slot}:{prison}", begin_move, may=Role.COORDINATOR, again=show_present),
    tap("plan:{step}:{word}", choose, may=Role.COORDINATOR, again=show_plan),
    tap("unplan:{step}", back, may=Role.COORDINATOR, again=show_plan),
    tap("planned:{step}:{word}", finish, may=Role.COORDINATOR, again=show_plan),
]

PROMPTS = {cases.TASK: take_line}
