"""An adviser's card: one message per slip, which changes in place through the slip's life (F81)."""

from collections.abc import Callable, Iterable

from bot.domain import subjects
from bot.domain.chat.messages import Button, Entry, Line, Reader, View
from bot.domain.chat.uses import Span
from bot.domain.people import Person
from bot.domain.slips.slips import Move, Slip, State
from bot.domain.slips.undoing import can_take_back
from bot.domain.subjects import About
from bot.domain.timetable.bookings import Booking
from bot.usecases.slips import cards, slips
from bot.usecases.slips.cards import Facts
from handlers.chat.context import Context
from handlers.chat.rows import Rows, start_button
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.said.behalf import writer_in_words
from handlers.said.cards import STATES, Look
from handlers.slips import letters
from handlers.slips.card_rows import rows_booked, rows_offered, rows_over, rows_waiting


class Card:
    """Writes the card of one slip for each reader, from the same facts."""

    def __init__(self, context: Context, facts: Facts) -> None:
        self._context = context
        self._hub = context.turn.hub
        self._now = context.turn.now
        self.facts, slip = facts, facts.slip
        # Each of its many readers is looked for among those who may answer the slip.
        own = (each.id for each in facts.advisers if each.answers(slip.service, slip.unit))
        self._phoning: set[str | None] = {each.id for each in facts.coordinators}
        self._answering = self._phoning.union(own)

    def plain(self, reader: Reader) -> View:
        """Write the card as it stands."""
        if reader.one_way:
            return letters.card(self.words(reader), self._hub, self.facts, reader)
        return self.view(reader, self._rows(reader))

    def words(self, reader: Reader) -> Words:
        """Return the reader's words."""
        return self._context.words_for(reader.language)

    def back(self, _: Words) -> Button:
        """Return the way back to the card as it stands."""
        return Button(_("⬅️ Back"), f"card:{self.facts.slip.code}")

    def view(self, reader: Reader, rows: Rows, more: tuple[Line, ...] = (), entries: tuple[Entry, ...] = ()) -> View:
        """Write the card with these buttons, more lines below what it says, and what there may be many of."""
        _, slip = self.words(reader), self.facts.slip
        about = self._about(_) if self._may_know(reader) else []
        lines = (self._title(reader, _), *about, *self._state(reader, _), *more)
        named = subjects.named(slip.inmate) if about else frozenset()
        return View(lines, rows, entries=entries, about=named | {subjects.slip(slip.code)})

    def _title(self, reader: Reader, _: Words) -> Line:
        slip = self.facts.slip
        new = slip.last in {None, Move.FORWARD, Move.LAPSE} and not slip.broken
        if slip.state is State.WAITING and self._may_know(reader) and new:
            return Line(_("📋 New slip {code}, unit {unit}.", code=slip.code, unit=slip.unit))
        return Line(_("📋 Slip {code}, unit {unit}.", code=slip.code, unit=slip.unit))

    def _may_know(self, reader: Reader) -> bool:
        """Who it is and what about is for whoever is to answer or has answered, and for nobody else.

        The coordinator sees it only where the prison has opened it (F22, F23).
        """
        slip = self.facts.slip
        if self._by_phone_for(reader):
            return self._hub.coordinator_reads
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
        if inmate and inmate.interpreter:
            lines.append(Line(_("🗣️ An interpreter is needed."), private=True))
        if topic:
            lines.append(Line(_("About: {topic}", topic=_.of(topic.name)), private=True))
        return [*lines, *writer_in_words(_, self.facts)]

    def _state(self, reader: Reader, _: Words) -> list[Line]:
        slip = self.facts.slip
        if not self._mine(reader):
            return [Line(_("Sent on. You need do nothing.")), *self._where(_)]
        return [*STATES[slip.state](_, self._look(reader)), *self._by_phone(_)]

    def _look(self, reader: Reader) -> Look:
        booking, by_phone = self.facts.booking, self._by_phone_for(reader)
        asked = booking is not None and self._over(booking) and self._answers(reader)
        return Look(self._hub, self.facts, reader, knows=self._may_know(reader), by_phone=by_phone, asked=asked)

    def _by_phone(self, _: Words) -> list[Line]:
        return [Line(_("Entered by the coordinator, by phone."))] if self.facts.slip.phoned_by else []

    def _where(self, _: Words) -> list[Line]:
        name = _.of(self._hub.services[self.facts.slip.service].name)
        return [Line(_("It is with {service} now.", service=name), private=True)]

    def _rows(self, reader: Reader) -> Rows:
        _ = self.words(reader)
        slip = self.facts.slip
        undo = Button(_("↩️ Undo"), f"undo:{slip.code}:{slip.revision}")
        back = ((undo,),) if can_take_back(slip, reader.person or "", self._now) else ()
        home = ((start_button(_),),) if self._by_phone_for(reader) else ()
        return (*(self._rows_of_state(reader, _) if self._mine(reader) else ()), *back, *home)

    def _rows_of_state(self, reader: Reader, _: Words) -> Rows:
        slip, booking = self.facts.slip, self.facts.booking
        ours = self._answers(reader)
        if slip.state is State.WAITING:
            return rows_waiting(self._hub, self.facts, self._now, _) if ours else self._rows_of_colleague(_)
        if slip.state is State.OFFERED and ours:
            return rows_offered(slip, _)
        if slip.state is State.BOOKED and ours and booking:
            return rows_over(slip, _) if self._over(booking) else rows_booked(slip, booking, self._now, _)
        return ()

    def _rows_of_colleague(self, _: Words) -> Rows:
        slip = self.facts.slip
        return ((Button(_("📥 Take it over"), f"take:{slip.code}:{slip.revision}"),),)

    def _mine(self, reader: Reader) -> bool:
        return reader.person in self._answering

    def _by_phone_for(self, reader: Reader) -> bool:
        return reader.person in self._phoning

    def _answers(self, reader: Reader) -> bool:
        return self.facts.slip.adviser in {None, reader.person} or self._by_phone_for(reader)

    def _over(self, booking: Booking) -> bool:
        return booking.slot.ends <= self._now


async def write(context: Context, _person: Person, code: str) -> Callable[[Reader], View] | None:
    """Write the card of a slip anew."""
    slip = await slips.find(context.turn, code)
    return Card(context, await cards.facts(context.turn, slip)).plain if slip else None


async def owners(context: Context, code: str) -> Iterable[Person]:
    """Return who has a card of a slip: every adviser of a service that has or had it (F81)."""
    slip = await slips.find(context.turn, code)
    return await cards.advisers(context.turn, slip) if slip else ()


async def show(context: Context, slip: Slip) -> Card:
    """After a press: the pressed message shows the card as it is now."""
    card = Card(context, await cards.facts(context.turn, slip))
    context.show_for(card.plain)
    return card


VIEWS = {"slip": Living(write, About.SLIP, owners, Span.CARD, same=True)}
