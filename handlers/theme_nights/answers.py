"""News about theme nights, in the words of whoever hands them over, and those that cannot wait (F34)."""

from collections.abc import Callable, Iterable

from bot.domain.messages import Button, Line, Reader, View
from bot.domain.people import Person
from bot.domain.sign_ups import SignUp, State
from bot.domain.theme_nights import ThemeNight
from bot.usecases import night_answers
from bot.usecases.invitations import Invitation
from bot.usecases.night_answers import NightNews
from handlers.chat.context import Context
from handlers.chat.inmate_pages import hidden
from handlers.chat.rows import Rows
from handlers.chat.views import refresh_pages
from handlers.chat.words import Words
from handlers.theme_nights import words as say

ANSWERS = "answers"
PAGES = frozenset({ANSWERS, "movements"})


def lines(context: Context, _: Words, news: NightNews) -> tuple[Line, ...]:
    """Say somebody's news as the officer says them; outside the house, only that there are some."""
    night, inmate = news.night, news.inmate
    when = _.day_and_time(night.starts)
    who = _("👤 {number} {alias} · theme night {when}", number=inmate.id, alias=inmate.alias, when=when)
    where = _("▪️ Theme night {when}, unit {unit}: read it inside the house.", when=when, unit=inmate.unit)
    return (Line(who, True, where), *(Line(text, private=True) for text in _told(context, _, news)))


def _told(context: Context, _: Words, news: NightNews) -> list[str]:
    if news.sign_up.state is State.CALLED_OFF:
        instead = _("You can ask for a talk instead, at the screen or here.")
        return [_("This theme night is cancelled. It is not your fault."), instead]
    return say.standing(context, _, Invitation(news.night, news.sign_up, news.number))


def rows(_: Words, news: NightNews) -> Rows:
    """Return yes and no to an offered seat, or that it is told."""
    number, at = news.inmate.id, f"{news.night.id}:{news.inmate.id}:{news.sign_up.revision}"
    if news.sign_up.state is State.OFFERED:
        return (answer_buttons(_, news.sign_up),)
    return ((hidden(_("✅ {number} Told", number=number), f"told_night:{at}", "success"),),)


def answer_buttons(_: Words, sign_up: SignUp) -> tuple[Button, ...]:
    """Return yes and no to an offered seat, for somebody."""
    at = f"{sign_up.night}:{sign_up.inmate}:{sign_up.revision}"
    yes = hidden(_("👍 {number} comes", number=sign_up.inmate), f"seat_for:{at}:yes", "success")
    return yes, hidden(_("👎 {number} No", number=sign_up.inmate), f"seat_for:{at}:no")


async def tell_at_once(context: Context, night: ThemeNight, touched: Iterable[SignUp], *, quietly: bool) -> None:
    """Bring what cannot wait to whoever hands it over: one message for each night, which says what is left to tell."""
    hurried: dict[str, Person] = {}
    others: dict[str, Person] = {}
    for each in touched:
        at_once = not quietly and night_answers.to_be_told_at_once(context.turn, night, each)
        for person in await night_answers.carers_of(context.turn, each):
            brought = at_once and person.id != context.turn.doer
            (hurried if brought else others)[person.id] = person
    for person in hurried.values():
        context.bring_to(person, _key(night), _news(context, night, await _left(context, night, person)))
    for person in others.values():
        if person.id not in hurried:
            left = await _left(context, night, person)
            context.tell(person.id, _key(night), _news(context, night, left), only_there=True)


def _key(night: ThemeNight) -> str:
    return f"news:night:{night.id}"


async def _left(context: Context, night: ThemeNight, person: Person) -> int:
    return sum(each.night.id == night.id for each in await night_answers.to_tell(context.turn, person))


def _news(context: Context, night: ThemeNight, left: int) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        when = _.day_and_time(night.starts)
        if left == 0:
            return View((Line(_("✔️ Theme night {when}: all is told.", when=when)),))
        text = _("🗣️ There is news to tell now: theme night {when}.", when=when)
        return View((Line(text),), ((Button(_("🗣️ Show the answers"), ANSWERS, "primary"),),))

    return build


async def seen_at_screen(context: Context, invitation: Invitation) -> None:
    """Where somebody has just read news at the screen, nobody needs to hand them over any more."""
    mine = invitation.mine
    if mine and mine.news and context.turn.place == context.turn.session.kiosk:
        await refresh_pages(context, names=PAGES)
        await tell_at_once(context, invitation.night, (mine,), quietly=True)
