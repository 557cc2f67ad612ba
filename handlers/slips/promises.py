"""What is said about a promise: at its half, when it breaks, and that it is taken care of (F125, F136)."""

from bot.domain import subjects
from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person
from bot.domain.reminders import AFTER_A_TALK, Kind
from bot.domain.slips.slips import Slip, State
from bot.domain.slips.talks import is_over, told_by
from bot.domain.subjects import About, Subject
from bot.usecases.chat import accounts
from bot.usecases.slips import cards, slips
from bot.usecases.slips.cards import Facts
from handlers.chat.context import Context
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.slips import letters


def half_key(code: str) -> str:
    """Name the message about half of a slip's promise."""
    return f"reminder:{code}:half"


def end_key(code: str) -> str:
    """Name the message about a slip's broken promise."""
    return f"reminder:{code}:end"


def untold_key(code: str, kind: Kind) -> str:
    """Name the message that asks how a slip's talk went."""
    return f"reminder:{code}:{kind}"


def half(context: Context, facts: Facts, *, due: bool = False) -> Build:
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
        lines = (Line(text), Line(_("Answer by {date}.", date=_.day(slip.answer_by))))
        return View(lines, ((_open(_, slip),),), about=_about(slip))

    return build


def end(context: Context, facts: Facts) -> Build:
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
        return View(lines, ((_open(_, slip),),) if mine else (), about=_about(slip))

    return build


def untold(context: Context, facts: Facts, *, due: bool = False) -> Build:
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
        return View((Line(ask), until), ((_open(_, slip),),), about=_about(slip))

    return build


async def write(context: Context, _person: Person, rest: str) -> Build | None:
    """Let a reminder say what is true of its slip now; ``rest`` is the slip's code, and which reminder it is."""
    code, _, which = rest.partition(":")
    slip = await slips.find(context.turn, code)
    writers = {half_key(code): half, end_key(code): end, **{untold_key(code, kind): untold for kind in AFTER_A_TALK}}
    writer = writers.get(f"reminder:{code}:{which}")
    return writer(context, await cards.facts(context.turn, slip)) if slip and writer else None


async def tell_unheard(context: Context, code: str) -> None:
    """Where nobody who is to answer a slip can be reached, tell the coordinator."""
    slip = await slips.find(context.turn, code)
    facts = await cards.facts(context.turn, slip) if slip else None
    if facts and await accounts.unheard(context.turn, facts):
        for person in await accounts.told(context.turn):
            context.tell(person.id, f"unheard:{code}", Use(Span.WAITING_SLIP, code), _unheard(context, facts))


async def write_unheard(context: Context, _person: Person, code: str) -> Build | None:
    """Where somebody was told that nobody could be reached for a slip, say what is true now."""
    slip = await slips.find(context.turn, code)
    if slip is None:
        return None
    facts = await cards.facts(context.turn, slip)
    return _unheard(context, facts) if await accounts.unheard(context.turn, facts) else _heard(context, slip)


def _heard(context: Context, slip: Slip) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        if slip.state is not State.WAITING:
            return _done(_, slip)
        text = _("✅ {code}, unit {unit}: somebody can be reached.", code=slip.code, unit=slip.unit)
        return View((Line(text),), about=_about(slip))

    return build


def _unheard(context: Context, facts: Facts) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        slip = facts.slip
        text = _("❗ Nobody can be reached for {code}, unit {unit}. Please call.", code=slip.code, unit=slip.unit)
        service = _.of(context.turn.hub.services[slip.service].name)
        lines = (Line(text), Line(_("Service: {service}.", service=service), private=True))
        answer = Line(_("Answer by {date}.", date=_.day(slip.answer_by)))
        return View((*lines, answer), about=_about(slip))

    return build


def _done(_: Words, slip: Slip) -> View:
    text = _("✅ {code}, unit {unit}: taken care of.", code=slip.code, unit=slip.unit)
    return View((Line(text),), about=_about(slip))


def _about(slip: Slip) -> frozenset[Subject]:
    return subjects.slips(slip.code)


def _open(_: Words, slip: Slip) -> Button:
    return Button(_("📋 Show the slip"), f"card:{slip.code}", "primary")


VIEWS = {"reminder": Living(write, same=True), "unheard": Living(write_unheard, same=True)}

TELLING = [(About.SLIP, tell_unheard)]
