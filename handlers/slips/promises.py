"""What is said about a promise: at its half, when it breaks, and that it is taken care of (F125, F136)."""

from collections.abc import Callable

from bot.domain.messages import Button, Line, Reader, View
from bot.domain.reminders import AFTER_A_TALK, Kind
from bot.domain.slips import Slip, State
from bot.domain.talks import is_over, told_by
from bot.usecases import accounts
from bot.usecases.cards import Facts
from handlers.chat.context import Context
from handlers.chat.words import Words
from handlers.papers import letters


def half_key(code: str) -> str:
    """Name the message about half of a slip's promise."""
    return f"reminder:{code}:half"


def end_key(code: str) -> str:
    """Name the message about a slip's broken promise."""
    return f"reminder:{code}:end"


def untold_key(code: str, kind: Kind) -> str:
    """Name the message that asks how a slip's talk went."""
    return f"reminder:{code}:{kind}"


def half(context: Context, facts: Facts, *, due: bool = False) -> Callable[[Reader], View | None]:
    """Remind whoever is to answer (``due``); once that is done, say so in the same place."""
    owners = {person.id for person in facts.owners()}

    def build(reader: Reader) -> View | None:
        _ = context.words_for(reader.language)
        if reader.one_way:
            return letters.half(_, context.turn.hub, facts, reader, due=due)
        slip = facts.slip
        if slip.state is not State.WAITING or reader.person not in owners:
            return _done(_, slip)
        text = _("⏰ {code}, unit {unit}, waits for an answer.", code=slip.code, unit=slip.unit)
        return View((Line(text), Line(_("Answer by {date}.", date=_.day(slip.answer_by)))), ((_open(_, slip),),))

    return build


def end(context: Context, facts: Facts) -> Callable[[Reader], View | None]:
    """Say that a promise was not kept, and what has been promised instead; later, that it is taken care of."""

    def build(reader: Reader) -> View | None:
        _ = context.words_for(reader.language)
        if reader.one_way:
            return letters.end(_, context.turn.hub, facts, reader)
        slip = facts.slip
        if slip.state is not State.WAITING or not slip.broken:
            return _done(_, slip)
        lines = (
            Line(_("❗ The promise for {code}, unit {unit}, was not kept.", code=slip.code, unit=slip.unit)),
            Line(_("The inmate has been told. New promise: {date}.", date=_.day(slip.answer_by))),
        )
        mine = reader.person in {person.id for person in facts.owners()}
        return View(lines, ((_open(_, slip),),) if mine else ())

    return build


def untold(context: Context, facts: Facts, *, due: bool = False) -> Callable[[Reader], View | None]:
    """Ask whoever had a talk how it went (``due``); once somebody has told, say so in the same place."""
    owners = {person.id for person in facts.owners()}

    def build(reader: Reader) -> View | None:
        _ = context.words_for(reader.language)
        slip, booking = facts.slip, facts.booking
        if reader.one_way:
            return letters.untold(_, context.turn, facts, reader, due=due)
        if booking is None or not is_over(slip, booking, context.turn.now) or reader.person not in owners:
            return _done(_, slip)
        ask = _("⏰ {code}, unit {unit}: did the talk take place?", code=slip.code, unit=slip.unit)
        until = Line(_("Please tell by {date}.", date=_.day(told_by(context.turn.hub, booking))))
        return View((Line(ask), until), ((_open(_, slip),),))

    return build


def refresh_promises(context: Context, facts: Facts) -> None:
    """Where somebody has been reminded of a slip, let the reminder say what is true now."""
    code = facts.slip.code
    for person in facts.told_of_breach():
        context.tell(person.id, half_key(code), half(context, facts), only_there=True)
        context.tell(person.id, end_key(code), end(context, facts), only_there=True)
        for kind in AFTER_A_TALK:
            context.tell(person.id, untold_key(code, kind), untold(context, facts), only_there=True)


async def refresh_unheard(context: Context, facts: Facts, *, quietly: bool) -> None:
    """Where nobody who is to answer a slip can be reached, tell the coordinator; once somebody can, say so there."""
    unheard = await accounts.unheard(context.turn, facts)
    if unheard is False:
        await say_heard(context, facts)
    for person in await accounts.told(context.turn) if unheard else ():
        context.tell(person.id, _unheard_key(facts), _unheard(context, facts), only_there=quietly)


async def say_heard(context: Context, facts: Facts) -> None:
    """Where somebody was told that nobody could be reached for a slip, say what is true now."""

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        slip = facts.slip
        if slip.state is not State.WAITING:
            return _done(_, slip)
        return View((Line(_("✔️ {code}, unit {unit}: somebody can be reached.", code=slip.code, unit=slip.unit)),))

    for person in await accounts.ever_told(context.turn):
        context.tell(person.id, _unheard_key(facts), build, only_there=True)


def _unheard_key(facts: Facts) -> str:
    return f"unheard:{facts.slip.code}"


def _unheard(context: Context, facts: Facts) -> Callable[[Reader], View]:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        slip = facts.slip
        text = _("❗ Nobody can be reached for {code}, unit {unit}. Please call.", code=slip.code, unit=slip.unit)
        service = _.of(context.turn.hub.services[slip.service].name)
        lines = (Line(text), Line(_("Service: {service}.", service=service), private=True))
        return View((*lines, Line(_("Answer by {date}.", date=_.day(slip.answer_by)))))

    return build


def _done(_: Words, slip: Slip) -> View:
    return View((Line(_("✔️ {code}, unit {unit}: taken care of.", code=slip.code, unit=slip.unit)),))


def _open(_: Words, slip: Slip) -> Button:
    return Button(_("📋 Show the slip"), f"card:{slip.code}", "primary")
