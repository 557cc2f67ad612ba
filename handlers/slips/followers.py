"""Everything that follows a slip, written anew when something has happened to it."""

from collections.abc import Iterable

from bot.domain.slips import Slip
from bot.usecases import cards, movements, slips
from handlers.chat.context import Context
from handlers.chat.rows import refresh_inmate
from handlers.chat.views import refresh_pages
from handlers.slips.cards import Card
from handlers.slips.promises import refresh_promises, refresh_unheard


async def refresh_cards(context: Context, slip: Slip, *, quietly: bool = False) -> Card:
    """Let every card about a slip say what is true now, and everything else that depends on it.

    ``quietly`` tells the coordinator nothing new, for nothing has happened to the slip.
    """
    card = await _tell_cards(context, slip, quietly=quietly)
    if card.facts.booking and card.facts.inmate and card.facts.inmate.escort:
        await refresh_walks(context, await movements.depending_on(context.turn, slip.code))
    for follow in context.bot_data["followers"]:
        await follow(context, card.facts)
    return card


async def refresh_walks(context: Context, codes: Iterable[str]) -> None:
    """Where an escort has come or gone for these slips, let everybody who sees them see that."""
    for code in sorted(codes):
        if slip := await slips.find(context.turn, code):
            card = await _tell_cards(context, slip, quietly=True)
            await refresh_inmate(context, slip)
            await refresh_pages(context, card.facts)


async def _tell_cards(context: Context, slip: Slip, *, quietly: bool) -> Card:
    card = Card(context, await cards.facts(context.turn, slip))
    for adviser in card.facts.advisers:
        context.tell(adviser.id, f"slip:{slip.code}", card.plain)
    refresh_promises(context, card.facts)
    await refresh_unheard(context, card.facts, quietly=quietly)
    return card
