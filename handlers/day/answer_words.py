"""A slip's news in the words with which the officer hands them over."""

from bot.domain.chat.messages import Line
from bot.domain.services import Service
from bot.domain.slips.slips import Move, Slip, State
from bot.usecases.slips.answers import Answer
from handlers.chat.context import Context
from handlers.chat.words import Words
from handlers.said.carers import HAPPENED
from handlers.said.slips import ended_in_words, fetched_in_words, heard_until


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
        return [Line(offer), only, Line(_("Answer by {when}.", when=_.day_and_time(slip.offer_until)))]
    if slip.state is State.ANSWERED:
        return [_answer(context, _, slip), Line(heard_until(context, _, slip))]
    if slip.state is State.NOT_HELD:
        return [*map(Line, ended_in_words(_, slip)), Line(heard_until(context, _, slip))]
    if slip.state is State.HELD:
        return [*map(Line, ended_in_words(_, slip))]
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
        sorry = Line(_("We promised an answer. We did not manage. Sorry."))
        return [sorry, Line(_("You get an answer by {date}.", date=date))]
    say = HAPPENED.get(slip.last) if slip.last else None
    first = [Line(say(_))] if say else []
    return [*first, Line(_("You keep your place in line. News by {date}.", date=date))]


def _sent_on(context: Context, _: Words, slip: Slip, date: str) -> Line:
    name = _name(_, context.turn.hub.services[slip.service])
    if name is None:
        return Line(_("Your slip has been sent on. Answer by {date}.", date=date))
    return _inside(_, _("Your slip has been sent on to {service}. Answer by {date}.", service=name, date=date))
