"""At night, what is no longer of use goes: ended slips with their messages, quiet ones, old notices, dead messages."""

from bot.domain.reminders import Kind
from bot.usecases import retention
from bot.usecases.chat import chats, owed
from bot.usecases.notices import notices
from bot.usecases.screen import closings, kiosks
from handlers.chat.context import Context
from handlers.chat.rows import lock


async def clean_up(context: Context, _about: str) -> None:
    """Close what has become quiet, and delete what has ended long ago."""
    await retention.close_quiet(context.turn)
    for kiosk in dict.fromkeys(
        [*await retention.delete_old(context.turn), *await retention.delete_lists(context.turn)]
    ):
        await lock(context, kiosk)
    await notices.forget_ended(context.turn)


async def every_night(context: Context, about: str) -> None:
    """Do the work of the night: what the hub itself does comes first, for the screens are renewed in their own name."""
    await clean_up(context, about)
    retention.begin_day(context.turn)
    for person, key in await chats.no_longer_needed(context.turn):
        context.put_away(person, key)
    await owed.forget_refused(context.turn)
    await closings.tell_again(context.turn)
    for kiosk in await kiosks.renew_screens(context.turn):
        await lock(context, kiosk)


JOBS = {Kind.NIGHT: every_night}
