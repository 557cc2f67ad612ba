"""What a letter says to a provider without a chat: code, unit, deadline or time and place, our phone, nothing else."""

from bot.domain import subjects
from bot.domain.chat.messages import Letter, Line, Reader, View
from bot.domain.services import Hub
from bot.domain.slips import talks
from bot.domain.slips.slips import Side, Slip, State
from bot.domain.timetable.bookings import GIVEN_BACK, Booking
from bot.usecases.slips.cards import Facts
from bot.usecases.turn import Turn
from handlers.chat.words import Words

OVER = {State.HELD, State.NOT_HELD, State.CLOSED}


def card(_: Words, hub: Hub, facts: Facts, reader: Reader) -> View:
    """Write what a slip means for this reader now: answer it, come to the talk, or nothing more."""
    slip, booking = facts.slip, facts.booking
    if slip.state is State.WAITING and _is_owner(facts, reader):
        return _letter(_, hub, slip, _waits(_, slip, _off(_, booking, reader)))
    theirs = booking is not None and booking.slot.adviser == reader.person
    if booking and theirs and slip.state is State.OFFERED and slip.offered_by is Side.INMATE:
        return _letter(_, hub, slip, _proposed(_, slip, booking))
    if booking and theirs and slip.state in {State.BOOKED, *OVER}:
        # How the talk went is no news to who was there.
        kind = Letter.CORRECTS if slip.state in OVER else Letter.SENDS
        return _letter(_, hub, slip, _booked(_, hub, slip, booking), kind)
    return _ended(_, slip, _off(_, booking, reader))


def half(_: Words, hub: Hub, facts: Facts, reader: Reader, *, due: bool) -> View | None:
    """Remind the owner when half of the promise is over; what happens later is told by the slip's own letters."""
    slip = facts.slip
    if slip.state is not State.WAITING or not _is_owner(facts, reader):
        return None
    lines = [_("⏰ {code}, unit {unit}, waits for an answer.", code=slip.code, unit=slip.unit), _deadline(_, slip)]
    return _letter(_, hub, slip, lines, Letter.SENDS if due else Letter.CORRECTS)


def untold(_: Words, turn: Turn, facts: Facts, reader: Reader, *, due: bool) -> View | None:
    """Ask whoever had a talk how it went."""
    slip, booking, hub = facts.slip, facts.booking, turn.hub
    if booking is None or not talks.is_over(slip, booking, turn.now) or not _is_owner(facts, reader):
        return None
    ask = _("⏰ {code}, unit {unit}: did the talk take place?", code=slip.code, unit=slip.unit)
    lines = [ask, _("Please tell by {date}.", date=_.day(talks.told_by(hub, booking)))]
    return _letter(_, hub, slip, lines, Letter.SENDS if due else Letter.CORRECTS)


def end(_: Words, hub: Hub, facts: Facts, reader: Reader) -> View | None:
    """Tell who follows a broken promise up; the owner is told by the slip's own letter."""
    slip = facts.slip
    if _is_owner(facts, reader) or reader.person not in {each.id for each in facts.social_advisers}:
        return None
    if slip.state is State.WAITING and slip.broken:
        return _letter(_, hub, slip, _waits(_, slip, []))
    return _ended(_, slip, [])


def day(_: Words, hub: Hub, lines: list[str], *, due: bool) -> View:
    """Write a day's list; a talk that comes or goes later has a letter of its own."""
    return _letter(_, hub, None, lines, Letter.SENDS if due else Letter.CORRECTS)


def _is_owner(facts: Facts, reader: Reader) -> bool:
    return reader.person in {each.id for each in facts.owners()}


def _waits(_: Words, slip: Slip, off: list[str]) -> list[str]:
    if slip.broken:
        title = _("❗ The promise for {code}, unit {unit}, was not kept.", code=slip.code, unit=slip.unit)
    else:
        title = _("📋 New slip {code}, unit {unit}.", code=slip.code, unit=slip.unit)
    return [title, *off, _deadline(_, slip)]


def _deadline(_: Words, slip: Slip) -> str:
    return _("Answer by {date}.", date=_.day(slip.answer_by))


def _proposed(_: Words, slip: Slip, booking: Booking) -> list[str]:
    until = _.day_and_time(slip.offer_until) if slip.offer_until else ""
    return [
        _("📋 Slip {code}, unit {unit}.", code=slip.code, unit=slip.unit),
        _("The inmate proposes {when}.", when=_.day_and_time(booking.slot.starts)),
        _("Answer by {when}.", when=until),
    ]


def _booked(_: Words, hub: Hub, slip: Slip, booking: Booking) -> list[str]:
    room = _.of(hub.rooms[booking.slot.room].name)
    return [
        _("📋 Slip {code}, unit {unit}.", code=slip.code, unit=slip.unit),
        _("✅ Talk {when}, {room}.", when=_.day_and_time(booking.slot.starts), room=room),
    ]


def _off(_: Words, booking: Booking | None, reader: Reader) -> list[str]:
    """Whoever was told of a time is told that nobody comes; it may not matter any more, but it never does harm."""
    if booking is None or booking.outcome not in GIVEN_BACK or booking.slot.adviser != reader.person:
        return []
    return [_("There is no talk {when} after all.", when=_.day_and_time(booking.slot.starts))]


def _ended(_: Words, slip: Slip, off: list[str]) -> View:
    text = _("{code}, unit {unit}: You need do nothing more.", code=slip.code, unit=slip.unit)
    return View(tuple(Line(each) for each in (text, *off)), letter=Letter.ENDS, about=subjects.slips(slip.code))


def _letter(_: Words, hub: Hub, slip: Slip | None, lines: list[str], letter: Letter = Letter.SENDS) -> View:
    call, about = _("Call the hub: {phone}", phone=hub.phone), subjects.slips(slip.code) if slip else frozenset()
    return View(tuple(Line(each) for each in (*lines, call)), letter=letter, about=about)
