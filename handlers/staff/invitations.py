"""The paper with which somebody of the staff joins, from a one-time code and a square to scan."""

from bot.documents import invitations, recipes
from bot.domain.people import INVITE_LIFETIME
from handlers.chat.context import Context
from handlers.chat.handed_over import Printout

TELEGRAM = "telegram"


def invitation(context: Context, code: str, link: str | None = None) -> Printout:
    """Return the paper with which somebody of the staff joins by a one-time code that was made in this turn.

    The QR code is the ``link``, else the one of Telegram, else the line to write; a device's link stands there in
    letters too.
    """
    _ = context.words
    line = f"/start {code}"
    scanned = link or context.turn.edge.link_to(TELEGRAM, code) or line
    until = context.turn.now + INVITE_LIFETIME
    said = invitations.Invitation(
        context.turn.hub.name,
        context.turn.now,
        _.language,
        _("Invitation to the hub"),
        (_("With it you get your own chat with the hub."), _("Scan the square with the camera of your device.")),
        scanned,
        _("Or open this address:") if link else _("Or write this to the bot:"),
        (link or line,),
        (
            _("It works once, until {time}.", time=_.day_and_time(until)),
            _("It is for you alone. Tear it up when it is used."),
        ),
    )
    return Printout(
        _("Invitation"), _("📄 The code on paper, with a square to scan."), recipes.written(said), passing=True
    )
