"""News about theme nights, in the words of whoever hands them over, and those that cannot wait (F34)."""

from bot.domain.chat.messages import Build, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.sign_ups import State
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.usecases.theme_nights import answers as theme_night_answers
from bot.usecases.theme_nights import theme_nights
from bot.usecases.theme_nights.answers import ThemeNightNews
from bot.usecases.theme_nights.standings import Standing
from handlers.chat.context import Context
from handlers.chat.inmate_pages import hidden
from handlers.chat.rows import Rows
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.said.carers import seat_buttons, to_answers

NEWS = "news:night"


def lines(context: Context, _: Words, news: ThemeNightNews) -> tuple[Line, ...]:
    """Say somebody's news as the officer says them; outside the house, only that there are some."""
    night, inmate = news.night, news.inmate
    when = _.day_and_time(night.starts)
    who = _("👤 {number} {alias} · theme night {when}", number=inmate.id, alias=inmate.alias, when=when)
    where = _("▪️ Theme night {when}, unit {unit}: read it inside the house.", when=when, unit=inmate.unit)
    return (Line(who, True, where), *(Line(text, private=True) for text in _told(context, _, news)))


def _told(context: Context, _: Words, news: ThemeNightNews) -> list[str]:
    if news.sign_up.state is State.CALLED_OFF:
        instead = _("You can ask for a talk instead, at the screen or here.")
        return [_("This theme night is cancelled. It is not your fault."), instead]
    return say.standing(context, _, Standing(news.night, news.sign_up, news.number))


def rows(_: Words, news: ThemeNightNews) -> Rows:
    """Return yes and no to an offered seat, or that it is told."""
    number, at = news.inmate.id, f"{news.night.id}:{news.inmate.id}:{news.sign_up.revision}"
    if news.sign_up.state is State.OFFERED:
        return (seat_buttons(_, news.sign_up),)
    return ((hidden(_("✅ {number} Told", number=number), f"told_night:{at}", "success"),),)


async def tell_at_once(context: Context, seat: str) -> None:
    """Bring what cannot wait to whoever hands it over: one message for each night, which says what is left to tell."""
    number, _, inmate = seat.partition("/")
    for person in await theme_night_answers.to_be_told_at_once(context.turn, int(number), inmate):
        if build := await write(context, person, number):
            context.bring_to(person, f"{NEWS}:{number}", Use(Span.THEME_NIGHT_AHEAD, number), build)


async def write(context: Context, person: Person, rest: str) -> Build | None:
    """Where somebody has been told of news, let that message say what is left to tell."""
    night = await theme_nights.find(context.turn, int(rest))
    left = len(await theme_night_answers.to_tell(context.turn, person, of=int(rest)))
    return _left(context, night, left) if night else None


def _left(context: Context, night: ThemeNight, left: int) -> Build:
    about = frozenset({Subject(About.LIST, str(night.id))})

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        when = _.day_and_time(night.starts)
        if left == 0:
            return View((Line(_("✅ Theme night {when}: all is told.", when=when)),), about=about)
        text = _("🗣️ There is news to tell now: theme night {when}.", when=when)
        return View((Line(text),), ((to_answers(_),),), about=about)

    return build


VIEWS = {NEWS: Living(write)}

TELLING = [(About.SEAT, tell_at_once)]
