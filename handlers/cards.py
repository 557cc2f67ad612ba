"""An adviser's card: one message per slip, which changes in place through the slip's life (F81)."""

from collections.abc import Callable

from bot.domain import timetable
from bot.domain.bookings import Booking
from bot.domain.messages import Button, Line, Reader, View
from bot.domain.slips import Reason, Slip, State
from bot.domain.timetable import Slot
from bot.usecases import slips
from bot.usecases.slips import Facts
from handlers import writers
from handlers.context import Context
from handlers.pages import Rows, pairs, refresh_inmate
from handlers.promises import refresh_promises
from handlers.words import Words


class Card:
    """Writes the card of one slip for each reader, from the same facts."""

    def __init__(self, context: Context, facts: Facts) -> None:
        self._context = context
        self._hub = context.turn.hub
        self._now = context.turn.now
        self.facts = facts

    def plain(self, reader: Reader) -> View:
        """Write the card as it stands."""
        return self._view(reader, self._rows(reader))

    def times(self, slots: list[Slot]) -> Callable[[Reader], View]:
        """Write the card with times to choose from: the second of two taps."""

        def build(reader: Reader) -> View:
            _ = self._words(reader)
            slip = self.facts.slip
            choices = tuple(
                (Button(_.short_time(slot.starts), f"set:{slip.code}:{slot.id}:{slip.revision}", "success"),)
                for slot in slots
            )
            none = () if slots else (Line(_("There is no free time in the timetable. You can send the slip on.")),)
            return self._view(reader, (*choices, (self._back(_),)), none)

        return build

    def services(self, reader: Reader) -> View:
        """Write the card with the services to which it can be sent on."""
        _ = self._words(reader)
        slip = self.facts.slip
        others = [each for each in self._hub.services.values() if self._hub.takes_slips(each)]
        buttons = [
            Button(
                f"{each.icon} {_.of(each.name)}",
                f"forward:{slip.code}:{each.key}:{slip.revision}",
                private=each.key != self._hub.triage,
            )
            for each in others
            if each.key != slip.service
        ]
        return self._view(reader, (*pairs(buttons), (self._back(_),)))

    def reasons(self, reader: Reader) -> View:
        """Write the card with the neutral reasons why a talk did not happen."""
        _ = self._words(reader)
        slip = self.facts.slip
        buttons = [
            Button(
                reason_in_words(_, each),
                f"missed:{slip.code}:{each}:{slip.revision}",
                private=each is not Reason.NOT_SAID,
            )
            for each in Reason
        ]
        return self._view(reader, (*pairs(buttons), (self._back(_),)))

    def _words(self, reader: Reader) -> Words:
        return self._context.words_for(reader.language)

    def _back(self, _: Words) -> Button:
        return Button(_("⬅️ Back"), f"card:{self.facts.slip.code}")

    def _view(self, reader: Reader, rows: Rows, more: tuple[Line, ...] = ()) -> View:
        _ = self._words(reader)
        about = self._about(_) if self._may_know(reader) else []
        return View((self._title(reader, _), *about, *self._state(reader, _), *more), rows)

    def _title(self, reader: Reader, _: Words) -> Line:
        slip = self.facts.slip
        if slip.state is State.WAITING and self._may_know(reader) and not slip.broken:
            return Line(_("📋 New slip {code}, unit {unit}.", code=slip.code, unit=slip.unit))
        return Line(_("📋 Slip {code}, unit {unit}.", code=slip.code, unit=slip.unit))

    def _may_know(self, reader: Reader) -> bool:
        """Who it is and what about is for whoever is to answer or has answered, and for nobody else."""
        slip = self.facts.slip
        ended_unmet = slip.state in {State.WITHDRAWN, State.CLOSED}
        return self._mine(reader) and slip.adviser in {None, reader.person} and not ended_unmet

    def _about(self, _: Words) -> list[Line]:
        slip, service = self.facts.slip, self._hub.services[self.facts.slip.service]
        topic = service.topic(slip.topic) if slip.topic else None
        inmate = self.facts.inmate
        lines = []
        if inmate:
            about = _(
                "{number} {alias}, speaks {language}",
                number=inmate.id,
                alias=inmate.alias,
                language=_.name_of(inmate.language),
            )
            lines.append(Line(about, private=True))
        if topic:
            lines.append(Line(_("About: {topic}", topic=_.of(topic.name)), private=True))
        return [*lines, *writers.to_adviser(_, self.facts)]

    def _state(self, reader: Reader, _: Words) -> list[Line]:
        slip = self.facts.slip
        if not self._mine(reader):
            return [Line(_("Sent on. You need do nothing.")), *self._where(_)]
        said: dict[State, Callable[[Reader, Words], list[Line]]] = {
            State.WAITING: self._waiting,
            State.BOOKED: self._booked,
            State.HELD: lambda _reader, _: [Line(_("The talk took place. Thank you."))],
            State.NOT_HELD: self._not_held,
            State.WITHDRAWN: lambda _reader, _: [Line(_("Withdrawn. You need do nothing."))],
            State.CLOSED: lambda _reader, _: [Line(_("Finished. No new time is wanted."))],
        }
        return said[slip.state](reader, _)

    def _where(self, _: Words) -> list[Line]:
        name = _.of(self._hub.services[self.facts.slip.service].name)
        return [Line(_("It is with {service} now.", service=name), private=True)]

    def _waiting(self, reader: Reader, _: Words) -> list[Line]:
        slip = self.facts.slip
        lines = [Line(_("Answer by {date}.", date=_.day(slip.answer_by)))]
        if slip.broken:
            lines.insert(0, Line(_("The promise was not kept. The inmate has been told.")))
        if slip.wish:
            lines.append(Line(_("Wishes for {when}.", when=_.day_and_time(timetable.starts_of(slip.wish)))))
        if slip.adviser and slip.adviser != reader.person:
            lines.append(Line(_("A colleague has taken the slip.")))
            lines.append(self._with(reader, _, slip.adviser))
        return lines

    def _booked(self, reader: Reader, _: Words) -> list[Line]:
        booking = self.facts.booking
        if booking is None:
            return []
        when, slot = _.day_and_time(booking.slot.starts), booking.slot
        room = _.of(self._hub.rooms[slot.room].name)
        lines = [Line(_("✅ Talk {when}, {room}.", when=when, room=room))]
        lines.append(self._with(reader, _, slot.adviser))
        if self._over(booking) and self.facts.slip.adviser in {None, reader.person}:
            lines.append(Line(_("Did the talk take place?")))
        return lines

    def _not_held(self, _reader: Reader, _: Words) -> list[Line]:
        reason = self.facts.slip.reason
        why = [Line(_("Because: {reason}.", reason=reason_in_words(_, reason)), private=True)] if reason else []
        return [Line(_("The talk did not happen.")), *why, Line(_("We ask whether a new time is wanted."))]

    def _with(self, reader: Reader, _: Words, adviser: str) -> Line:
        if adviser == reader.person:
            return Line(_("With you."))
        return Line(_("With {adviser}.", adviser=_.of(self._hub.name_of(adviser))), private=True)

    def _rows(self, reader: Reader) -> Rows:
        _ = self._words(reader)
        slip = self.facts.slip
        if not self._mine(reader):
            return ()
        if slip.state is State.WAITING:
            return self._rows_waiting(reader, _)
        ours = slip.adviser in {None, reader.person}
        if slip.state is State.BOOKED and ours and self.facts.booking and self._over(self.facts.booking):
            held = Button(_("👍 Held"), f"held:{slip.code}:{slip.revision}", "success")
            return ((held, Button(_("Did not happen"), f"reasons:{slip.code}:{slip.revision}")),)
        return ()

    def _rows_waiting(self, reader: Reader, _: Words) -> Rows:
        slip = self.facts.slip
        if slip.adviser and slip.adviser != reader.person:
            return ((Button(_("✋ Take it over"), f"take:{slip.code}:{slip.revision}"),),)
        on = Button(_("➡️ Belongs elsewhere"), f"where:{slip.code}:{slip.revision}")
        if not self._hub.services[slip.service].bookable:
            return ((on,),)
        return ((Button(_("🕐 Set a time"), f"times:{slip.code}:{slip.revision}", "primary"), on),)

    def _mine(self, reader: Reader) -> bool:
        slip = self.facts.slip
        return any(each.id == reader.person and each.answers(slip.service, slip.unit) for each in self.facts.advisers)

    def _over(self, booking: Booking) -> bool:
        return booking.slot.ends <= self._now


def reason_in_words(_: Words, reason: Reason) -> str:
    """Say why a talk did not happen, without blame."""
    return {
        Reason.NOT_NOW: _("Did not want to now"),
        Reason.ILL: _("Ill"),
        Reason.NO_ESCORT: _("There was no escort"),
        Reason.ADVISER_AWAY: _("The adviser could not"),
        Reason.NOT_SAID: _("No reason given"),
    }[reason]


async def refresh_cards(context: Context, slip: Slip) -> Card:
    """Let every card about a slip say what is true now."""
    card = Card(context, await slips.facts(context.turn, slip))
    for adviser in card.facts.advisers:
        context.tell(adviser.id, f"slip:{slip.code}", card.plain)
    refresh_promises(context, card.facts)
    return card


async def settle(context: Context, slip: Slip) -> None:
    """After a press: every card, the pressed message, and the inmate's screen say the same."""
    card = await refresh_cards(context, slip)
    context.show_for(card.plain)
    await refresh_inmate(context, slip)
