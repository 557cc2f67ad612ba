"""What a card says of its slip: what happened last, how a talk went, and whether somebody is fetched."""

from collections.abc import Callable

from bot.domain.chat.messages import Line
from bot.domain.movements import Tick
from bot.domain.services import Hub
from bot.domain.slips.slips import WAITS_AGAIN, Move, Side, Slip
from bot.domain.whole import Whole
from bot.usecases.movements import Walk
from bot.usecases.slips.cards import Facts
from handlers.chat.words import Words
from handlers.said.advisers import TICKS

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


def what_happened(_: Words, slip: Slip) -> list[Line]:
    """Say what happened last to a slip that waits."""
    say = HAPPENED.get(slip.last) if slip.last else None
    return [Line(say(_, slip.last_side))] if say else []


def untold_talk(_: Words, hub: Hub, facts: Facts) -> list[Line]:
    """Say when and with whom the talk was of which somebody is to find out; of a silent service only when (F10)."""
    if facts.untold is None:
        return []
    slot = facts.untold.slot
    when = _.day_and_time(slot.starts)
    if hub.services[slot.service].silent:
        return [Line(_("The talk was {when}.", when=when), private=True)]
    adviser = _.of(hub.name_of(slot.adviser))
    return [Line(_("The talk was {when}, with {adviser}.", when=when, adviser=adviser), private=True)]


def fetching_in_words(_: Words, walk: Walk | None) -> list[Line]:
    """Say to the adviser whether somebody is on the way; why not stays inside the house."""
    if walk is None:
        return []
    if walk.movement.tick is Tick.FETCHED:
        return [Line(_("🚶 On the way."))]
    if walk.movement.tick:
        why = Line(_("The officer notes: {word}.", word=TICKS[walk.movement.tick](_)), private=True)
        return [Line(_("⏳ Not coming now.")), why]
    return [Line(_("⏳ An escort is not arranged yet."))] if walk.waits else []
