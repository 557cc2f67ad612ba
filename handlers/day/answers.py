"""Answers to hand over: what somebody of the staff says to those who cannot come to a screen, ticked when told."""

from collections.abc import Callable, Sequence

from telegram import Update

from bot.domain.bookings import Booking
from bot.domain.messages import PAGE, Button, Entry, Line, Reader, View
from bot.domain.people import CARERS, LISTERS, Person
from bot.domain.services import Service
from bot.domain.slips import Move, Slip, State
from bot.usecases import answers, night_answers, sign_ups
from bot.usecases.answers import Answer
from bot.usecases.cards import Facts
from bot.usecases.night_answers import NightNews
from handlers.chat.context import Context
from handlers.chat.lines import command, tap
from handlers.chat.rows import Rows
from handlers.chat.start import Door, home_button
from handlers.chat.views import open_page
from handlers.chat.words import N_, Words
from handlers.movements.officer import answers_in_words
from handlers.said.inmates import ENDED
from handlers.screen.slip_words import fetched_in_words, heard_until
from handlers.slips.changes import changed
from handlers.theme_nights import answers as of_nights
from handlers.theme_nights import lists as night_lists
from handlers.theme_nights.changes import changed as nights_changed

NAME = "answers"
KEY = f"{PAGE}{NAME}"


async def show(_update: Update, context: Context) -> None:
    """Show what there is to hand over."""
    found = await night_answers.to_tell(context.turn, context.turn.person)
    for each in found:
        await context.turn.note("read_night", each.sign_up.holder)
    open_page(context, KEY, _page(context, [*await answers.read(context.turn), *found]))


def _page(context: Context, found: Sequence[Answer | NightNews]) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        entries = tuple(Entry(_lines(context, _, each), _rows(context, _, each)) for each in found)
        return View((Line(answers_in_words(_, len(found))),), ((home_button(_),),), entries=entries)

    return build


def _lines(context: Context, _: Words, answer: Answer | NightNews) -> tuple[Line, ...]:
    if isinstance(answer, NightNews):
        return of_nights.lines(context, _, answer)
    slip, inmate = answer.slip, answer.inmate
    who = _("👤 {number} {alias} · {code}", number=inmate.id, alias=inmate.alias, code=slip.code)
    where = _("▪️ {code}, unit {unit}", code=slip.code, unit=slip.unit)
    return (Line(who, True, where), *what_to_say(context, _, answer))


def what_to_say(context: Context, _: Words, answer: Answer) -> list[Line]:
    """Say a slip's news as the officer says them to the inmate; what a talk is about is never among them."""
    slip, booking = answer.slip, answer.booking
    if slip.state is State.BOOKED and booking:
        talk = _(
            "You have a talk {when}, {room}.", when=_.day_and_time(booking.slot.starts), room=_room(context, _, answer)
        )
        return [Line(text) for text in (talk, *fetched_in_words(_, answer.walk)[:1])]
    if slip.state is State.OFFERED and booking and slip.offer_until:
        when = _.day_and_time(booking.slot.starts)
        offer = _("You can have a talk {when}, {room}. Does it suit?", when=when, room=_room(context, _, answer))
        only = Line(_("Only this time is kept for you now."))
        return [Line(offer), only, Line(_("Please answer by {when}.", when=_.day_and_time(slip.offer_until)))]
    if slip.state is State.ANSWERED:
        return [_answer(context, _, slip), Line(heard_until(context, _, slip))]
    if slip.state is State.NOT_HELD:
        return [Line(ENDED[slip.state](_)), Line(heard_until(context, _, slip))]
    if slip.state is State.HELD:
        return [Line(ENDED[slip.state](_))]
    return _waiting(context, _, slip)


def _room(context: Context, _: Words, answer: Answer) -> str:
    return _.of(context.turn.hub.rooms[answer.booking.slot.room].name) if answer.booking else ""


def _answer(context: Context, _: Words, slip: Slip) -> Line:
    words = _.of(context.turn.hub.answers.get(slip.answer or "") or {"nb": slip.answer or ""})
    said = _("The answer is: {words}", words=words)
    if name := _name(_, context.turn.hub.services[slip.service]):
        said = _("{service} answers: {words}", service=name, words=words)
    return _inside(_, said)


def _inside(_: Words, text: str) -> Line:
    return Line(text, private=True, outside=_("There is news. Read it inside the house."))


def _name(_: Words, service: Service) -> str | None:
    return None if service.silent else _.of(service.name)


def _waiting(context: Context, _: Words, slip: Slip) -> list[Line]:
    date = _.day(slip.answer_by)
    if slip.last is Move.FORWARD:
        return [_sent_on(context, _, slip, date)]
    if slip.last is Move.BREAK:
        return [Line(_("We promised an answer. We did not manage. Sorry. New answer by {date}.", date=date))]
    said = {
        Move.CANCEL: _("Your talk is cancelled. It is not your fault."),
        Move.EXPIRE: _("The time that was kept for you is free again."),
        Move.DECLINE: _("The time that you proposed does not suit."),
        Move.EXTEND: _("Your answer takes a little longer."),
        Move.LAPSE: _("Nobody has told us how your talk went. We find out."),
    }
    happened = said.get(slip.last) if slip.last else None
    first = [Line(happened)] if happened else []
    return [*first, Line(_("You keep your place in line. News by {date}.", date=date))]


def _sent_on(context: Context, _: Words, slip: Slip, date: str) -> Line:
    name = _name(_, context.turn.hub.services[slip.service])
    if name is None:
        return Line(_("Your slip has been sent on. Answer by {date}.", date=date))
    return _inside(_, _("Your slip has been sent on to {service}. Answer by {date}.", service=name, date=date))


def _rows(context: Context, _: Words, answer: Answer | NightNews) -> Rows:
    if isinstance(answer, NightNews):
        return of_nights.rows(_, answer)
    code, at = answer.slip.code, f"{answer.slip.code}:{answer.slip.revision}"
    if answer.slip.state is State.OFFERED:
        yes = Button(_("👍 {code} Yes, it suits", code=code), f"suits:{at}", "success")
        return ((yes, Button(_("{code} No, thank you", code=code), f"suits_not:{at}")),)
    private = any(line.outside for line in what_to_say(context, _, answer))
    told = Button(_("✅ {code} Told", code=code), f"told:{at}", "success", private=private)
    if answer.slip.state in {State.NOT_HELD, State.ANSWERED}:
        return ((told, Button(_("🔁 {code} New talk", code=code), f"new_talk:{at}", private=private)),)
    return ((told,),)


async def told(update: Update, context: Context) -> None:
    """Note that the inmate has been told."""
    await _done(update, context, await answers.tell(context.turn, context.text("slip"), context.number("revision")))


async def suits(update: Update, context: Context) -> None:
    """Say yes to an offered time for the inmate."""
    code, revision = context.text("slip"), context.number("revision")
    slip, booking = await answers.accept(context.turn, code, revision)
    await _done(update, context, slip, booking)


async def suits_not(update: Update, context: Context) -> None:
    """Say no to an offered time for the inmate."""
    await _done(update, context, await answers.decline(context.turn, context.text("slip"), context.number("revision")))


async def new_talk(update: Update, context: Context) -> None:
    """Ask for a talk once more for the inmate."""
    await _done(update, context, await answers.again(context.turn, context.text("slip"), context.number("revision")))


async def told_night(update: Update, context: Context) -> None:
    """Note that the inmate has been told what is new about a theme night."""
    number, inmate, revision = context.number("number"), context.text("inmate"), context.number("revision")
    news = await night_answers.tell(context.turn, number, inmate, revision)
    await nights_changed(context, news.night, (news.sign_up,))
    await show(update, context)


async def seat_for(update: Update, context: Context) -> None:
    """Say yes or no to an offered seat for the inmate; the page that was pressed says what is true then."""
    number, inmate, revision = context.number("number"), context.text("inmate"), context.number("revision")
    answer = sign_ups.accept if context.text("word") == "yes" else sign_ups.decline
    step = await answer(context.turn, number, revision, inmate)
    await nights_changed(context, step.night, (step.mine, *step.offered))
    await show_pressed(update, context)


async def show_pressed(update: Update, context: Context) -> None:
    """Show the page whose button was pressed as it is now: the answers, or a night's list."""
    if (context.turn.pressed or "").startswith(f"{PAGE}{night_lists.NAME}:"):
        await night_lists.show_again(update, context)
    else:
        await show(update, context)


async def _done(update: Update, context: Context, slip: Slip, *times: Booking) -> None:
    await changed(context, slip, *times)
    await show(update, context)


async def refresh(context: Context, person: Person, _rest: str, facts: Facts | None) -> None:
    """Write somebody's page of answers anew; what comes onto it by this is noted as read."""
    if facts and facts.inmate and not person.cares_for(facts.inmate):
        return
    found = await answers.to_tell(context.turn, person)
    nights = await night_answers.to_tell(context.turn, person)
    if facts and facts.slip.last_at == context.turn.now and facts.slip in [each.slip for each in found]:
        await answers.note_shown(context.turn, person, facts.slip)
    context.tell(person.id, KEY, _page(context, [*found, *nights]), only_there=True)


async def tell_at_once(context: Context, facts: Facts) -> None:
    """Bring news that cannot wait to whoever hands them over; where they have been told, let that message say so."""
    if facts.inmate is None:
        return
    key = f"news:{facts.slip.code}"
    hurried = await answers.to_be_told_at_once(context.turn, facts.slip, facts.inmate)
    for person in hurried:
        context.bring_to(person, key, _news(context, facts.slip))
    for person_id in {facts.inmate.officer, facts.slip.written_by} - {each.id for each in hurried} - {None}:
        context.tell(str(person_id), key, _news(context, facts.slip), only_there=True)


def _news(context: Context, slip: Slip) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        if not slip.news:
            return View((Line(_("✔️ {code}, unit {unit}: taken care of.", code=slip.code, unit=slip.unit)),))
        text = _("🗣️ There is news to tell now: {code}, unit {unit}.", code=slip.code, unit=slip.unit)
        return View((Line(text),), ((Button(_("🗣️ Show the answers"), NAME, "primary"),),))

    return build


LIVING = {NAME: refresh}

DOORS = [Door(label=lambda _: _("🗣️ Answers to tell"), data=NAME, may=CARERS)]

HANDLERS = [
    *command("/answers", "/svar", show, may=CARERS, menu=N_("Answers to tell")),
    tap(NAME, show, may=CARERS),
    tap("told_night:{number}:{inmate}:{revision}", told_night, may=CARERS, again=show),
    tap("seat_for:{number}:{inmate}:{revision}:{word}", seat_for, may=LISTERS, again=show_pressed),
    tap("told:{slip}:{revision}", told, may=CARERS, again=show),
    tap("suits:{slip}:{revision}", suits, may=CARERS, again=show),
    tap("suits_not:{slip}:{revision}", suits_not, may=CARERS, again=show),
    tap("new_talk:{slip}:{revision}", new_talk, may=CARERS, again=show),
]
