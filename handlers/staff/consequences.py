"""Before a change of the staff leaves a service without anybody, a page says what that means, and asks (F24)."""

from collections.abc import Sequence

from bot.domain import subjects
from bot.domain.chat.messages import Build, Button, Reader, View
from bot.domain.people import Person
from bot.domain.subjects import HUB, Subject
from bot.usecases.staff import coverage, scopes
from bot.usecases.staff.coverage import Gap
from handlers.chat.context import Context
from handlers.chat.inside import inside
from handlers.chat.rows import start_button
from handlers.chat.words import Words


async def of_change(context: Context, before: Person, after: Person | None) -> tuple[Gap, ...]:
    """Return what a change would leave without anybody; one that cannot be made is refused before it is asked about."""
    await scopes.possible(context.turn, before, after)
    return await coverage.gaps(context.turn, before, after)


def as_seen(gaps: Sequence[Gap]) -> int:
    """Return what a button tells of the consequences that stood beside it: how many units are left, and none is 0."""
    return sum(len(each.units) for each in gaps)


def seen(context: Context) -> int:
    """Return what the pressed button tells of the consequences that stood beside it."""
    return context.number("number") if "number" in context.arguments else 0


def in_words(context: Context, _: Words, gaps: Sequence[Gap]) -> list[str]:
    """Say for each service whom it leaves without anybody, and what becomes of the slips that wait."""
    return [line for gap in gaps for line in _of_gap(context, _, gap)]


def _of_gap(context: Context, _: Words, gap: Gap) -> list[str]:
    service, units = _.of(context.turn.hub.services[gap.service].name), ", ".join(gap.units)
    lines = [_("⚠️ Then nobody answers {service} in unit {units}.", service=service, units=units)]
    if gap.waiting:
        lines.append(
            _.n_(
                "{n} slip waits there. It goes to the social adviser, with the same date.",
                "{n} slips wait there. They go to the social adviser, with the same date.",
                gap.waiting,
            )
        )
    return [*lines, _("The screens say that nobody answers it now.")]


def about(gaps: Sequence[Gap]) -> frozenset[Subject]:
    """Return what is said of gaps: who is there to answer, and what waits in those units."""
    return subjects.queues(unit for gap in gaps for unit in gap.units) | {HUB}


def question(context: Context, gaps: Sequence[Gap], anyway: str, back: str) -> Build:
    """Write whether it shall be done nevertheless; ``anyway`` is the data of what was pressed."""

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        yes = Button(_("Do it anyway"), f"{anyway}:{as_seen(gaps)}", "danger", private=True)
        no = Button(_("⬅️ Back"), back, "primary", private=True)
        lines = in_words(context, _, gaps)
        return inside(
            reader, _, _("🧭 Services and units"), lines, ((no,), (yes,), (start_button(_),)), about=about(gaps)
        )

    return build
