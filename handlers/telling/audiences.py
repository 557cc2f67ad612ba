"""How many an announcement concerns, in words; and the screens that say it as soon as they greet."""

from collections.abc import Collection

from bot.usecases.screen import kiosks
from bot.usecases.telling.audiences import Concerned
from handlers.chat.context import Context
from handlers.chat.rows import page
from handlers.chat.words import Words


def reach(_: Words, concerned: Concerned) -> str:
    """Say how many screens, staff and inmates it concerns."""
    return _(
        "It concerns: {screens}, {staff}, {inmates}.",
        screens=_.n_("{n} screen", "{n} screens", len(concerned.kiosks)),
        staff=_.n_("{n} of the staff", "{n} of the staff", len(concerned.staff)),
        inmates=_.n_("{n} inmate", "{n} inmates", concerned.inmates),
    )


async def say_at_screens(context: Context, units: Collection[str], broadcast: int) -> None:
    """Let the screens of these units that greet say it, behind everybody's taps; that they did is counted.

    Whatever else stands on a screen is about its unit, and follows by itself.
    """
    for session in await kiosks.resting(context.turn):
        if session.unit in units:
            with context.turn.standing_at(session):
                context.broadcast_to_kiosk(broadcast, session.kiosk, await page(context))
