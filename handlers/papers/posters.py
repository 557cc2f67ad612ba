"""Posters on A4: of a theme night, or of a week, in the languages that the coordinator chooses (F54)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from telegram import Update

from bot.documents import recipes
from bot.documents.posters import ThemeNightPoster, WeekPoster
from bot.domain.chat.messages import Build, Button, Document, Line, Reader, View
from bot.domain.people import Person, Role
from bot.domain.refusals import Stale
from bot.domain.services import Hub
from bot.domain.subjects import HUB, About, Subject
from bot.domain.theme_nights.refusals import NightGone
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.usecases.theme_nights import posters
from handlers.chat.context import PAGE, Context
from handlers.chat.dates import day_of
from handlers.chat.handed_over import elsewhere
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, mark, pairs, short, start_button
from handlers.chat.views import Living, show_in_place, written
from handlers.chat.ways import theme_night_key, to_theme_night, to_week
from handlers.chat.words import Words, words_on_walls
from handlers.papers import missing_words
from handlers.papers.missing_words import Lack
from handlers.papers.poster_words import capital, theme_night_page, week_page
from handlers.said import theme_nights as theme_night_words
from handlers.said.coordinators import only_one

NONE = "-"
THEME_NIGHT, WEEK = "poster", "week_poster"


@dataclass(frozen=True)
class Poster:
    """What a poster is: how its page is called and pressed, what it lacks in a language, what it says and is about."""

    data: str
    title: Callable[[Words], Line]
    lacks: Callable[[str], list[Lack]]
    said: Callable[[Sequence[Words]], ThemeNightPoster | WeekPoster]
    ways: Callable[[Words], Rows]
    about: frozenset[Subject]


def _of_theme_night(context: Context, night: ThemeNight) -> Poster:
    hub, now = context.turn.hub, context.turn.now
    return Poster(
        f"{THEME_NIGHT}:{night.id}",
        lambda _: Line(
            _("🖨️ Poster: {topic}", topic=theme_night_words.topic(_, night)), private=True, outside=_("🖨️ Poster")
        ),
        lambda language: missing_words.of_theme_night(hub, night, language),
        lambda spoken: ThemeNightPoster(now, tuple(theme_night_page(_, hub, night, now) for _ in spoken)),
        lambda _: ((to_theme_night(_, night.id), start_button(_)),),
        frozenset({HUB, Subject(About.THEME_NIGHT, str(night.id))}),
    )


async def _of_week(context: Context, person: Person, asked: str, day: date) -> Poster:
    hub, now = context.turn.hub, context.turn.now
    with context.turn.seen_by(person):
        prison = posters.prison(context.turn, asked)
    monday = day - timedelta(days=day.weekday())
    nights = await posters.of_week(context.turn, monday)
    return Poster(
        f"{WEEK}:{prison}:{monday}",
        lambda _: Line(_("🖨️ Poster of week {number}", number=monday.isocalendar().week)),
        lambda language: missing_words.of_week(hub, prison, monday, nights, language),
        lambda spoken: WeekPoster(now, tuple(week_page(_, hub, prison, monday, nights) for _ in spoken)),
        lambda _: _ways_of_week(context, _, person, prison, monday),
        frozenset({HUB, Subject(About.PRISON, prison)}),
    )


def _ways_of_week(context: Context, _: Words, person: Person, prison: str, monday: date) -> Rows:
    others = only_one(context, person, prison, lambda each: f"week_poster:{each}:{monday}")
    return (*others, (to_week(_, prison, monday), start_button(_)))


# ── which languages ───────────────────────────────────────────────────────────────────────────────────────────────


def _chosen(context: Context, poster: Poster) -> list[str]:
    """Return the chosen languages in the hub's order; before anything was pressed the first that lacks nothing."""
    if "languages" not in context.arguments:
        return [each for each in context.turn.hub.posters if not poster.lacks(each)][:1]
    return _apart(context, context.text("languages"))


def _apart(context: Context, languages: str) -> list[str]:
    return [each for each in context.turn.hub.posters if each in languages.split("-")]


async def _open(context: Context, poster: Poster) -> None:
    await show_in_place(context, f"{PAGE}{poster.data}:{_together(_chosen(context, poster))}")


def _page(context: Context, poster: Poster, chosen: list[str]) -> Build:
    hub = context.turn.hub

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        ask = Line(_("In which languages? Each has a page of its own."))
        lines = (poster.title(_), ask, *_warnings(_, hub, poster, chosen))
        rows = (*_toggles(_, hub, poster, chosen), *_make(_, poster, chosen), *poster.ways(_))
        return View(lines, rows, about=poster.about)

    return build


def _warnings(_: Words, hub: Hub, poster: Poster, chosen: list[str]) -> list[Line]:
    lines = []
    for language in chosen:
        name = capital(_.name_of(language))
        if missing := poster.lacks(language):
            texts = ", ".join(lack(_) for lack in missing)
            whole = _("{language}: there is no text for {texts}.", language=name, texts=texts)
            lines.append(Line(whole, private=True, outside=_("{language}: a text is missing.", language=name)))
        elif language in hub.by_machine:
            lines.append(Line(_("{language} is not checked: a machine wrote the words.", language=name)))
    if any(poster.lacks(each) for each in chosen):
        lines.append(Line(_("A poster speaks one language whole, or not at all.")))
    return lines


def _toggles(_: Words, hub: Hub, poster: Poster, chosen: list[str]) -> Rows:
    buttons = []
    for language in hub.posters:
        on = language in chosen
        after = [each for each in hub.posters if (each in chosen) != (each == language)]
        name = capital(_.name_of(language))
        buttons.append(Button(short(mark(on, name)), f"{poster.data}:{_together(after)}"))
    return pairs(buttons)


def _together(languages: list[str]) -> str:
    return "-".join(languages) or NONE


def _make(_: Words, poster: Poster, chosen: list[str]) -> Rows:
    if not chosen or any(poster.lacks(each) for each in chosen):
        return ()
    return ((Button(_("🖨️ Make the poster"), f"make_{poster.data}:{_together(chosen)}", "primary"),),)


# ── the paper ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _hand_over(context: Context, update: Update, poster: Poster) -> None:
    """Hand the poster over below everything else. It says nothing about anybody, so that it may stay in the chat."""
    chosen = _chosen(context, poster)
    if not chosen or any(poster.lacks(each) for each in chosen):
        raise Stale
    spoken = [words for each in chosen if (words := words_on_walls(each, context.turn.hub.zone))]
    recipe = recipes.written(poster.said(spoken))

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        name, hang = _("Poster"), Line(_("Print it, and hang it up."), private=True)
        return View((poster.title(_), hang), document=Document(f"{name}.pdf", recipe, elsewhere=elsewhere(_)))

    context.say(update, build)


async def show_theme_night(_update: Update, context: Context) -> None:
    """Ask in which languages the poster of a theme night shall be."""
    await _open(context, _of_theme_night(context, await posters.one(context.turn, context.number("number"))))


async def write_theme_night(context: Context, person: Person, rest: str) -> Build | None:
    """Write that, or the page of a night that does not take place; ``rest`` is the night and the languages."""
    number, _, languages = rest.partition(":")
    try:
        with context.turn.seen_by(person):
            night = await posters.one(context.turn, int(number))
    except NightGone:
        return await written(context, person, theme_night_key(int(number)))
    return _page(context, _of_theme_night(context, night), _apart(context, languages))


async def make_theme_night(update: Update, context: Context) -> None:
    """Make the poster of a theme night."""
    night = await posters.one(context.turn, context.number("number"))
    _hand_over(context, update, _of_theme_night(context, night))


async def show_week(_update: Update, context: Context) -> None:
    """Ask in which languages the poster of a week shall be."""
    await _open(context, await _pressed_week(context))


async def _pressed_week(context: Context) -> Poster:
    return await _of_week(context, context.turn.person, context.text("prison"), day_of(context.text("day")))


async def write_week(context: Context, person: Person, rest: str) -> Build:
    """Write that; ``rest`` is the prison, the Monday, and the languages."""
    prison, day, languages = rest.split(":")
    return _page(context, await _of_week(context, person, prison, day_of(day)), _apart(context, languages))


async def make_week(update: Update, context: Context) -> None:
    """Make the poster of a week."""
    _hand_over(context, update, await _pressed_week(context))


VIEWS = {
    f"{PAGE}{THEME_NIGHT}": Living(write_theme_night, may=Role.COORDINATOR),
    f"{PAGE}{WEEK}": Living(write_week, may=Role.COORDINATOR),
}

HANDLERS = [
    tap("poster:{number}", show_theme_night, may=Role.COORDINATOR),
    tap("poster:{number}:{languages}", show_theme_night, may=Role.COORDINATOR),
    tap("make_poster:{number}:{languages}", make_theme_night, may=Role.COORDINATOR, again=show_theme_night),
    tap("week_poster:{prison}:{day}", show_week, may=Role.COORDINATOR),
    tap("week_poster:{prison}:{day}:{languages}", show_week, may=Role.COORDINATOR),
    tap("make_week_poster:{prison}:{day}:{languages}", make_week, may=Role.COORDINATOR, again=show_week),
]
