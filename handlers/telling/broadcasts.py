"""The coordinator's page of a broadcast: how far it has come, and the buttons that pause, stop and repeat it (F40)."""

from collections.abc import Callable, Sequence

from telegram import Update

from bot.domain import subjects
from bot.domain.broadcasts import Broadcast, Progress, State
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person, Role
from bot.domain.reminders import Kind
from bot.domain.subjects import About, Subject
from bot.usecases.telling import broadcasts
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, page, start_button
from handlers.chat.views import Living, open_view
from handlers.chat.ways import BROADCAST, TO_SUBJECT, broadcast_key
from handlers.chat.words import Words
from handlers.said.announcements import shown_so_far


async def show(context: Context, number: int) -> None:
    """Show the page of a broadcast; it renews itself as long as the broadcast goes on."""
    open_view(context, broadcast_key(number), Use(Span.WEEK), await _written(context, number))


async def show_again(_update: Update, context: Context) -> None:
    """Write the page anew."""
    await broadcasts.one(context.turn, context.number("number"))
    await show(context, context.number("number"))


async def pause(_update: Update, context: Context) -> None:
    """Let everything wait that has not been shown."""
    await broadcasts.pause(context.turn, context.number("number"))
    await show(context, context.number("number"))


async def go_on(_update: Update, context: Context) -> None:
    """Let what waits go on."""
    await broadcasts.go_on(context.turn, context.number("number"))
    await _say_at_screens(context, context.number("number"))
    await show(context, context.number("number"))


async def stop(_update: Update, context: Context) -> None:
    """Take back what was never sent."""
    await broadcasts.stop(context.turn, context.number("number"))
    await _say_at_screens(context, context.number("number"))
    await show(context, context.number("number"))


async def once_more(_update: Update, context: Context) -> None:
    """Send it once more to somebody of whom nobody knows whether they have it."""
    await broadcasts.again(context.turn, context.number("number"), context.text("person"))
    await show(context, context.number("number"))


async def look(context: Context, about: str) -> None:
    """While a broadcast goes on, let the pages that stand open say how far it has come."""
    await broadcasts.look_again(context.turn, int(about))


async def write(context: Context, person: Person, rest: str) -> Build | None:
    """Let somebody's page say what is true now, if the broadcast is theirs to see."""
    if await broadcasts.sees(context.turn, person, int(rest)):
        return await _written(context, int(rest))
    return None


async def _say_at_screens(context: Context, number: int) -> None:
    """Let the screens that have not shown it say what is true now: a page says itself what runs and what does not."""
    for session in await broadcasts.screens_left(context.turn, number):
        with context.turn.standing_at(session):
            context.broadcast_to_kiosk(number, session.kiosk, await page(context))


async def _written(context: Context, number: int) -> Build:
    found = await broadcasts.find(context.turn, number)
    progress = await broadcasts.progress(context.turn, number)
    subject = await _subject(context, found.about)
    about = frozenset({Subject(About.BROADCAST, str(number)), subjects.read(found.about)})

    def build(reader: Reader) -> View:
        if reader.one_way:
            return View(())
        _ = context.words_for(reader.language)
        title = _title(_, subject(_))
        lines = (title, Line(shown_so_far(_, progress)), Line(_state(_, found, progress)))
        doubts = _listed(context, _, _doubts(_, len(progress.doubtful)), progress.doubtful, _again(_, found))
        away = _listed(context, _, _away(_, len(progress.unreachable)), progress.unreachable)
        return View(lines, _rows(_, found, progress), entries=(*doubts, *away), about=about)

    return build


def _title(_: Words, about: Line) -> Line:
    outside = _("📣 {subject}", subject=about.outside) if about.outside else None
    return Line(_("📣 {subject}", subject=about.text), about.private, outside)


async def _subject(context: Context, about: str) -> Callable[[Words], Line]:
    kind, rest = subjects.read(about)
    told = context.bot_data.told
    return await told[kind](context, rest) if kind in told else _any_subject


def _any_subject(_: Words) -> Line:
    return Line(_("An announcement"))


def _state(_: Words, found: Broadcast, progress: Progress) -> str:
    if found.state is State.STOPPED:
        return _("⏹️ It is stopped. What has been shown stays.")
    if found.state is State.PAUSED:
        return _.n_("⏸️ It is paused. {n} still waits.", "⏸️ It is paused. {n} still wait.", progress.waiting)
    if progress.is_whole:
        return _("✅ Everybody has been shown it.")
    if progress.waiting:
        return _.n_("⏳ {n} still waits.", "⏳ {n} still wait.", progress.waiting)
    return _("Nobody waits for it any more.")


def _doubts(_: Words, n: int) -> str:
    return _.n_("❓ Nobody knows whether {n} has it:", "❓ Nobody knows whether these {n} have it:", n)


def _away(_: Words, n: int) -> str:
    return _.n_("🚫 {n} cannot be reached:", "🚫 {n} cannot be reached:", n)


def _listed(
    context: Context, _: Words, title: str, who: Sequence[str], button: Callable[[str], Rows] = lambda _who: ()
) -> tuple[Entry, ...]:
    """Return who is meant, in the house; outside, only how many."""
    if not who:
        return ()
    heading = Line(title)
    lines = [Line(_called(context, _, each), private=True) for each in who]
    others = [Entry((line,), button(each), (heading,)) for line, each in zip(lines[1:], who[1:], strict=True)]
    return (Entry((heading, lines[0]), button(who[0])), *others)


def _again(_: Words, found: Broadcast) -> Callable[[str], Rows]:
    def button(who: str) -> Rows:
        return ((Button(_("🔁 Once more: {who}", who=who), f"tell_again:{found.id}:{who}", private=True),),)

    return button


def _called(context: Context, _: Words, who: str) -> str:
    names = context.turn.hub.names
    return f"• {who} · {_.of(names[who])}" if who in names else f"• {who}"


def _rows(_: Words, found: Broadcast, progress: Progress) -> Rows:
    renew = Button(_("🔁 Write anew"), f"told_so_far:{found.id}")
    moves, subject = tuple(_moves(_, found, progress)), subjects.read(found.about)
    ways = (TO_SUBJECT[subject.kind](_, subject.id), start_button(_))
    return (*((moves,) if moves else ()), (renew,), ways)


def _moves(_: Words, found: Broadcast, progress: Progress) -> list[Button]:
    stop = Button(_("⏹️ Stop"), f"tell_stop:{found.id}", "danger")
    if found.state is State.PAUSED:
        return [Button(_("▶️ Go on"), f"tell_on:{found.id}", "primary"), stop]
    if found.state is State.RUNNING and progress.waiting:
        return [Button(_("⏸️ Pause"), f"tell_pause:{found.id}"), stop]
    return []


VIEWS = {BROADCAST: Living(write)}

JOBS = {Kind.BROADCAST: look}

HANDLERS = [
    tap("told_so_far:{number}", show_again, may=Role.COORDINATOR),
    tap("tell_pause:{number}", pause, may=Role.COORDINATOR, again=show_again),
    tap("tell_on:{number}", go_on, may=Role.COORDINATOR, again=show_again),
    tap("tell_stop:{number}", stop, may=Role.COORDINATOR, again=show_again),
    tap("tell_again:{number}:{person}", once_more, may=Role.COORDINATOR, again=show_again),
]
