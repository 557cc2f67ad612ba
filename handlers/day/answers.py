"""Answers to hand over: what somebody of the staff says to those who cannot come to a screen, ticked when told."""

from collections.abc import Iterable, Sequence

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.chat.uses import STANDS, Span, Use
from bot.domain.people import CARERS, LISTERS, Person
from bot.domain.slips.slips import Slip, State
from bot.domain.subjects import About, Subject
from bot.usecases.slips import answers, slips
from bot.usecases.slips.answers import Answer
from bot.usecases.theme_nights import answers as theme_night_answers
from bot.usecases.theme_nights import sign_ups
from bot.usecases.theme_nights.answers import ThemeNightNews
from handlers.chat import views
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import command, tap
from handlers.chat.rows import Rows, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, open_view
from handlers.chat.words import N_, Words
from handlers.day import theme_night_answers as of_theme_nights
from handlers.day.answer_words import what_to_say
from handlers.said.carers import ANSWERS, answers_to_tell, to_answers

KEY = f"{PAGE}{ANSWERS}"


async def show(_update: Update, context: Context) -> None:
    """Show what there is to hand over."""
    found = await theme_night_answers.to_tell(context.turn, context.turn.person)
    for each in found:
        await context.turn.note("read_night", each.sign_up.holder)
    listed: list[Answer | ThemeNightNews] = [*await answers.read(context.turn), *found]
    open_view(context, KEY, STANDS, await _page(context, context.turn.person, listed))


async def _page(context: Context, person: Person, found: Sequence[Answer | ThemeNightNews]) -> Build:
    about = await answers.about(context.turn, person)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        entries = tuple(_entry(context, _, each) for each in found)
        return View((Line(answers_to_tell(_, len(found))),), ((start_button(_),),), entries=entries, about=about)

    return build


def _entry(context: Context, _: Words, answer: Answer | ThemeNightNews) -> Entry:
    if isinstance(answer, ThemeNightNews):
        night = of_theme_nights
        return Entry(night.lines(context, _, answer), night.rows(_, answer), about=_told_of(answer))
    said = what_to_say(context, _, answer)
    return Entry((_whose(_, answer), *said), _rows(_, answer, said), about=_told_of(answer))


def _told_of(answer: Answer | ThemeNightNews) -> frozenset[Subject]:
    named = subjects.named(answer.inmate.id)
    if isinstance(answer, ThemeNightNews):
        return named | {Subject(About.LIST, str(answer.night.id))}
    return named | {subjects.slip(answer.slip.code)}


def _whose(_: Words, answer: Answer) -> Line:
    slip, inmate = answer.slip, answer.inmate
    who = _("👤 {number} {alias} · {code}", number=inmate.id, alias=inmate.alias, code=slip.code)
    return Line(who, True, _("▪️ {code}, unit {unit}", code=slip.code, unit=slip.unit))


def _rows(_: Words, answer: Answer, said: Iterable[Line]) -> Rows:
    code, at = answer.slip.code, f"{answer.slip.code}:{answer.slip.revision}"
    if answer.slip.state is State.OFFERED:
        yes = Button(_("👍 {code} Yes, it suits", code=code), f"suits:{at}", "success")
        return ((yes, Button(_("{code} No, thank you", code=code), f"suits_not:{at}")),)
    private = any(line.outside for line in said)
    told = Button(_("✅ {code} Told", code=code), f"told:{at}", "success", private=private)
    if answer.slip.state in {State.NOT_HELD, State.ANSWERED}:
        return ((told, Button(_("🔁 {code} New talk", code=code), f"new_talk:{at}", private=private)),)
    return ((told,),)


async def told(update: Update, context: Context) -> None:
    """Note that the inmate has been told."""
    await answers.tell(context.turn, context.text("slip"), context.number("revision"))
    await show(update, context)


async def suits(update: Update, context: Context) -> None:
    """Say yes to an offered time for the inmate."""
    code, revision = context.text("slip"), context.number("revision")
    await answers.accept(context.turn, code, revision)
    await show(update, context)


async def suits_not(update: Update, context: Context) -> None:
    """Say no to an offered time for the inmate."""
    await answers.decline(context.turn, context.text("slip"), context.number("revision"))
    await show(update, context)


async def new_talk(update: Update, context: Context) -> None:
    """Ask for a talk once more for the inmate."""
    await answers.again(context.turn, context.text("slip"), context.number("revision"))
    await show(update, context)


async def told_theme_night(update: Update, context: Context) -> None:
    """Note that the inmate has been told what is new about a theme night."""
    number, inmate, revision = context.number("number"), context.text("inmate"), context.number("revision")
    await theme_night_answers.tell(context.turn, number, inmate, revision)
    await show(update, context)


async def seat_for(update: Update, context: Context) -> None:
    """Say yes or no to an offered seat for the inmate; the page that was pressed says what is true then."""
    number, inmate, revision = context.number("number"), context.text("inmate"), context.number("revision")
    answer = sign_ups.accept if context.text("word") == "yes" else sign_ups.decline
    await answer(context.turn, number, revision, inmate)
    await show_pressed(update, context)


async def show_pressed(update: Update, context: Context) -> None:
    """Show the page whose button was pressed as it is now: the answers, or a night's list."""
    if (context.turn.pressed or KEY) == KEY:
        await show(update, context)
    else:
        await views.show_pressed(context)


async def write(context: Context, person: Person, _rest: str) -> Build:
    """Write somebody's page of answers anew; what comes onto it by this is noted as read."""
    found = await answers.to_tell(context.turn, person)
    for each in found:
        if subjects.slip(each.slip.code) in context.turn.news:
            await answers.note_shown(context.turn, person, each.slip)
    return await _page(context, person, [*found, *await theme_night_answers.to_tell(context.turn, person)])


async def tell_at_once(context: Context, code: str) -> None:
    """Bring news that cannot wait to whoever hands them over."""
    slip = await slips.find(context.turn, code)
    if slip:
        for person in await answers.to_be_told_at_once(context.turn, slip):
            context.bring_to(person, f"news:{code}", Use(Span.NEWS_FOR_INMATE, code), _news(context, slip))


async def write_news(context: Context, person: Person, code: str) -> Build | None:
    """Where somebody has been told of news, let that message say whether they are still to be told."""
    slip = await slips.find(context.turn, code)
    return _news(context, slip) if slip and await answers.hands_over(context.turn, person, slip) else None


def _news(context: Context, slip: Slip) -> Build:
    about = subjects.slips(slip.code)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        if not slip.news:
            done = _("✅ {code}, unit {unit}: taken care of.", code=slip.code, unit=slip.unit)
            return View((Line(done),), about=about)
        text = _("🗣️ There is news to tell now: {code}, unit {unit}.", code=slip.code, unit=slip.unit)
        return View((Line(text),), ((to_answers(_),),), about=about)

    return build


VIEWS = {KEY: Living(write), "news": Living(write_news)}

TELLING = [(About.SLIP, tell_at_once)]

SHORTCUTS = [Shortcut(label=lambda _: _("🗣️ Answers to tell"), data=ANSWERS, may=CARERS)]

HANDLERS = [
    *command("/answers", "/svar", show, may=CARERS, menu=N_("Answers to tell")),
    tap(ANSWERS, show, may=CARERS),
    tap("told_night:{number}:{inmate}:{revision}", told_theme_night, may=CARERS, again=show),
    tap("seat_for:{number}:{inmate}:{revision}:{word}", seat_for, may=LISTERS, again=show_pressed),
    tap("told:{slip}:{revision}", told, may=CARERS, again=show),
    tap("suits:{slip}:{revision}", suits, may=CARERS, again=show),
    tap("suits_not:{slip}:{revision}", suits_not, may=CARERS, again=show),
    tap("new_talk:{slip}:{revision}", new_talk, may=CARERS, again=show),
]
