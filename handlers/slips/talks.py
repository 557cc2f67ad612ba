"""How a talk went: the inmate can tell at the screen, the adviser is asked, and in the end somebody else finds out."""

from telegram import Update

from bot.domain.chat.uses import Span, Use
from bot.domain.people import Role
from bot.domain.reminders import Kind
from bot.domain.slips.slips import Slip
from bot.usecases.slips import cards, talks
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import open_page
from handlers.slips.promises import untold, untold_key


async def held(_update: Update, context: Context) -> None:
    """Note that the talk took place, as the inmate says."""
    await _told(context, await talks.hold_own(context.turn, context.text("slip"), context.number("revision")))


async def not_held(_update: Update, context: Context) -> None:
    """Let the slip wait once more, because the talk did not take place."""
    await _told(context, await talks.renew(context.turn, context.text("slip"), context.number("revision")))


async def _told(context: Context, slip: Slip) -> None:
    await open_page(context, f"slip:{slip.code}")


async def ask(context: Context, code: str) -> None:
    """Ask the adviser in the morning how the talk went."""
    await _ask(context, code, Kind.UNTOLD)


async def ask_still(context: Context, code: str) -> None:
    """Ask once more, some days later."""
    await _ask(context, code, Kind.UNTOLD_STILL)


async def _ask(context: Context, code: str, kind: Kind) -> None:
    slip = await talks.untold(context.turn, code)
    if slip is None:
        return
    facts = await cards.facts(context.turn, slip)
    for person in facts.owners():
        context.bring_to(person, untold_key(code, kind), Use(Span.UNTOLD_TALK, code), untold(context, facts, due=True))


async def lapse(context: Context, code: str) -> None:
    """Where nobody has told in time, let the social adviser find out, with a new promise; the inmate is told."""
    await talks.lapse(context.turn, code)


HANDLERS = [
    tap("we_talked:{slip}:{revision}", held, may=Role.INMATE),
    tap("no_talk:{slip}:{revision}", not_held, may=Role.INMATE),
]

JOBS = {Kind.UNTOLD: ask, Kind.UNTOLD_STILL: ask_still, Kind.UNTOLD_END: lapse}
