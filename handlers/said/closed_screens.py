"""What a screen says that takes no codes after many wrong ones, and what one can do."""

from bot.usecases.screen import closings
from handlers.chat.context import Context
from handlers.chat.words import Words


def none_taken(_: Words) -> list[str]:
    """Say at a screen that it takes no codes, and what one can do."""
    return [
        _("This screen takes no codes just now."),
        _("An officer can open it."),
        _("You can use a paper slip too. It counts just as much."),
    ]


async def way_in(context: Context, how: str) -> list[str]:
    """Say ``how`` to go on by the buttons of the units; where the screen is closed there are none, and it says so."""
    return none_taken(context.words) if await closings.of_kiosk(context.turn) else [how]
