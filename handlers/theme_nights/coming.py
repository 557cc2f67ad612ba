"""Theme nights that come: those of the officers' units, reminders of them, and offers that pass on (F34)."""

from telegram import Update

from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.people import CARERS, Person
from bot.domain.reminders import Kind
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.sign_ups import OPEN
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.usecases.theme_nights import coming as cases
from bot.usecases.theme_nights import sign_ups, theme_nights
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, short, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.theme_nights.lists import key_of, page_for, use_of

COMING = "coming"


async def show_coming(_update: Update, context: Context) -> None:
    """List the coming theme nights of one's units, and how many of one's own are on each list."""
    await show_in_place(context, f"{PAGE}{COMING}")


async def write(context: Context, person: Person, _rest: str) -> Build:
    """Write the coming theme nights of somebody's units, and how many of their own are on each list."""
    found = await theme_nights.coming(context.turn, person.units)
    with context.turn.seen_by(person):
        lists = [await sign_ups.the_list(context.turn, night.id) for night in found]
    about = {Subject(About.PRISON, prison) for prison in context.turn.hub.prisons_of(person.units)}
    own = {each.night.id: sum(one.state in OPEN for one in each.line) for each in lists}

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        entries = tuple(_entry(_, night, own[night.id]) for night in found)
        empty = [] if found else [Line(_("There is no theme night in sight."))]
        title = Line(_("🎟️ Theme nights"))
        return View((title, *empty), ((start_button(_),),), entries=entries, about=frozenset(about))

    return build


def _entry(_: Words, night: ThemeNight, own: int) -> Entry:
    about = {Subject(kind, str(night.id)) for kind in (About.THEME_NIGHT, About.LIST)}
    return Entry((_line(_, night, own),), _to_list(_, night), about=frozenset(about))


def _to_list(_: Words, night: ThemeNight) -> Rows:
    return ((Button(short(_.short_time(night.starts)), f"night_list:{night.id}"),),)


def _line(_: Words, night: ThemeNight, n: int) -> Line:
    when = _.day_and_time(night.starts)
    inside, outside = f"{when} · {say.topic(_, night)}", when
    own = [
        _.n_("{night}: {n} of your people", "{night}: {n} of your people", n, night=each) for each in (inside, outside)
    ]
    return Line(own[0], True, own[1])


async def remind_tomorrow(context: Context, about: str) -> None:
    """The afternoon before: everybody with a seat finds it at the screen, and their officers can tell it."""
    night = await theme_nights.find(context.turn, int(about))
    if night:
        await sign_ups.remind(context.turn, night.id)


async def remind_today(context: Context, about: str) -> None:
    """The same morning: the officers get their own people's part of the list, the coordinator the whole."""
    night = await theme_nights.find(context.turn, int(about))
    if night is None or night.ends <= context.turn.now:
        return
    coming = await sign_ups.remind(context.turn, night.id)
    for person in await cases.told_today(context.turn, night, coming):
        page = await page_for(context, night, person)
        context.bring_to(person, key_of(context, night), use_of(context, night), page)


async def seat_passes(context: Context, about: str) -> None:
    """At the end of an offer that nobody answered: the next in line has it; who let it pass is not blamed."""
    number, _, inmate = about.partition("/")
    await sign_ups.let_pass(context.turn, int(number), inmate)


SHORTCUTS = [Shortcut(label=lambda _: _("🎟️ Theme nights"), data="evenings", may=CARERS)]

JOBS = {
    Kind.THEME_NIGHT_TOMORROW: remind_tomorrow,
    Kind.THEME_NIGHT_TODAY: remind_today,
    Kind.SEAT_PASSES: seat_passes,
}

VIEWS = {f"{PAGE}{COMING}": Living(write, may=CARERS)}

HANDLERS = [tap("evenings", show_coming, may=CARERS)]
