"""The last page of a notice at the desk: how it looks, whom it reaches, and who reads it outside the house."""

from collections.abc import Mapping

from bot.domain import notice_plans as plans
from bot.domain.desks import Desk
from bot.domain.messages import Build, Button, Line, View
from bot.domain.notices import Notice
from bot.usecases import audiences, notices
from bot.usecases import notice_plans as cases
from handlers.chat.context import Context
from handlers.chat.inmate_pages import indoors
from handlers.chat.start import home_button
from handlers.chat.words import Words
from handlers.notices.words import audience, headline, period, talk
from handlers.staff.accounts import NAMES
from handlers.telling.audiences import reach


def title(_: Words, desk: Desk) -> list[str]:
    """Say what is being done."""
    number = desk.draft.get("fixing")
    return [_("✏️ Correct notice {n}", n=number) if number else _("➕ New notice")]


def ways(context: Context, _: Words, desk: Desk) -> tuple[Button, ...]:
    """Return the ways back."""
    begun = plans.answered(desk.draft, context.turn.hub.languages)
    one_back = [Button(_("⬅️ Back"), f"notice_back:{desk.step}")] if begun else []
    return (*one_back, Button(_("📣 Notices"), "notice_desk"), home_button(_))


async def summary(context: Context, desk: Desk) -> Build:
    """Write the page on which all of a notice stands, before it is published or corrected."""
    present = await cases.corrected(context.turn, desk.draft)
    notice = cases.planned(context.turn, desk.draft)
    concerned = await notices.concerned(context.turn, notice)
    outside = await audiences.outside(context.turn, concerned.staff)

    def write(_: Words) -> View:
        lines = [*title(_, desk), *_preview(context, _, notice), period(context, _, notice), audience(_, notice)]
        lines += [reach(_, concerned), *_who_reads_outside(_, notice, outside), *_meanwhile(_, desk, present)]
        label = _("✅ Correct it") if present else _("✅ Publish")
        done = Button(label, f"notice_done:{desk.step}:{present.revision if present else 0}", "success")
        leaves = ((_leaves(_, desk, notice),),) if outside and not present else ()
        said = (*map(Line, lines), *talk(context, _, notice))
        return View(said, (*leaves, (done,), ways(context, _, desk)))

    return indoors(context, write)


def _leaves(_: Words, desk: Desk, notice: Notice) -> Button:
    also = _("Outside the house too")
    return Button(f"✅ {also}" if notice.outside else f"▫️ {also}", f"notice_leave:{desk.step}")


def _who_reads_outside(_: Words, notice: Notice, ways: Mapping[str, int]) -> list[str]:
    """Say who reads it outside the house and how, and what they are told there."""
    if not ways:
        return []
    how = ", ".join(f"{NAMES.get(network, network)} {n}" for network, n in ways.items())
    read = _("Some of the staff read it outside the house: {how}.", how=how)
    if notice.outside:
        return [read, _("❗ The words leave the house, as they stand.")]
    return [read, _("There it says only: “{text}”", text=_("📣 There is a new notice in the house."))]


def _preview(context: Context, _: Words, notice: Notice) -> list[str]:
    """Return what a screen shows in each language."""
    shown = [headline(context.words_for(language), notice) for language in context.turn.hub.languages]
    return [_("This is how it looks:"), *shown]


def _meanwhile(_: Words, desk: Desk, present: Notice | None) -> list[str]:
    """Say where somebody else has corrected the notice since: what was typed here is kept, and can still be used."""
    if present is None or all(present.texts.get(each) == text for each, text in desk.draft["old"].items()):
        return []
    return [_("Somebody else has changed it meanwhile. Now it says: {text}", text=_.of(present.texts))]
