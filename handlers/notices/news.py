"""A notice appears, is corrected and ends: the screens and the staff's messages follow, everywhere in its place."""

from collections.abc import Callable

from bot.domain.chat.messages import Build, Letter, Line, Reader, View, once_for_all
from bot.domain.chat.uses import Span, Use
from bot.domain.notices.notices import Notice, is_over, name_of
from bot.domain.people import Person
from bot.domain.reminders import Kind
from bot.domain.subjects import About, Subject
from bot.usecases.notices import notices
from bot.usecases.notices.notices import Told
from handlers.chat.context import Context
from handlers.chat.rows import say_at_screens
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.said.notices import line, until

NAME = "notices"
"""What the coordinator's page of notices is called, and the page of a screen that lists them."""


async def appear(context: Context, about: str) -> None:
    """Let a notice appear: on the screens as they stand, and with whom of the staff it is for, behind all else."""
    begun = await notices.announce(context.turn, int(about))
    if begun:
        _tell_staff(context, *begun)
        await say_at_screens(context, begun[0].units, begun[1].broadcast)


async def end(context: Context, about: str) -> None:
    """Take a notice that is over off the screens, and let the staff's messages say so."""
    await notices.end(context.turn, int(about))


def _tell_staff(context: Context, notice: Notice, told: Told) -> None:
    build, use = once_for_all(_message(context, notice)), Use(Span.RUNNING_NOTICE, str(notice.id))
    for person in told.people:
        context.broadcast(told.broadcast, person, name_of(notice.id), use, build)


def _message(context: Context, notice: Notice) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View((line(_, notice), Line(until(_, notice))), letter=Letter.SENDS, about=_about(notice))

    return build


def _over(context: Context, notice: Notice) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View((Line(_("This notice is over.")),), letter=Letter.ENDS, about=_about(notice))

    return build


def _about(notice: Notice) -> frozenset[Subject]:
    return frozenset({Subject(About.NOTICE, str(notice.id))})


async def write(context: Context, _person: Person, rest: str) -> Build | None:
    """Where somebody was told of a notice, say what it says by now, and that it is over when it is."""
    notice = await notices.find(context.turn, int(rest))
    if notice is None:
        return None
    return once_for_all((_over if is_over(notice, context.turn.now) else _message)(context, notice))


async def subject(context: Context, rest: str) -> Callable[[Words], Line]:
    """Say what a broadcast is about: a notice in its own words, as long as it is kept."""
    notice = await notices.find(context.turn, int(rest))

    def said(_: Words) -> Line:
        if notice is None:
            return Line(_("An announcement"))
        return Line(_.of(notice.texts), private=not notice.outside, outside=_("An announcement"))

    return said


VIEWS = {str(About.NOTICE): Living(write, same=True, behind=True)}

JOBS = {Kind.NOTICE_BEGINS: appear, Kind.NOTICE_ENDS: end}

SUBJECTS = {About.NOTICE: subject}
