"""The page on which a theme night is planned, with everything that is known of it (F34, F53)."""

from dataclasses import dataclass, replace

from bot.domain.broadcasts import Progress
from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import APPROVERS, PROPOSERS, Person
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.refusals import NightGone
from bot.domain.theme_nights.tallies import Tally, suggests_another
from bot.domain.theme_nights.theme_nights import State, ThemeNight, can_be_cancelled, cap_of, is_coming
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import Context
from handlers.chat.rows import pairs, start_button
from handlers.chat.views import open_view
from handlers.chat.ways import theme_night_key, to_theme_night
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.said.announcements import shown_so_far
from handlers.said.coordinators import STANDS, WHY


@dataclass(frozen=True)
class Seen:
    """A night as its page shows it: what was counted, and how far its announcement has come."""

    night: ThemeNight
    tally: Tally
    broadcast: int | None = None
    progress: Progress | None = None


def about(night: ThemeNight) -> str:
    """Name a night as broadcasts do."""
    return str(Subject(About.THEME_NIGHT, str(night.id)))


async def open_theme_night(context: Context, number: int) -> None:
    """Show one night."""
    page = await _night(context, context.turn.person, number)
    open_view(context, theme_night_key(number), Use(Span.THEME_NIGHT_PAGE, str(number)), page)


async def write(context: Context, person: Person, rest: str) -> Build:
    """Let somebody's page of a night say what is true now."""
    try:
        return await _night(context, person, int(rest))
    except NightGone:
        return _gone(context, int(rest))


def _gone(context: Context, number: int) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View((Line(_("This theme night is not there any more.")),), (_ways(_),), about=about_night(number))

    return build


def _ways(_: Words) -> tuple[Button, ...]:
    return Button(_("⬅️ Theme nights"), "all_nights"), start_button(_)


def theme_night_ways(_: Words, number: int) -> tuple[Button, ...]:
    """Return the way from a step of a task to the night that it is about."""
    return to_theme_night(_, number), start_button(_)


def seats_in_words(_: Words, seen: Seen) -> str:
    """Say how full a night is: 18 of 20 · 4 wait."""
    tally = seen.tally
    waiting = [_.n_("{n} waits", "{n} wait", tally.waiting)] if tally.waiting else []
    drawn = [_.n_("{n} in the draw", "{n} in the draw", tally.entered)] if tally.entered else []
    return " · ".join([_("{taken} of {seats}", taken=tally.seated, seats=seen.night.seats), *waiting, *drawn])


async def _night(context: Context, person: Person, number: int) -> Build:
    night = await theme_nights.one(context.turn, number, person)
    sent = await broadcasts.newest(context.turn, about(night)) if person.role & APPROVERS else None
    progress = await broadcasts.progress(context.turn, sent.id) if sent else None
    seen = Seen(night, await theme_nights.tally(context.turn, night), sent.id if sent else None, progress)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [Line(_status(context, _, seen)), *_from(context, _, person, night), *_facts(context, _, seen, reader)]
        rows = pairs(_buttons(context, _, person, seen))
        return View(
            (*lines, *_counted(context, _, seen)), (*rows, _ways(_)), about=about_night(night.id, seen.broadcast)
        )

    return build


def about_night(number: int, broadcast: int | None = None) -> frozenset[Subject]:
    """Return what a page says of a night: the night with its list, and how far its announcement has come."""
    told = {Subject(About.BROADCAST, str(broadcast))} if broadcast else set()
    return frozenset({Subject(About.THEME_NIGHT, str(number)), *told})


def _status(context: Context, _: Words, seen: Seen) -> str:
    night = seen.night
    if night.state is State.PUBLISHED and night.ends <= context.turn.now:
        return _("🌙 The evening is over.")
    if night.state is State.CANCELLED and night.reason:
        return _("❌ It is cancelled. {reason}.", reason=WHY[night.reason](_))
    return STANDS[night.state](_)


def _from(context: Context, _: Words, person: Person, night: ThemeNight) -> list[Line]:
    if night.state is not State.PROPOSED or night.made_by == person.id:
        return []
    who = _.of(context.turn.hub.name_of(night.made_by))
    return [Line(_("It comes from {who}.", who=who), private=True)]


def _facts(context: Context, _: Words, seen: Seen, reader: Reader) -> list[Line]:
    night, hub = seen.night, context.turn.hub
    if reader.leaves_house:
        return [say.line(_, night), Line(_("Place: {room}.", room=_.of(hub.rooms[night.room].name)))]
    service = hub.services[night.service]
    missing = [each for each in hub.languages if not night.topic.get(each)]
    lacks = [_("⚠️ The topic is missing in: {languages}.", languages=", ".join(map(_.name_of, missing)))]
    others = [f"{_.name_of(each)}: {text}" for each, text in night.topic.items() if each != _.language]
    lines = [
        *(line.text for line in say.facts(context, _, as_published(night))),
        *others,
        _("Belongs to {service}.", service=_.of(service.name)),
        *(lacks if missing else []),
    ]
    return [Line(each, private=True) for each in lines]


def as_published(night: ThemeNight) -> ThemeNight:
    """Return a night that nobody sees yet as they will see it."""
    return replace(night, state=State.PUBLISHED) if night.state in {State.DRAFT, State.PROPOSED} else night


def _counted(context: Context, _: Words, seen: Seen) -> list[Line]:
    night, tally, hub = seen.night, seen.tally, context.turn.hub
    units = [
        _("Unit {unit}: {taken} of {most}", unit=unit, taken=tally.by_unit.get(unit, 0), most=cap_of(night, hub, unit))
        for unit in night.units
    ]
    lines = [_("Seats: {seats}", seats=seats_in_words(_, seen)), *units]
    if tally.wanted:
        lines.append(_.n_("{n} person wanted to come.", "{n} people wanted to come.", tally.wanted))
    if tally.came:
        lines.append(_.n_("{n} person came.", "{n} people came.", tally.came))
    if tally.called_off:
        lines.append(told_of_end(_, tally.called_off))
    if night.state is State.PUBLISHED and suggests_another(tally):
        lines.append(_("Many wait. A second evening would be good."))
    if seen.progress:
        lines.append(shown_so_far(_, seen.progress))
    return [Line(each) for each in lines]


def told_of_end(_: Words, n: int) -> str:
    """Say how many were told that a night is cancelled."""
    return _.n_("{n} person is told, and can ask for a talk.", "{n} people are told, and can ask for a talk.", n)


def _buttons(context: Context, _: Words, person: Person, seen: Seen) -> list[Button]:
    night = seen.night
    if person.role & PROPOSERS:
        return _of_provider(_, night)
    if night.state in {State.DRAFT, State.PROPOSED}:
        return _unpublished(_, night)
    told = [Button(_("📣 Who has seen it"), f"told_so_far:{seen.broadcast}")] if seen.broadcast else []
    listed = [Button(_("📋 The list"), f"night_list:{night.id}")] if night.state is not State.DECLINED else []
    return [*_of_coming(context, _, night), *listed, *told, _copy(_, seen)]


def _of_provider(_: Words, night: ThemeNight) -> list[Button]:
    change = Button(_("✏️ Change"), f"night_edit:{night.id}")
    if night.state is State.DRAFT:
        propose = Button(_("📤 Propose it"), f"night_propose:{night.id}:{night.revision}", "success")
        return [propose, change, Button(_("🗑️ Delete"), f"night_sure:{night.id}:drop")]
    if night.state is State.PROPOSED:
        return [change, Button(_("↩️ Take it back"), f"night_sure:{night.id}:drop")]
    return [Button(_("📋 Copy"), f"night_copy:{night.id}")]


def _unpublished(_: Words, night: ThemeNight) -> list[Button]:
    away = (
        Button(_("🙏 Not this time"), f"night_sure:{night.id}:decline")
        if night.state is State.PROPOSED
        else Button(_("🗑️ Delete"), f"night_sure:{night.id}:drop")
    )
    preview = Button(_("👁️ See and publish"), f"night_preview:{night.id}", "primary")
    return [preview, Button(_("✏️ Change"), f"night_edit:{night.id}"), poster(_, night), away]


def poster(_: Words, night: ThemeNight) -> Button:
    """Return the way to the poster of a night."""
    return Button(_("🖨️ Poster"), f"poster:{night.id}")


def _of_coming(context: Context, _: Words, night: ThemeNight) -> list[Button]:
    if not is_coming(night, context.turn.now):
        return []
    off = Button(_("❌ Cancel it"), f"night_off:{night.id}", "danger")
    ahead = [off] if can_be_cancelled(night, context.turn.now) else []
    return [Button(_("✏️ Change"), f"night_edit:{night.id}"), poster(_, night), *ahead]


def _copy(_: Words, seen: Seen) -> Button:
    night = seen.night
    if night.state is State.PUBLISHED and suggests_another(seen.tally):
        return Button(_("➕ A second evening"), f"night_copy:{night.id}", "primary")
    return Button(_("📋 Copy"), f"night_copy:{night.id}")
