"""The last page of a notice at the desk: how it looks, whom it reaches, and who reads it outside the house."""

from collections.abc import Mapping

from bot.domain.chat.messages import Button
from bot.domain.notices.notices import Notice
from bot.domain.services import lacking
from bot.usecases.chat.flows import At
from bot.usecases.notices import notices
from bot.usecases.notices import plans as cases
from bot.usecases.telling import audiences
from handlers.chat.context import Context
from handlers.chat.rows import mark
from handlers.chat.words import Words
from handlers.flow.questions import Part, Write, finishes, press
from handlers.notices.words import audience, period, talk
from handlers.said.announcements import missing_in, reach
from handlers.said.managers import NETWORKS
from handlers.said.notices import headline


async def summary(context: Context, at: At) -> Write:
    """Write the page on which all of a notice stands, before it is published or corrected."""
    present = await cases.corrected(context.turn, at.draft)
    notice = cases.planned(context.turn, at.draft)
    concerned = await notices.concerned(context.turn, notice)
    outside = await audiences.outside(context.turn, concerned.staff)

    def write(_: Words) -> Part:
        lines = [*_preview(context, _, notice), period(context, _, notice), audience(_, notice)]
        lines += missing_in(_, lacking(context.turn.hub.languages, notice.texts))
        lines += [reach(_, concerned), *_who_reads_outside(_, notice, outside), *_meanwhile(_, at, present)]
        label, seen = (_("✅ Correct it"), present.revision) if present else (_("✅ Publish"), 0)
        leaves = ((_leaves(_, at, notice),),) if outside and not present else ()
        return [*lines, *talk(context, _, notice)], (*leaves, (Button(label, finishes(at, seen), "success"),))

    return write


def _leaves(_: Words, at: At, notice: Notice) -> Button:
    return Button(mark(notice.outside, _("Outside the house too")), press(at, cases.OUTSIDE))


def _who_reads_outside(_: Words, notice: Notice, ways: Mapping[str, int]) -> list[str]:
    """Say who reads it outside the house and how, and what they are told there."""
    if not ways:
        return []
    how = ", ".join(f"{NETWORKS.get(network, network)} {n}" for network, n in ways.items())
    read = _("Some of the staff read it outside the house: {how}.", how=how)
    if notice.outside:
        return [read, _("⚠️ The words leave the house, as they stand.")]
    return [read, _("There it says only: “{text}”", text=_("📣 There is a new notice in the house."))]


def _preview(context: Context, _: Words, notice: Notice) -> list[str]:
    """Return what a screen shows in each language."""
    shown = [headline(context.words_to_inmates(language), notice) for language in context.turn.hub.languages]
    return [_("This is how it looks:"), *shown]


def _meanwhile(_: Words, at: At, present: Notice | None) -> list[str]:
    """Say where somebody else has corrected the notice since: what was typed here is kept, and can still be used."""
    if present is None or all(present.texts.get(each) == text for each, text in at.draft["old"].items()):
        return []
    return [_("Somebody else has changed it meanwhile. Now it says: {text}", text=_.of(present.texts))]
