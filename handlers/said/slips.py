"""What a slip's inmate is told of it: what happened, what happens next and by when, on its page and in one line."""

from collections.abc import Callable
from datetime import datetime, time

from bot.domain.slips import quiet, talks
from bot.domain.slips.slips import WAITS_AGAIN, Move, Side, Slip, State
from bot.domain.timetable.bookings import Booking, Outcome
from bot.domain.whole import Whole, all_but
from bot.usecases.movements import Walk
from handlers.chat.context import Context
from handlers.chat.words import Words
from handlers.said.inmates import ENDED


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
        return [ENDED[slip.state](_), heard_until(context, _, slip)]
    return [ENDED[slip.state](_)]


def line_in_words(context: Context, slip: Slip, booking: Booking | None) -> list[str]:
    """Say a slip's state in one line: the newest that happened, and always by when something happens next."""
    if slip.state is State.WAITING:
        return [*[*_sent_on(context, slip), *_what_happened(context, slip)][-1:], _promise(context, slip)]
    said = state_in_words(context, slip, booking)
    if slip.state is State.OFFERED and slip.offered_by is not Side.INMATE:
        return [said[0], *(each for each in said if each == _asked_until(context, slip))]
    if slip.state is State.ANSWERED:
        return [*said[:-2], said[-1]]
    return said[:2]


def _waiting(context: Context, slip: Slip, untold: Booking | None) -> list[str]:
    _ = context.words
    keeps = slip.sent_from or slip.last is Move.CANCEL
    place = [_("You keep your place in line.")] if keeps else []
    happened = [] if untold and slip.last is Move.LAPSE else _what_happened(context, slip)
    of_the_talk = [] if slip.last is Move.RENEW else _untold(context, untold)
    return [*of_the_talk, *_sent_on(context, slip), *happened, _promise(context, slip), *place]


def _untold(context: Context, untold: Booking | None) -> list[str]:
    _ = context.words
    if untold is None:
        return []
    when = _.day_and_time(untold.slot.starts)
    if untold.outcome is Outcome.DENIED:
        return [_("You had a talk {when}. You told us that it did not take place.", when=when)]
    return [_("You had a talk {when}. Nobody has told us how it went. We find out.", when=when)]


def _promise(context: Context, slip: Slip) -> str:
    _ = context.words
    date, service = _.day(slip.answer_by), service_name(context, slip)
    if slip.broken:
        return _("We promised an answer. We did not manage. Sorry. New answer by {date}.", date=date)
    return _("{service} has your slip and should answer by {date}.", service=service, date=date)


def _sent_on(context: Context, slip: Slip) -> list[str]:
    _ = context.words
    if not slip.sent_from:
        return []
    sent_from = _.of(context.turn.hub.services[slip.sent_from].name)
    return [_("{sender} sent your slip on to {service}.", sender=sent_from, service=service_name(context, slip))]


HAPPENED: Whole[Move, Callable[[Words, Side | None, str], str]] = Whole(
    "what happened last to a slip that waits, at a screen",
    all_but(WAITS_AGAIN, Move.AGAIN),
    {
        Move.DECLINE: lambda _, by, service: (
            _("You said no to the time. That is fine.")
            if by is Side.INMATE
            else _("{service} cannot at the time you proposed.", service=service)
        ),
        Move.EXPIRE: lambda _, _by, _service: _("The proposed time is not kept any more. It is not your fault."),
        Move.CANCEL: lambda _, by, _service: (
            _("You could not come. That is fine.")
            if by is Side.INMATE
            else _("The talk is cancelled. It is not your fault.")
        ),
        Move.EXTEND: lambda _, _by, service: _("{service} needs more time to answer.", service=service),
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
        service = service_name(context, slip)
        return [
            _("You have proposed {when}. The time is kept.", when=when),
            _("{service} answers by {when}.", service=service, when=_until(_, slip)),
        ]
    return [
        _("{service} proposes another time: {when}.", service=service_name(context, slip), when=when),
        _("Only this time is kept for you now."),
        _asked_until(context, slip),
        _("Place: {room}.", room=room),
        _("You meet {adviser}.", adviser=name),
    ]


def _until(_: Words, slip: Slip) -> str:
    return _.day_and_time(slip.offer_until) if slip.offer_until else ""


def _asked_until(context: Context, slip: Slip) -> str:
    return context.words("Does it suit you? Answer by {when}.", when=_until(context.words, slip))


def heard_until(context: Context, _: Words, slip: Slip) -> str:
    """Say until when a question can be answered, in the words of whoever reads it or reads it aloud."""
    hub = context.turn.hub
    day = datetime.combine(quiet.heard_until(slip, hub, context.turn.now), time(), hub.zone)
    return _("You can answer until {date}. Then the slip ends.", date=_.day(day))


def _answered(context: Context, slip: Slip) -> list[str]:
    _ = context.words
    words = context.turn.hub.answers.get(slip.answer or "")
    return [
        _("{service} has answered:", service=service_name(context, slip)),
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
        _("You meet {adviser}.", adviser=name),
    ]


def _over(context: Context, booking: Booking) -> list[str]:
    _ = context.words
    hub = context.turn.hub
    triage, date = _.of(hub.services[hub.triage].name), _.day(talks.told_by(hub, booking))
    return [
        _("You had a talk {when}. The adviser has not told yet how it went.", when=_.day_and_time(booking.slot.starts)),
        _("If nobody tells, we ask {service} on {date}.", service=triage, date=date),
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
