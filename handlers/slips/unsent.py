"""A slip that was begun and is not sent: home says so, and whoever finishes is asked what shall become of it (J3)."""

from telegram import Update

from bot.domain.chat.messages import Button, View
from bot.domain.people import Role
from bot.domain.screen.kiosks import UNSENT
from bot.usecases.screen import leaving
from bot.usecases.slips import drafts
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import screen, show_page
from handlers.slips.drafts import go_on, in_words


async def unsent(context: Context, _argument: str) -> View:
    """Ask what shall become of the slip, with everything that would be sent."""
    _ = context.words
    step = context.turn.session.step
    draft = drafts.at(context.turn, step)
    return screen(
        context,
        _("The slip is not sent. Send it now?"),
        *in_words(context, draft),
        rows=(
            (Button(_("✅ Send it now"), f"send:{step}", "success"),),
            (Button(_("🔒 Finish, send later"), "send_later"),),
            (Button(_("🗑️ Throw it away"), f"throw_away:{step}", "danger"),),
        ),
        back="go_on",
    )


async def resume(_update: Update, context: Context) -> None:
    """Go on with the slip where it was left."""
    await go_on(context)


async def send_later(_update: Update, context: Context) -> None:
    """Keep the slip for who has begun it, and lock."""
    context.alert(context.words("Your slip is kept. The screen is locked."))
    await leaving.leave_for_later(context.turn)
    await show_page(context)


async def throw_away(_update: Update, context: Context) -> None:
    """Be done with the slip, and lock."""
    drafts.at(context.turn, context.number("step"))
    context.alert(context.words("The slip is thrown away. The screen is locked."))
    leaving.leave(context.turn)
    await show_page(context)


PAGES = {UNSENT: unsent}

HANDLERS = [
    tap("resume", resume, may=Role.INMATE),
    tap("send_later", send_later, may=Role.INMATE),
    tap("throw_away:{step}", throw_away, may=Role.INMATE),
]
