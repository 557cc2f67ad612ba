"""Cancelling a session: how many that hits, why, and telling everybody who had a time in it."""

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.people import Person, Role
from bot.domain.slips.slips import WHY_CANCELLED, Reason
from bot.usecases.timetable import sessions
from bot.usecases.timetable.sessions import Changed, Filled
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import tap
from handlers.chat.rows import pairs, start_button
from handlers.chat.views import Living, show_in_place
from handlers.chat.ways import to_week
from handlers.said.advisers import REASONS
from handlers.timetable.week import about_session, show_present, there, write_session
from handlers.timetable.words import people_hit, session_lines, tell_adviser

OFF = "session_off"


async def ask_cancel(_update: Update, context: Context) -> None:
    """Say how many a cancelled session hits, and ask why."""
    await sessions.one(context.turn, context.text("slot"))
    await show_again(_update, context)


async def show_again(_update: Update, context: Context) -> None:
    """Show how many it hits now."""
    await show_in_place(context, f"{PAGE}{OFF}:{context.text('slot')}:{context.text('prison')}")


async def write(context: Context, person: Person, rest: str) -> Build:
    """Write how many a cancelled session hits, or the session as it is where there is nothing left to cancel."""
    slot, _, prison = rest.partition(":")
    with context.turn.seen_by(person):
        found = await there(context, prison, slot)
    if found and found.closes > context.turn.now:
        return _why(context, found, prison)
    return await write_session(context, person, rest)


def _why(context: Context, filled: Filled, prison: str) -> Build:
    hit = filled.hit(context.turn.now)
    seen = sessions.seen(hit)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        ask = (Line(people_hit(_, len(hit))), Line(_("Why shall the session be cancelled?")))
        reasons = [
            Button(REASONS[each](_), f"off:{filled.id}:{each}:{seen}:{prison}", "danger") for each in WHY_CANCELLED
        ]
        keep = Button(_("⬅️ No, keep it"), f"session:{filled.id}:{prison}", "primary")
        lines, rows = (*session_lines(context, _, filled.session), *ask), (*pairs(reasons), (keep, start_button(_)))
        return View(lines, rows, about=about_session(filled.session))

    return build


async def cancel(_update: Update, context: Context) -> None:
    """Cancel a session and tell everybody who had a time in it."""
    reason = Reason(context.text("reason"))
    changed = await sessions.cancel(context.turn, context.text("slot"), reason, context.text("word"))
    tell_adviser(context, changed.session, changed)
    context.show_for(_cancelled(context, changed, context.text("prison")))


def _cancelled(context: Context, changed: Changed, prison: str) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        n = len(changed.hit)
        told = [Line(_.n_("{n} person is told and waits on.", "{n} people are told and wait on.", n))] if n else []
        lines = (Line(_("The session is cancelled.")), *session_lines(context, _, changed.session), *told)
        return View(lines, ((to_week(_, prison, changed.session.day), start_button(_)),))

    return build


VIEWS = {f"{PAGE}{OFF}": Living(write, may=Role.COORDINATOR)}

HANDLERS = [
    tap("session_off:{slot}:{prison}", ask_cancel, may=Role.COORDINATOR, again=show_present),
    tap("off:{slot}:{reason}:{word}:{prison}", cancel, may=Role.COORDINATOR, again=show_again),
]
