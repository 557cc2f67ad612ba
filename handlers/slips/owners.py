"""Who has a slip: seeing it, sending it on to where it belongs, taking it over (F165)."""

from telegram import Update

from bot.domain.people import ADVISERS, ANSWERERS, Role
from bot.usecases.slips import cards, slips
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.slips import choices
from handlers.slips.cards import Card, show


async def show_card(_update: Update, context: Context) -> None:
    """Show the slip as it stands, in the message that was pressed."""
    slip = await cards.readable(context.turn, context.text("slip"))
    context.show_for(Card(context, await cards.opened(context.turn, slip)).plain)


async def show_services(_update: Update, context: Context) -> None:
    """Ask where the slip belongs."""
    slip = await slips.addressed(context.turn, context.text("slip"), context.number("revision"))
    context.show_for(choices.services(context, Card(context, await cards.opened(context.turn, slip))))


async def forward(_update: Update, context: Context) -> None:
    """Send the slip on; its inmate is told, code, place in line and promise stay."""
    code, revision = context.text("slip"), context.number("revision")
    await show(context, await slips.forward(context.turn, code, revision, context.text("service")))


async def take(_update: Update, context: Context) -> None:
    """Take the slip over from a colleague."""
    await show(context, await slips.take(context.turn, context.text("slip"), context.number("revision")))


HANDLERS = [
    tap("card:{slip}", show_card, may=ANSWERERS),
    tap("phone:{slip}", show_card, may=Role.COORDINATOR),
    tap("where:{slip}:{revision}", show_services, may=ANSWERERS, again=show_card),
    tap("forward:{slip}:{service}:{revision}", forward, may=ANSWERERS, again=show_card),
    tap("take:{slip}:{revision}", take, may=ADVISERS, again=show_card),
]
