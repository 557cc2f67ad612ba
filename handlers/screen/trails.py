"""One step back, on every page of a kiosk: to the page from which one came, and nothing that was chosen is lost."""

from telegram import Update

from bot.domain.people import SCREEN, Role
from bot.usecases.screen import kiosks, trails
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import show_page


async def go_back(_update: Update, context: Context) -> None:
    """Go one step back; a code that was being made is not made then, and that is said."""
    say_what_becomes_of_a_code(context)
    trails.go_back(context.turn, context.number("page"))
    await show_page(context)


def say_what_becomes_of_a_code(context: Context) -> None:
    """Say to whoever leaves the pad before their code is made what they have now."""
    pad = context.turn.pads.get(context.turn.session.kiosk)
    if pad is None or pad.owner is None:
        return
    if context.turn.actor.role is Role.INMATE:
        context.alert(context.words("Nothing was changed. You have the code you had."))
    else:
        context.alert(context.words("Your own code is not made yet. An officer helps you."))


async def choose_again(_update: Update, context: Context) -> None:
    """Go back from entering a new PIN once more to choosing it."""
    kiosks.choose_again(context.turn)
    await show_page(context)


HANDLERS = [
    tap("back:{page}", go_back, may=SCREEN),
    tap("choose_again", choose_again, may=SCREEN),
]
