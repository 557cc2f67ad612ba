"""All theme nights that somebody plans, by where they stand: drafts, proposals, those that come, and the last weeks."""

from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.chat.uses import STANDS
from bot.domain.people import PROPOSERS, Person
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.theme_nights import State, ThemeNight
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import PAGE, Context
from handlers.chat.rows import in_pairs, short, start_button
from handlers.chat.views import open_view
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.said.coordinators import MARKS, PARTS
from handlers.theme_nights.pages import Seen, seats_in_words

NIGHTS = "nights"


async def open_theme_nights(context: Context) -> None:
    """Show all nights that the acting person plans."""
    open_view(context, f"{PAGE}{NIGHTS}", STANDS, await _nights(context, context.turn.person))


async def write(context: Context, person: Person, _rest: str) -> Build:
    """Let somebody's list of nights say what is true now."""
    return await _nights(context, person)


async def _nights(context: Context, person: Person) -> Build:
    planned = await theme_nights.planned(context.turn, person)
    now = context.turn.now
    ordered = sorted(planned, key=lambda each: (each.ends <= now, -each.starts.timestamp() * (each.ends <= now)))
    found = [Seen(each, await theme_nights.tally(context.turn, each)) for each in ordered]
    prisons = {Subject(About.PRISON, each) for each in context.turn.hub.prisons_of(person.units)}
    about = frozenset(prisons | {Subject(About.THEME_NIGHT, str(each.id)) for each in planned})

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        empty = [] if found else [Line(_("No theme night is planned yet."))]
        new = _("➕ Propose a night") if person.role & PROPOSERS else _("➕ New theme night")
        rows = ((Button(new, "night_new", "primary"), start_button(_)),)
        listed = _listed(context, _, found, reader)
        return View((Line(_("🎟️ Theme nights")), *empty), rows, entries=listed, about=about)

    return build


def _label(_: Words, night: ThemeNight, reader: Reader) -> str:
    topic = "" if reader.leaves_house else say.topic(_, night)
    return short(f"{MARKS[night.state]} {_.short_day(night.starts)} {topic}".rstrip())


def _listed(context: Context, _: Words, found: list[Seen], reader: Reader) -> tuple[Entry, ...]:
    parts: dict[str, list[Seen]] = {}
    for seen in found:
        parts.setdefault(_part(context, _, seen.night), []).append(seen)
    return tuple(
        entry
        for title, nights in parts.items()
        for entry in in_pairs([_in_list(_, each, reader) for each in nights], (Line(f"▪️ {title}"),))
    )


def _part(context: Context, _: Words, night: ThemeNight) -> str:
    if night.ends <= context.turn.now:
        return _("The last weeks")
    return PARTS[night.state](_)


def _in_list(_: Words, seen: Seen, reader: Reader) -> tuple[Line, Button]:
    night = seen.night
    button = Button(_label(_, night, reader), f"night_page:{night.id}")
    when, topic = _.short_time(night.starts), say.topic(_, night)
    if night.state is not State.PUBLISHED:
        return Line(_("{when}: {topic}", when=when, topic=topic), True, when), button
    seats = seats_in_words(_, seen)
    said = _("{when}: {topic} · {seats}", when=when, topic=topic, seats=seats)
    return Line(said, True, f"{when} · {seats}"), button
