"""What a card says of its slip: where it stands, what happened last, how a talk went, whether somebody is fetched."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.chat.messages import Line, Reader
from bot.domain.movements import Tick
from bot.domain.services import Hub
from bot.domain.slips.slips import WAITS_AGAIN, Move, Side, Slip, State
from bot.domain.timetable import timetable
from bot.domain.whole import Whole
from bot.usecases.movements import Walk
from bot.usecases.slips.cards import Facts
from handlers.chat.words import Words
from handlers.said.advisers import REASONS, TICKS


@dataclass(frozen=True, slots=True)
class Look:
    """A card as one reader sees it.

    Whether the reader ``knows`` who it is and what about, enters ``by_phone`` what an adviser says, and is ``asked``
    how a talk went.
    """

    hub: Hub
    facts: Facts
    reader: Reader
    knows: bool
    by_phone: bool
    asked: bool


HAPPENED: Whole[Move, Callable[[Words, Side | None], str]] = Whole(
    "what happened last to a slip that waits, on a card",
    WAITS_AGAIN,
    {
        Move.DECLINE: lambda _, by: (
            _("The inmate said no to the time.")
            if by is Side.INMATE
            else _("The inmate has been told that the time does not suit.")
        ),
        Move.EXPIRE: lambda _, _by: _("The proposed time is free again. Nobody answered in time."),
        Move.CANCEL: lambda _, by: (
            _("The inmate cannot come then, and wants a new time.")
            if by is Side.INMATE
            else _("The time was cancelled. The inmate keeps the place in line.")
        ),
        Move.EXTEND: lambda _, _by: _("The inmate has been told that you need more time."),
        Move.RENEW: lambda _, _by: _("The inmate says that there was no talk. A new time is wanted."),
        Move.AGAIN: lambda _, _by: _("The inmate would still like a talk."),
        Move.LAPSE: lambda _, _by: _("Nobody has told how the talk went. Please find out."),
    },
)


def _what_happened(_: Words, slip: Slip) -> list[Line]:
    say = HAPPENED.get(slip.last) if slip.last else None
    return [Line(say(_, slip.last_side))] if say else []


def _untold_talk(_: Words, hub: Hub, facts: Facts) -> list[Line]:
    """Say when and with whom the talk was of which somebody is to find out; of a silent service only when (F10)."""
    if facts.untold is None:
        return []
    slot = facts.untold.slot
    when = _.day_and_time(slot.starts)
    if hub.services[slot.service].silent:
        return [Line(_("The talk was {when}.", when=when), private=True)]
    adviser = _.of(hub.name_of(slot.adviser))
    return [Line(_("The talk was {when}, with {adviser}.", when=when, adviser=adviser), private=True)]


def _fetching(_: Words, walk: Walk | None) -> list[Line]:
    """Say to the adviser whether somebody is on the way; why not stays inside the house."""
    if walk is None:
        return []
    if walk.movement.tick is Tick.FETCHED:
        return [Line(_("🚶 On the way."))]
    if walk.movement.tick:
        why = Line(_("The officer notes: {word}.", word=TICKS[walk.movement.tick](_)), private=True)
        return [Line(_("⏳ Not coming now.")), why]
    return [Line(_("⏳ An escort is not arranged yet."))] if walk.waits else []


def _waiting(_: Words, look: Look) -> list[Line]:
    slip = look.facts.slip
    lines = [Line(_("Answer by {date}.", date=_.day(slip.answer_by)))]
    if slip.broken:
        lines.insert(0, Line(_("The promise was not kept. The inmate has been told.")))
    lines = [*_what_happened(_, slip), *_untold_talk(_, look.hub, look.facts), *lines]
    if slip.wish:
        lines.append(Line(_("Wishes for {when}.", when=_.day_and_time(timetable.starts_of(slip.wish)))))
    if slip.adviser and slip.adviser != look.reader.person:
        taken = [] if look.by_phone else [Line(_("A colleague has taken the slip."))]
        lines += [*taken, _with(_, look, slip.adviser)]
    return lines


def _offered(_: Words, look: Look) -> list[Line]:
    slip, booking = look.facts.slip, look.facts.booking
    if booking is None or slip.offer_until is None:
        return []
    when, until = _.day_and_time(booking.slot.starts), _.day_and_time(slip.offer_until)
    if slip.offered_by is Side.INMATE:
        return [Line(_("The inmate proposes {when}.", when=when)), Line(_("Answer by {when}.", when=until))]
    return [
        Line(_("Proposed: {when}. The time is kept.", when=when)),
        Line(_("The inmate can answer until {when}.", when=until)),
    ]


def _answered(_: Words, look: Look) -> list[Line]:
    words = look.hub.answers.get(look.facts.slip.answer or "") if look.knows else None
    answer = [Line(_("“{answer}”", answer=_.of(words)), private=True)] if words else []
    return [Line(_("✉️ Answered without a meeting.")), *answer]


def _booked(_: Words, look: Look) -> list[Line]:
    booking = look.facts.booking
    if booking is None:
        return []
    when, slot = _.day_and_time(booking.slot.starts), booking.slot
    room = _.of(look.hub.rooms[slot.room].name)
    talk = [Line(_("✅ Talk {when}, {room}.", when=when, room=room)), _with(_, look, slot.adviser)]
    asked = [Line(_("Did the talk take place?"))] if look.asked else []
    return [*talk, *_fetching(_, look.facts.walk), *asked]


def _not_held(_: Words, look: Look) -> list[Line]:
    reason = look.facts.slip.reason
    why = [Line(_("Because: {reason}.", reason=REASONS[reason](_)), private=True)] if reason else []
    return [Line(_("The talk did not happen.")), *why, Line(_("We ask whether a new time is wanted."))]


def _closed(_: Words, look: Look) -> list[Line]:
    if look.facts.slip.last_side is Side.HUB:
        return [Line(_("Finished. Nothing more was heard for two weeks."))]
    return [Line(_("Finished. No new time is wanted."))]


def _with(_: Words, look: Look, adviser: str) -> Line:
    if adviser == look.reader.person:
        return Line(_("With you."))
    return Line(_("With {adviser}.", adviser=_.of(look.hub.name_of(adviser))), private=True)


STATES: Whole[State, Callable[[Words, Look], list[Line]]] = Whole(
    "what a card says of its slip",
    State,
    {
        State.WAITING: _waiting,
        State.OFFERED: _offered,
        State.BOOKED: _booked,
        State.ANSWERED: _answered,
        State.HELD: lambda _, _look: [Line(_("The talk took place. Thank you."))],
        State.NOT_HELD: _not_held,
        State.WITHDRAWN: lambda _, _look: [Line(_("Withdrawn. You need do nothing."))],
        State.CLOSED: _closed,
    },
)
