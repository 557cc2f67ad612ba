"""Sending somebody of the staff away, after saying what becomes of their talks, people and services."""

from collections.abc import Callable, Sequence

from telegram import Update

from bot.domain.chat.messages import Button, Reader, View
from bot.domain.people import MANAGERS
from bot.domain.staff import staff as rules
from bot.usecases.staff import staff
from bot.usecases.staff.coverage import Gap
from bot.usecases.staff.staff import Member
from handlers.chat.context import Context
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.staff import consequences
from handlers.staff.staff import line_of, show_again, tasks


async def ask_revoke(_update: Update, context: Context) -> None:
    """Ask once before somebody is sent away, with what becomes of their talks and people."""
    member = await _whom(context)
    gaps = await consequences.of_change(context, member.person, None)
    context.show_for(_revoke_page(context, member, gaps))


async def _whom(context: Context) -> Member:
    member = await staff.member(context.turn, context.text("person"))
    rules.managed(context.turn.person, member.person)
    rules.not_oneself(context.turn.person, member.person)
    return member


def _revoke_page(context: Context, member: Member, gaps: Sequence[Gap]) -> Callable[[Reader], View]:
    person = member.person

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        data = f"revoke:{person.id}:{member.revision}:{consequences.as_seen(gaps)}"
        yes = Button(_("🚫 Yes, take it away"), data, "danger", private=True)
        keep = Button(_("No, keep it"), f"person:{person.id}", "primary", private=True)
        lines = [
            line_of(context, _, person),
            _("Every account and browser is out at once."),
            *tasks(_, member),
            *([_("These talks are cancelled, and the inmates are told.")] if member.talks else []),
            *([_("These inmates then need a new contact officer.")] if member.inmates else []),
            *consequences.in_words(context, _, gaps),
        ]
        return inside(reader, _, _("🚫 Take access away?"), lines, ((keep,), (yes,), (start_button(_),)))

    return build


async def revoke(update: Update, context: Context) -> None:
    """Send somebody away at once, if whoever presses has seen what that leaves without anybody."""
    member = await _whom(context)
    if consequences.as_seen(await consequences.of_change(context, member.person, None)) != context.number("number"):
        await ask_revoke(update, context)
        return
    change = await staff.revoke(context.turn, context.text("person"), context.number("revision"))

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [_("{person} has no access any more.", person=change.person.id)]
        if change.times:
            n = len(change.times)
            lines.append(_.n_("{n} talk was cancelled.", "{n} talks were cancelled.", n))
        back = (Button(_("⬅️ Back"), "staff"), start_button(_))
        return inside(reader, _, _("🚫 Access taken away"), lines, (back,))

    context.show_for(build)


HANDLERS = [
    tap("revoke:{person}", ask_revoke, may=MANAGERS, again=show_again),
    tap("revoke:{person}:{revision}:{number}", revoke, may=MANAGERS, again=show_again),
]
