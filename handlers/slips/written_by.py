"""Who wrote a slip that did not come from a screen: said to its inmate, and to whoever answers (J14)."""

from bot.domain.chat.messages import Line
from bot.domain.people import Role
from bot.domain.slips.slips import Slip, Source
from bot.usecases.slips.cards import Facts
from handlers.chat.context import Context
from handlers.chat.words import Words


def to_inmate(context: Context, slip: Slip) -> str:
    """Say to the inmate who wrote the slip, if it was somebody else."""
    _ = context.words
    if slip.written_by is None:
        return ""
    name = _.of(context.turn.hub.name_of(slip.written_by))
    if slip.source is Source.PAPER:
        return _("From your paper slip of {date}, typed in by {name}.", date=_.day(slip.sent_at), name=name)
    return _("Written by {name} for you.", name=name)


def to_adviser(_: Words, facts: Facts) -> list[Line]:
    """Say to the adviser where the slip comes from: the writer's role, and that the inmate was asked."""
    slip = facts.slip
    if slip.source is Source.PAPER:
        return [Line(_("From a paper slip of {date}.", date=_.day(slip.sent_at)), private=True)]
    if facts.writer is None:
        return []
    return [Line(_by(_, facts.writer.role), private=True)]


def _by(_: Words, role: Role) -> str:
    if role is Role.OFFICER:
        return _("Written by the contact officer. The inmate said yes.")
    if role is Role.SOCIAL_ADVISER:
        return _("Written by the social adviser. The inmate said yes.")
    return _("Written by the staff. The inmate said yes.")
