"""What is said of a slip that somebody of the staff wrote for an inmate: who did, and that the inmate was asked."""

from bot.domain.chat.messages import Line
from bot.domain.people import CARERS, Role
from bot.domain.slips.slips import Source
from bot.domain.whole import Whole
from bot.usecases.slips.cards import Facts
from handlers.chat.words import Say, Words

WROTE: Whole[Role, Say] = Whole(
    "who wrote a slip on behalf of an inmate",
    CARERS,
    {
        Role.OFFICER: lambda _: _("Written by the contact officer. The inmate said yes."),
        Role.SOCIAL_ADVISER: lambda _: _("Written by the social adviser. The inmate said yes."),
    },
)


def writer_in_words(_: Words, facts: Facts) -> list[Line]:
    """Say to the adviser where the slip comes from: the writer's role, and that the inmate was asked."""
    slip = facts.slip
    if slip.source is Source.PAPER:
        return [Line(_("From a paper slip of {date}.", date=_.day(slip.sent_at)), private=True)]
    if facts.writer is None:
        return []
    return [Line(_by(_, facts.writer.role), private=True)]


def _by(_: Words, role: Role) -> str:
    # Who has left since, or does something else by now, was of the staff.
    return WROTE[role](_) if role in WROTE else _("Written by the staff. The inmate said yes.")
