"""What is announced of a theme night, to whom, and how it is corrected in place; and what becomes of a proposal."""

from collections.abc import Iterable

from bot.domain.chat.messages import Build, Button, Line, Reader, View, once_for_all
from bot.domain.chat.uses import Span, Use
from bot.domain.people import LISTERS, Person, Role
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.theme_nights import State, ThemeNight
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import Context
from handlers.chat.rows import say_at_screens
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.said.coordinators import PROPOSALS
from handlers.theme_nights.pages import about


async def announce(context: Context, night: ThemeNight, groups: tuple[str, ...]) -> int:
    """Tell everybody whom a published night concerns; return the broadcast's number."""
    reached = await theme_nights.concerned(context.turn, night, groups)
    number = await broadcasts.begin(context.turn, about(night), [each.id for each in reached.staff], reached.kiosks)
    _tell(context, number, night, reached.staff)
    await say_at_screens(context, night.units, number)
    return number


def _tell(context: Context, number: int, night: ThemeNight, staff: Iterable[Person]) -> None:
    builds: dict[Role, Build] = {}
    for each in staff:
        build = builds.setdefault(each.role, once_for_all(staff_message(context, night, each.role)))
        context.broadcast(number, each.id, about(night), _use(night), build)


def _use(night: ThemeNight) -> Use:
    return Use(Span.THEME_NIGHT_AHEAD, str(night.id))


def staff_message(context: Context, night: ThemeNight, role: Role) -> Build:
    """Write what somebody of the staff is told; time and place may leave the house, what was typed does not."""
    kinds = (About.ANNOUNCED, *((About.LIST,) if role & LISTERS else ()))
    told_of = frozenset(Subject(kind, str(night.id)) for kind in kinds)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View(tuple(_said(context, _, night)), _rows(_, night, role), about=told_of)

    return build


def _said(context: Context, _: Words, night: ThemeNight) -> list[Line]:
    room = context.turn.hub.rooms[night.room]
    place = Line(_("Place: {room}.", room=_.of(room.name)))
    if night.state is State.CANCELLED:
        told = Line(_("All who signed up are told, and can ask for a talk."))
        off = Line(_("❌ Cancelled: {topic}", topic=say.topic(_, night)), True, _("❌ A theme night is cancelled."))
        return [off, Line(say.when(_, night)), place, told]
    host = [Line(_("With: {host}.", host=night.host), private=True)] if night.host else []
    more = [Line(each, private=True) for each in (say.for_whom(_, night), *say.list_in_words(context, _, night))]
    return [say.line(_, night), place, *host, *more]


def _rows(_: Words, night: ThemeNight, role: Role) -> tuple[tuple[Button, ...], ...]:
    button = Button(_("📋 The list"), f"night_list:{night.id}", private=True)
    return ((button,),) if role & LISTERS and night.state is State.PUBLISHED else ()


async def tell_planners(context: Context, night: ThemeNight) -> None:
    """Tell the coordinators that somebody proposes a night."""
    for each in await theme_nights.planners(context.turn, night):
        context.tell(each.id, f"proposal:{night.id}", _use(night), _to_planner(context, night))


def _to_planner(context: Context, night: ThemeNight) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        look = Button(_("👁️ Look at it"), f"night_page:{night.id}", "primary")
        what = PROPOSALS[night.state](_)
        who = Line(_("It comes from {who}.", who=_.of(context.turn.hub.name_of(night.made_by))), private=True)
        return View((Line(what), say.line(_, night), who), ((look,),), about=_about(night.id))

    return build


async def tell_proposer(context: Context, night: ThemeNight) -> None:
    """Tell whoever proposed a night, kindly, what became of it."""
    if night.made_by not in [each.id for each in await theme_nights.planners(context.turn, night)]:
        context.tell(night.made_by, f"proposal:{night.id}", _use(night), _to_proposer(context, night))


def _to_proposer(context: Context, night: ThemeNight) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        said = (Line(_answer(_, night)), say.line(_, night), *map(Line, _what_next(_, night)))
        more = Button(_("👁️ Look at it"), f"night_page:{night.id}")
        return View(said, ((more,),), about=_about(night.id))

    return build


async def write(context: Context, person: Person, rest: str) -> Build:
    """Where somebody was told of a proposal, say what has become of it."""
    night = await theme_nights.find(context.turn, int(rest))
    if night is None:
        return _taken_back(context, int(rest))
    return (_to_proposer if night.made_by == person.id else _to_planner)(context, night)


def _taken_back(context: Context, number: int) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        way = Button(_("⬅️ Theme nights"), "all_nights")
        return View((Line(_("↩️ The proposal is taken back.")),), ((way,),), about=_about(number))

    return build


def _about(number: int) -> frozenset[Subject]:
    return frozenset({Subject(About.THEME_NIGHT, str(number))})


def _answer(_: Words, night: ThemeNight) -> str:
    if night.state is State.PUBLISHED:
        return _("📣 Your theme night is published. Thank you!")
    if night.state is State.CANCELLED:
        return _("❌ Your theme night is cancelled. Thank you for offering it.")
    return _("🙏 Thank you for proposing a theme night. It does not fit this time.")


def _what_next(_: Words, night: ThemeNight) -> list[str]:
    return [] if night.state is State.PUBLISHED else [_("You can propose another one any time.")]


async def write_announced(context: Context, person: Person, rest: str) -> Build | None:
    """Where somebody was told of a theme night, say what is true of it by now."""
    night = await theme_nights.find(context.turn, int(rest))
    return once_for_all(staff_message(context, night, person.role)) if night else None


VIEWS = {"proposal": Living(write), str(About.THEME_NIGHT): Living(write_announced, same=True, behind=True)}
