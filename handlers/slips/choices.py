"""The second tap on a card: a time, a service, a date, an answer or a reason, each a button."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from bot.domain.chat.messages import Button, Line, Reader, View
from bot.domain.slips.promises import later_dates
from bot.domain.slips.slips import WHY_MISSED, Reason, State, wished
from bot.domain.timetable.timetable import Slot
from handlers.chat.context import Context
from handlers.chat.rows import pairs, row_by_row
from handlers.said.advisers import REASONS
from handlers.slips.cards import Card

Build = Callable[[Reader], View]
IN_A_ROW = 5


def times(card: Card, slots: list[Slot], declined: Collection[datetime]) -> Build:
    """Write the card with times to choose from: the second of two taps. Another time than the wish is proposed.

    What the inmate has ``declined`` for this slip is not among them, and the card says so.
    """

    def build(reader: Reader) -> View:
        _ = card.words(reader)
        slip = card.facts.slip
        straight = {slot for slot in slots if slip.state is State.WAITING and wished(slip, slot.starts)}
        choices = tuple(
            (
                Button(
                    _.short_time(slot.starts),
                    f"set:{slip.code}:{slot.id}:{slip.revision}",
                    "success" if slot in straight else None,
                ),
            )
            for slot in slots
        )
        none = () if slots else (Line(_("There is no free time in the timetable. You can send the slip on.")),)
        asked = (Line(_("The inmate is asked first whether another time suits.")),) if set(slots) - straight else ()
        known = _.all_of(_.short_time(each) for each in sorted(declined))
        no = (Line(_("The inmate has said no to {times}.", times=known)),) if declined else ()
        return card.view(reader, (*choices, (card.back(_),)), (*no, *none, *asked))

    return build


def callers(context: Context, card: Card) -> Build:
    """Write the card with the advisers of the service: whoever is on the phone."""

    def build(reader: Reader) -> View:
        _ = card.words(reader)
        slip, hub = card.facts.slip, context.turn.hub
        buttons = [
            Button(_.of(hub.name_of(each.id)), f"calls:{slip.code}:{each.id}:{slip.revision}", private=True)
            for each in card.facts.owners()
        ]
        ask = (Line(_("Who is on the phone?")),)
        return card.view(reader, ((card.back(_),),), ask, row_by_row(pairs(buttons)))

    return build


def services(context: Context, card: Card) -> Build:
    """Write the card with the services to which it can be sent on."""

    def build(reader: Reader) -> View:
        _ = card.words(reader)
        slip, hub = card.facts.slip, context.turn.hub
        others = [each for key, each in hub.services.items() if hub.is_answered(key, slip.unit) and key != slip.service]
        buttons = [
            Button(
                f"{each.icon} {_.of(each.name)}",
                f"forward:{slip.code}:{each.key}:{slip.revision}",
                private=each.key != hub.triage,
            )
            for each in others
        ]
        return card.view(reader, (*pairs(buttons), (card.back(_),)))

    return build


def reasons(card: Card, verb: str = "missed", why: Iterable[Reason] = WHY_MISSED) -> Build:
    """Write the card with neutral reasons: why a talk did not happen, or why a time is given back."""

    def build(reader: Reader) -> View:
        _ = card.words(reader)
        slip = card.facts.slip
        buttons = [
            Button(
                REASONS[each](_),
                f"{verb}:{slip.code}:{each}:{slip.revision}",
                private=each is not Reason.NOT_SAID,
            )
            for each in why
        ]
        return card.view(reader, (*pairs(buttons), (card.back(_),)))

    return build


def later(context: Context, card: Card) -> Build:
    """Write the card with the dates to which its promise can be moved, once."""

    def build(reader: Reader) -> View:
        _ = card.words(reader)
        slip, hub = card.facts.slip, context.turn.hub
        rows = tuple(
            (Button(_.short_day(date), f"extend:{slip.code}:{days}:{slip.revision}"),)
            for days, date in later_dates(slip, hub, context.turn.now).items()
        )
        none = () if rows else (Line(_("The promise lies further ahead already.")),)
        once = Line(_("When do you answer? This can be done once."))
        return card.view(reader, (*rows, (card.back(_),)), (once, *none))

    return build


def answers(context: Context, card: Card) -> Build:
    """Write the card with the hub's own answers, each a numbered sentence in plain words."""

    def build(reader: Reader) -> View:
        _ = card.words(reader)
        slip, known = card.facts.slip, context.turn.hub.answers
        lines = [Line(f"{number}. {_.of(words)}", private=True) for number, words in enumerate(known.values(), 1)]
        buttons = [
            Button(str(number), f"answer:{slip.code}:{key}:{slip.revision}", private=True)
            for number, key in enumerate(known, 1)
        ]
        rows = tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))
        ask = Line(_("Which answer shall the inmate get?"))
        return card.view(reader, (*rows, (card.back(_),)), (ask, *lines))

    return build
