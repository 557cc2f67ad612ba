"""Switching somebody's services and units on and off, as far as nothing is left behind by it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from telegram import Update

from bot.domain.chat.messages import Build, Button, Reader, View
from bot.domain.people import ADVISERS, MANAGERS, Person
from bot.domain.refusals import HasInmates, LastOfKind, Refusal, TalksAhead
from bot.domain.staff import staff as rules
from bot.usecases.staff import scopes, staff
from bot.usecases.staff.coverage import Gap
from bot.usecases.staff.scopes import Fixed
from bot.usecases.staff.staff import Member
from handlers.chat.context import PAGE, Context
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import mark, pairs, start_button
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words
from handlers.staff import consequences
from handlers.staff.staff import about_member, line_of, scope, show_roles, write_roles

SCOPE, SURE = "scope", "scope_sure"


async def show_scope(_update: Update, context: Context) -> None:
    """Show somebody's services and units as buttons to switch."""
    await open_scope(context, context.text("person"))


async def open_scope(context: Context, who: str) -> None:
    """Show somebody's services and units in the place of what was pressed, or refuse where somebody is not there."""
    await staff.member(context.turn, who)
    await show_in_place(context, f"{PAGE}{SCOPE}:{who}")


async def write(context: Context, by: Person, who: str) -> Build:
    """Write the page on which services and units are switched on and off; what stays as it is has no button."""
    with context.turn.seen_by(by):
        member = await staff.found(context.turn, who)
        return await _page(context, by, member) if member else await write_roles(context, by, "")


async def _page(context: Context, by: Person, member: Member) -> Build:
    person, hub = member.person, context.turn.hub
    fixed = await scopes.fixed(context.turn, person)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        services = [
            Button(
                mark(key in person.services, f"{each.icon} {_.of(each.name)}"),
                f"scope_service:{person.id}:{key}:{member.revision}",
                private=True,
            )
            for key, each in hub.services.items()
            if person.role & ADVISERS and hub.takes_slips(each) and key not in fixed.services
        ]
        units = [
            Button(
                mark(key in person.units, _("Unit {unit}", unit=key)),
                f"scope_unit:{person.id}:{key}:{member.revision}",
                private=True,
            )
            for key in rules.units_within(by, hub)
            if key not in fixed.units
        ]
        lines = [line_of(context, _, person), *_how(context, _, person, fixed)]
        back = (Button(_("⬅️ Back"), f"person:{person.id}"), start_button(_))
        rows = (*pairs(services), *pairs(units), back)
        return inside(reader, _, _("🧭 Services and units"), lines, rows, about=about_member(person))

    return build


WHY: dict[type[Refusal], Callable[[Words, str], str]] = {
    TalksAhead: lambda _, names: _("These stay as they are, for there are talks ahead: {names}.", names=names),
    HasInmates: lambda _, names: _("These stay as they are, for inmates have this officer: {names}.", names=names),
    LastOfKind: lambda _, names: _("These stay as they are, for nobody else does it: {names}.", names=names),
}
"""Why some of somebody's work cannot be switched off now; that one always remains is said of all."""


def _how(context: Context, _: Words, person: Person, fixed: Fixed) -> list[str]:
    said = [_("Press to switch on and off. One always remains.")]
    for kind, why in WHY.items():
        services, units = _by(kind, fixed.services) & person.services, _by(kind, fixed.units) & person.units
        kept = replace(person, services=services, units=units)
        if stays := scope(context, _, kept):
            said.append(why(_, ", ".join(stays)))
    return said


def _by(kind: type[Refusal], found: Mapping[str, Refusal]) -> frozenset[str]:
    return frozenset(key for key, refusal in found.items() if type(refusal) is kind)


async def switch_service(_update: Update, context: Context) -> None:
    """Switch a service of somebody on or off."""
    person, service, revision = context.text("person"), context.text("service"), context.number("revision")
    wanted = await staff.with_service(context.turn, person, service, revision)
    if await _knows(context, *wanted, f"scope_service:{person}:{service}:{revision}"):
        await staff.toggle_service(context.turn, person, service, revision)
        await open_scope(context, person)


async def switch_unit(_update: Update, context: Context) -> None:
    """Switch a unit of somebody on or off."""
    person, unit, revision = context.text("person"), context.text("unit"), context.number("revision")
    wanted = await staff.with_unit(context.turn, person, unit, revision)
    if await _knows(context, *wanted, f"scope_unit:{person}:{unit}:{revision}"):
        await staff.toggle_unit(context.turn, person, unit, revision)
        await open_scope(context, person)


async def _knows(context: Context, before: Person, after: Person, pressed: str) -> bool:
    """Say whether whoever pressed has seen what it would leave without anybody; if not, it is shown first."""
    gaps = await consequences.of_change(context, before, after)
    known = consequences.as_seen(gaps) == consequences.seen(context)
    if not known:
        await show_in_place(context, f"{PAGE}{SURE}:{pressed}")
    return known


async def write_sure(context: Context, by: Person, rest: str) -> Build:
    """Write what a switch would leave without anybody, or the switches where that is not asked any more.

    ``rest`` is what was pressed.
    """
    switch, who, key, revision = rest.split(":")
    with context.turn.seen_by(by):
        gaps = await _left_by(context, switch, who, key, int(revision))
    return consequences.question(context, gaps, rest, f"scope:{who}") if gaps else await write(context, by, who)


async def _left_by(context: Context, switch: str, who: str, key: str, revision: int) -> tuple[Gap, ...]:
    try:
        before, after = await SWITCHES[switch](context.turn, who, key, revision)
        return await consequences.of_change(context, before, after)
    except Refusal:
        return ()


SWITCHES = {"scope_service": staff.with_service, "scope_unit": staff.with_unit}

VIEWS = {f"{PAGE}{SCOPE}": Living(write, may=MANAGERS), f"{PAGE}{SURE}": Living(write_sure, may=MANAGERS)}

HANDLERS = [
    tap("scope:{person}", show_scope, may=MANAGERS, again=show_roles),
    tap("scope_service:{person}:{service}:{revision}", switch_service, may=MANAGERS, again=show_scope),
    tap("scope_unit:{person}:{unit}:{revision}", switch_unit, may=MANAGERS, again=show_scope),
    tap("scope_service:{person}:{service}:{revision}:{number}", switch_service, may=MANAGERS, again=show_scope),
    tap("scope_unit:{person}:{unit}:{revision}:{number}", switch_unit, may=MANAGERS, again=show_scope),
]
