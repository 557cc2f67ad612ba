"""Sending somebody of the staff away, after saying what becomes of their talks, people and services."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.chat.messages import Build, Button, Reader, View
from bot.domain.people import MANAGERS, Person
from bot.domain.staff import staff as rules
from bot.usecases.staff import staff
from bot.usecases.staff.coverage import Gap
from bot.usecases.staff.staff import Member
from handlers.chat.context import PAGE, Context
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.chat.views import Living, show_in_place
from handlers.staff import consequences
from handlers.staff.staff import about_member, line_of, show_again, tasks
from handlers.staff.staff import write as write_person

REVOKE = "revoke"


async def ask_revoke(_update: Update, context: Context) -> None:
    """Ask once before somebody is sent away, with what becomes of their talks and people."""
    member = await _whom(context)
    await consequences.of_change(context, member.person, None)
    await show_in_place(context, f"{PAGE}{REVOKE}:{member.person.id}")


async def write(context: Context, by: Person, who: str) -> Build:
    """Write that question, or the page of whoever cannot be sent away by now."""
    with context.turn.seen_by(by):
        member = await staff.found(context.turn, who)
        if member is None or member.needed or by.id == who or not rules.manages(by, member.person):
            return await write_person(context, by, who)
        gaps = await consequences.of_change(context, member.person, None)
    return _revoke_page(context, member, gaps)


async def _whom(context: Context) -> Member:
    member = await staff.member(context.turn, context.text("person"))
    rules.managed(context.turn.person, member.person)
    rules.not_oneself(context.turn.person, member.person)
    return member


def _revoke_page(context: Context, member: Member, gaps: Sequence[Gap]) -> Build:
    person = member.person
    about = about_member(person) | consequences.about(gaps)

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
        return inside(reader, _, _("🚫 Take access away?"), lines, ((keep,), (yes,), (start_button(_),)), about=about)

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


VIEWS = {f"{PAGE}{REVOKE}": Living(write, may=MANAGERS)}

HANDLERS = [
    tap("revoke:{person}", ask_revoke, may=MANAGERS, again=show_again),
    tap("revoke:{person}:{revision}:{number}", revoke, may=MANAGERS, again=show_again),
]
