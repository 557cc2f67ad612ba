"""The coordinator's page of notices: what stands and what is to come, withdrawn here and corrected in place (F40)."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.chat.uses import STANDS, Span, Use
from bot.domain.notices.notices import Notice, is_over, name_of
from bot.domain.people import ANNOUNCERS, Person, Role
from bot.domain.refusals import NoticeGone
from bot.domain.subjects import About, Subject
from bot.usecases.notices import notices as cases
from bot.usecases.telling import broadcasts
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, open_standing, open_view, show_in_place
from handlers.chat.ways import broadcast_key
from handlers.chat.words import Words
from handlers.notices.news import NAME
from handlers.notices.words import audience, numbered, period, talk

OFF, PART = "notice_off", 5


def key_of(at: int) -> str:
    """Name one page of the notices."""
    return f"{PAGE}{NAME}:{at}"


async def show_desk(_update: Update, context: Context) -> None:
    """Show the notices that stand, and those to come."""
    await open_desk(context, 0)


async def turn_desk(_update: Update, context: Context) -> None:
    """Show more of them."""
    await open_desk(context, context.number("page"))


async def open_desk(context: Context, at: int) -> None:
    """Show a page of the notices."""
    open_view(context, key_of(at), STANDS, await _page(context, context.turn.person, at))


async def _page(context: Context, coordinator: Person, at: int) -> Build:
    found = await cases.standing(context.turn, coordinator)
    part = found[at * PART : (at + 1) * PART]
    about = frozenset(Subject(About.PRISON, each) for each in _prisons(context, coordinator))

    def build(reader: Reader) -> View | None:
        if reader.one_way:
            return None
        _ = context.words_for(reader.language)
        lines = [line for each in part for line in _lines(context, _, each)]
        empty = [] if part else [Line(_("No notice stands now, and none is to come."))]
        rows = (*(_buttons(context, _, each) for each in part), *_turning(_, at, len(found)), _ways(_))
        return View((Line(_("📣 Notices")), *lines, *empty), rows, about=about)

    return build


def _prisons(context: Context, coordinator: Person) -> Sequence[str]:
    return context.turn.hub.prisons_of(coordinator.units)


def _lines(context: Context, _: Words, notice: Notice) -> list[Line]:
    said = (period(context, _, notice), audience(_, notice))
    return [numbered(_, notice), *(Line(each) for each in said), *talk(context, _, notice)]


def _buttons(context: Context, _: Words, notice: Notice) -> tuple[Button, ...]:
    told = [Button(_("📊 Progress {n}", n=notice.id), f"notice_told:{notice.id}")]
    return (
        Button(_("✏️ Correct {n}", n=notice.id), f"notice_fix:{notice.id}"),
        Button(_("↩️ Withdraw {n}", n=notice.id), f"notice_off:{notice.id}"),
        *(told if notice.starts <= context.turn.now else []),
    )


def _turning(_: Words, at: int, found: int) -> Rows:
    pages = -(-found // PART)
    return ((Button(_("➡️ More notices"), f"notice_desk:{(at + 1) % pages}"),),) if pages > 1 else ()


def _ways(_: Words) -> tuple[Button, ...]:
    return Button(_("➕ New notice"), "notice_new", "primary"), start_button(_)


async def ask_withdraw(_update: Update, context: Context) -> None:
    """Ask once before a notice is taken away everywhere."""
    notice = await cases.one(context.turn, context.number("number"))
    await show_in_place(context, f"{PAGE}{OFF}:{notice.id}")


async def write_question(context: Context, person: Person, rest: str) -> Build:
    """Write that question, or what stands where the notice is over."""
    notice = await cases.find(context.turn, int(rest))
    if notice is None or is_over(notice, context.turn.now) or notice.prison not in _prisons(context, person):
        return await _page(context, person, 0)
    return _question(context, notice)


def _question(context: Context, notice: Notice) -> Build:
    about = frozenset({Subject(About.NOTICE, str(notice.id)), Subject(About.PRISON, notice.prison)})

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        yes = Button(_("↩️ Yes, withdraw it"), f"notice_off:{notice.id}:{notice.revision}", "danger")
        keep = Button(_("⬅️ No, keep it"), "notice_desk", "primary")
        ask = Line(_("Shall this notice be taken away everywhere?"))
        return View((ask, *_lines(context, _, notice)), ((yes,), (keep, start_button(_))), about=about)

    return build


async def withdraw(_update: Update, context: Context) -> None:
    """Take a notice away: off the screens at once, and the staff's messages say that it is over."""
    await cases.withdraw(context.turn, context.number("number"), context.number("revision"))
    context.alert(context.words("The notice is taken away."))
    await open_desk(context, 0)


async def show_progress(_update: Update, context: Context) -> None:
    """Show how far a notice has come."""
    notice = await cases.one(context.turn, context.number("number"))
    begun = await broadcasts.newest(context.turn, name_of(notice.id))
    if begun is None:
        raise NoticeGone
    await open_standing(context, broadcast_key(begun.id), Use(Span.WEEK))


async def write(context: Context, person: Person, rest: str) -> Build | None:
    """Let somebody's page say what is true now."""
    return await _page(context, person, int(rest)) if person.role & ANNOUNCERS else None


VIEWS = {f"{PAGE}{NAME}": Living(write), f"{PAGE}{OFF}": Living(write_question, may=ANNOUNCERS)}

SHORTCUTS = [Shortcut(lambda _: _("📣 Notices"), "notice_desk", Role.COORDINATOR)]

HANDLERS = [
    tap("notice_desk", show_desk, may=Role.COORDINATOR),
    tap("notice_desk:{page}", turn_desk, may=Role.COORDINATOR),
    tap("notice_off:{number}", ask_withdraw, may=Role.COORDINATOR, again=show_desk),
    tap("notice_off:{number}:{revision}", withdraw, may=Role.COORDINATOR, again=show_desk),
    tap("notice_told:{number}", show_progress, may=Role.COORDINATOR, again=show_desk),
]
