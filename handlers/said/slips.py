"""What a slip's inmate is told of it on its page: what happened, what happens next and by when."""

from collections.abc import Callable
from datetime import datetime, time

from bot.domain.slips import quiet, talks
from bot.domain.slips.slips import WAITS_AGAIN, Move, Side, Slip, State
from bot.domain.timetable.bookings import Booking, Outcome
from bot.domain.whole import Whole, all_but
from bot.usecases.movements import Walk
from handlers.chat.context import Context
from handlers.chat.words import Words
from handlers.said.inmates import AGAIN, ENDED


def state_in_words(context: Context, slip: Slip, booking: Booking | None, untold: Booking | None = None) -> list[str]:
    """Say a slip's state to its inmate: what happened, what happens next, by when.

    ``untold`` is the talk of which it is still to be found out how it went, where there is one.
    """
    _ = context.words
    if slip.state is State.WAITING:
        return _waiting(context, slip, untold)
    if slip.state is State.OFFERED and booking:
        return _offered(context, slip, booking)
    if slip.state is State.BOOKED and booking:
        return _booked(context, slip, booking)
    if slip.state is State.ANSWERED:
        return [*_answered(context, slip), heard_until(context, _, slip)]
    if slip.state is State.NOT_HELD:
        return [*ended_in_words(_, slip), heard_until(context, _, slip)]
    return ended_in_words(_, slip)


def ended_in_words(_: Words, slip: Slip) -> list[str]:
    """Say how a slip ended, and what can follow."""
    return [ENDED[slip.state](_), AGAIN[slip.state](_)]


def told_in_words(context: Context, slip: Slip, booking: Booking | None) -> list[str]:
    """Say what a slip has, and ask nothing: a page that has a question of its own asks that one alone."""
    _ = context.words
    if slip.state is State.OFFERED and slip.offered_by is not Side.INMATE and booking:
        return _proposed(context, slip, booking)[:2]
    return state_in_words(context, slip, booking)[:1] if slip.state is State.BOOKED else []


def _waiting(context: Context, slip: Slip, untold: Booking | None) -> list[str]:
    _ = context.words
    keeps = slip.sent_from or slip.last is Move.CANCEL
    place = [_("You keep your place in line.")] if keeps else []
    happened = [] if untold and slip.last is Move.LAPSE else _what_happened(context, slip)
    of_the_talk = [] if slip.last is Move.RENEW else _untold(context, untold)
    return [*of_the_talk, *_sent_on(context, slip), *happened, *promise_in_words(context, slip), *place]


def _untold(context: Context, untold: Booking | None) -> list[str]:
    _ = context.words
    if untold is None:
        return []
    when = _.day_and_time(untold.slot.starts)
    if untold.outcome is Outcome.DENIED:
        return [_("You had a talk {when}.", when=when), _("You told us that it did not take place.")]
    return [_("You had a talk {when}.", when=when), _("Nobody has told us how it went. We find out.")]


def promise_in_words(context: Context, slip: Slip) -> list[str]:
    """Say who has the slip, and by when there is an answer; sorry where it was promised earlier."""
    _ = context.words
    has_it = [] if slip.last in KEPT else [_("{service} got your slip.", service=service_name(context, slip))]
    if not slip.broken:
        return [*has_it, will_answer(context, slip, _.day(slip.answer_by))]
    sorry = _("We promised an answer. We did not manage. Sorry.")
    return [sorry, *has_it, _("You get an answer by {date}.", date=_.day(slip.answer_by))]


def will_answer(context: Context, slip: Slip, when: str) -> str:
    """Say by when whoever has a slip will answer."""
    return context.words("{service} will answer by {when}.", service=service_name(context, slip), when=when)


def _sent_on(context: Context, slip: Slip) -> list[str]:
    """Say who sent a slip on, as long as that is the newest; what the hub does by itself, nobody did."""
    if slip.last is not Move.FORWARD or not slip.sent_from:
        return []
    _ = context.words
    sender = _.of(context.turn.hub.services[slip.sent_from].name)
    if slip.last_side is Side.HUB:
        return [_("{service} has nobody who answers now.", service=sender)]
    return [_("{service} sent your slip on.", service=sender)]


KEPT = {Move.DECLINE, Move.EXPIRE, Move.CANCEL, Move.EXTEND, Move.RENEW}
"""What lets a slip wait on where it was: that it was got there is no news."""

HAPPENED: Whole[Move, Callable[[Words, Side | None, str], str]] = Whole(
    "what happened last to a slip that waits, at a screen",
    all_but(WAITS_AGAIN, Move.AGAIN),
    {
        Move.DECLINE: lambda _, by, service: (
            _("You said no to the time. That is fine.")
            if by is Side.INMATE
            else _("The time you proposed does not suit: {service}.", service=service)
        ),
        Move.EXPIRE: lambda _, _by, _service: _("The proposed time is not kept any more. It is not your fault."),
        Move.CANCEL: lambda _, by, _service: (
            _("You could not come. That is fine.")
            if by is Side.INMATE
            else _("The talk is cancelled. It is not your fault.")
        ),
        Move.EXTEND: lambda _, _by, service: _("{service} asked for more time.", service=service),
        Move.RENEW: lambda _, _by, _service: _("The talk did not happen. That is noted."),
        Move.LAPSE: lambda _, _by, _service: _("Nobody has told us how your talk went. We find out."),
    },
)
"""That one would still like a talk needs no word: whoever reads it has just said so."""


def _what_happened(context: Context, slip: Slip) -> list[str]:
    say = HAPPENED.get(slip.last) if slip.last else None
    return [say(context.words, slip.last_side, service_name(context, slip))] if say else []


def _offered(context: Context, slip: Slip, booking: Booking) -> list[str]:
    _ = context.words
    when, room = _.day_and_time(booking.slot.starts), _.of(context.turn.hub.rooms[booking.slot.room].name)
    name = _.of(context.turn.hub.name_of(booking.slot.adviser))
    if slip.offered_by is Side.INMATE:
        proposed = _("You have proposed {when}. The time is kept.", when=when)
        return [proposed, will_answer(context, slip, offer_until(_, slip))]
    return [
        *_proposed(context, slip, booking),
        _("Place: {room}.", room=room),
        _("You meet: {adviser}.", adviser=name),
        _("Does it suit you?"),
        _("Answer by {when}.", when=offer_until(_, slip)),
    ]


def _proposed(context: Context, slip: Slip, booking: Booking) -> list[str]:
    _ = context.words
    when, service = _.day_and_time(booking.slot.starts), service_name(context, slip)
    return [
        _("{service} proposed another time: {when}.", service=service, when=when),
        _("Only this time is kept for you now."),
    ]


def offer_until(_: Words, slip: Slip) -> str:
    """Say when a time that is offered is kept no more."""
    return _.day_and_time(slip.offer_until) if slip.offer_until else ""


def heard_until(context: Context, _: Words, slip: Slip) -> str:
    """Say until when a question can be answered, in the words of whoever reads it or reads it aloud."""
    return _("You can answer until {date}. Then the slip ends.", date=_.day(heard_by(context, slip)))


def heard_by(context: Context, slip: Slip) -> datetime:
    """Return the last day on which a question can be answered."""
    hub = context.turn.hub
    return datetime.combine(quiet.heard_until(slip, hub, context.turn.now), time(), hub.zone)


def _answered(context: Context, slip: Slip) -> list[str]:
    _ = context.words
    words = context.turn.hub.answers.get(slip.answer or "")
    return [
        _("{service} answered:", service=service_name(context, slip)),
        *([_("“{answer}”", answer=_.of(words))] if words else []),
        _("Is that enough, or do you still want a talk?"),
    ]


def _booked(context: Context, slip: Slip, booking: Booking) -> list[str]:
    _ = context.words
    when = _.day_and_time(booking.slot.starts)
    if talks.is_over(slip, booking, context.turn.now):
        return _over(context, booking)
    room = _.of(context.turn.hub.rooms[booking.slot.room].name)
    name = _.of(context.turn.hub.name_of(booking.slot.adviser))
    return [
        _("You have a talk {when}.", when=when),
        _("Place: {room}.", room=room),
        _("You meet: {adviser}.", adviser=name),
    ]


def _over(context: Context, booking: Booking) -> list[str]:
    _ = context.words
    date = _.day(talks.told_by(context.turn.hub, booking))
    return [
        _("You had a talk {when}.", when=_.day_and_time(booking.slot.starts)),
        _("The adviser has not told us yet how it went."),
        _("If nobody tells us by {date}, we find out.", date=date),
        _("Did the talk take place?"),
    ]


def service_name(context: Context, slip: Slip) -> str:
    """Return the name of the service that has the slip, in the reader's language."""
    return context.words.of(context.turn.hub.services[slip.service].name)


def fetched_in_words(_: Words, walk: Walk | None) -> list[str]:
    """Say to the inmate who comes and when, or that an escort is still to be found (F59)."""
    if walk is None or not walk.movement.escort:
        return []
    if walk.waits:
        arranging = _("The time is kept for you. We are arranging an escort.")
        return [arranging, _("When it is arranged, you see it here.")]
    return [_("An officer comes for you at {time}.", time=_.time(walk.movement.fetch_at))]
