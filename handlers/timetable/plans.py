"""Adding and moving a session at the coordinator's desk: one question a page, a summary, and then it is done."""

from collections.abc import Callable

from telegram import Update

from bot.domain import calendar
from bot.domain.chat.messages import Build, Button, Line, View
from bot.domain.people import Role
from bot.domain.services import Session
from bot.domain.timetable import plans
from bot.domain.timetable.plans import SAME
from bot.domain.whole import Whole
from bot.usecases.chat.flows import At
from bot.usecases.prisons import ALL
from bot.usecases.timetable import plans as cases
from bot.usecases.timetable import sessions
from bot.usecases.timetable.sessions import Changed
from handlers.chat.context import Context
from handlers.chat.inmate_pages import inside_only
from handlers.chat.lines import tap
from handlers.chat.readings import day_typed, hours_of
from handlers.chat.rows import start_button
from handlers.chat.words import Words
from handlers.flow import labels
from handlers.flow.questions import Flow, Part, Question, Write, finishes
from handlers.timetable.week import open_week, show_present
from handlers.timetable.words import people_hit, session_lines, tell_adviser


async def begin(update: Update, context: Context) -> None:
    """Begin a new session."""
    await FLOW.begin(update, context, **cases.new(context.turn, context.text("prison")))


async def begin_move(update: Update, context: Context) -> None:
    """Begin to move a session."""
    draft = await cases.move(context.turn, context.text("slot"), context.text("prison"))
    await FLOW.begin(update, context, **draft)


async def show_week(_update: Update, context: Context) -> None:
    """Show this week: nothing is being put together, or what was moved is gone."""
    await open_week(context, ALL, calendar.today(context.turn.hub, context.turn.now))


def _title(_: Words, at: At) -> list[str]:
    return [_("🔀 Move a session") if at.draft.get("moving") else _("➕ New session")]


def _or_as_before(label: Callable[[Words, At, str], str]) -> Callable[[Words, At, str], str]:
    return lambda _, at, word: _("↩️ As before") if word == SAME else label(_, at, word)


QUESTIONS: Whole[str, Question] = Whole(
    "what is asked of a session",
    plans.QUESTIONS,
    {
        "service": Question(asks=lambda _, _at: [_("Which service?")], choices=cases.services, label=labels.service),
        "adviser": Question(
            asks=lambda _, _at: [_("Who comes?")],
            choices=cases.advisers,
            label=lambda _, at, word: _.of(at.turn.hub.name_of(word)),
        ),
        "room": Question(
            asks=lambda _, _at: [_("In which room?")],
            choices=cases.rooms,
            label=lambda _, at, word: _.of(at.turn.hub.rooms[word].name),
        ),
        "day": Question(
            asks=lambda _, _at: [_("On which day?"), _("You can also write it: 14.1.")],
            choices=cases.days,
            label=_or_as_before(labels.day),
            reads=day_typed,
            answers=cases.on_day,
        ),
        "hours": Question(
            asks=lambda _, _at: [_("From when to when?"), _("You can also write it: 09.00-12.00")],
            choices=cases.hours,
            label=_or_as_before(labels.hours),
            reads=lambda _at, text: hours_of(text),
            answers=cases.in_hours,
        ),
        "minutes": Question(
            asks=lambda _, _at: [_("How long is each talk?")],
            choices=lambda _at: [str(each) for each in plans.MINUTES],
            label=lambda _, _at, word: _("{n} minutes", n=word),
            answers=cases.for_minutes,
        ),
    },
)


async def _summary(context: Context, at: At) -> Write:
    session, moving = plans.session_of(at.draft), at.draft.get("moving")
    hit = await sessions.hit_by_move(context.turn, moving, session) if moving else ()

    def write(_: Words) -> Part:
        follows = [people_hit(_, len(hit)), *_what_follows(_, len(hit))] if moving else []
        done = Button(_("✅ Move it") if moving else _("✅ Add it"), finishes(at, sessions.seen(hit)), "success")
        return [*session_lines(context, _, session), *follows], ((done,),)

    return write


def _what_follows(_: Words, n: int) -> list[str]:
    return [_("Whoever can gets the new time as an offer."), _("The others keep their place in line.")] if n else []


async def finish(_update: Update, context: Context, at: At, shown: str) -> None:
    """Add the session, or move it and tell everybody who had a time in it."""
    done = await cases.finish(at, shown)
    if isinstance(done, Changed):
        tell_adviser(context, done.session, done)
    else:
        tell_adviser(context, done)
    context.show_for(_done(context, done, at.draft["prison"]))


def _done(context: Context, done: Session | Changed, prison: str) -> Build:
    session = (done.moved_to or done.session) if isinstance(done, Changed) else done

    def write(_: Words) -> View:
        said = _moved(_, done) if isinstance(done, Changed) else [Line(_("The session is in the timetable."))]
        week = Button(_("⬅️ Timetable"), f"week:{prison}:{session.day}")
        return View((*said, *session_lines(context, _, session)), ((week, start_button(_)),))

    return inside_only(context, write)


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


FLOW = Flow(
    task=cases.TASK,
    may=Role.COORDINATOR,
    questions=QUESTIONS,
    is_there=cases.is_there,
    title=_title,
    ways=lambda _, at: (Button(_("📅 Timetable"), f"week:{at.draft['prison']}"),),
    summary=_summary,
    finish=finish,
    lost=show_week,
)

FLOWS = [FLOW]

HANDLERS = [
    tap("session_new:{prison}", begin, may=Role.COORDINATOR),
    tap("session_move:{slot}:{prison}", begin_move, may=Role.COORDINATOR, again=show_present),
    *FLOW.lines(),
]

PROMPTS = {cases.TASK: FLOW.take_line}
