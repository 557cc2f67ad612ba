"""After a change to a slip, everybody who sees something of it sees what is true now."""

from bot.domain.bookings import Booking
from bot.domain.slips import Slip
from handlers.chat.context import Context
from handlers.chat.rows import refresh_inmate
from handlers.slips.cards import Card, refresh_cards
from handlers.slips.reminders import refresh_days


async def changed(context: Context, slip: Slip, *times: Booking) -> Card:
    """Refresh the cards, the inmate's screen, and the lists of the days on which these times lie."""
    card = await refresh_cards(context, slip)
    await refresh_inmate(context, slip)
    for booking in times:
        await refresh_days(context, booking)
    return card


async def settle(context: Context, slip: Slip, *times: Booking) -> None:
    """After a press on a card: everything says the same, and so does the pressed message."""
    card = await changed(context, slip, *times)
    context.show_for(card.plain)
