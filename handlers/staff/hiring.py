"""Adding somebody to the staff, or giving somebody another role: role, services, units, and the name to be called."""

from collections.abc import Callable, Mapping
from typing import Any

from telegram import Update

from bot.domain import staff as rules
from bot.domain.desks import Desk
from bot.domain.messages import Button, Reader, View
from bot.domain.people import ADMINS, ADVISERS, MANAGERS, Role
from bot.domain.refusals import Refusal, ScopeEmpty, Stale
from bot.usecases import desks, scopes, sizes, staff
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.private import inside
from handlers.chat.refusals import in_words
from handlers.chat.rows import mark, pairs
from handlers.chat.start import home_button
from handlers.chat.words import Words
from handlers.said.managers import ROLE_NAMES
from handlers.staff import consequences
from handlers.staff.staff import (
    hand_invitation_over,
    page,
    role_called,
    show_person,
    show_roles,
    tell_of,
)

TASK = "hire"


async def begin(_update: Update, context: Context) -> None:
    """Begin to add somebody."""
    await sizes.room_for_staff(context.turn)
    await _show(context, await desks.begin(context.turn, TASK, at="role", services=[], units=[]))


async def begin_role(_update: Update, context: Context) -> None:
    """Begin to give somebody another role."""
    member = await staff.member(context.turn, context.text("person"))
    rules.not_oneself(context.turn.person, member.person)
    draft = {"person": member.person.id, "revision": context.number("revision")}
    scope = {"services": sorted(member.person.services), "units": sorted(member.person.units)}
    await _show(context, await desks.begin(context.turn, TASK, at="role", **draft, **scope))


async def choose_role(_update: Update, context: Context) -> None:
    """Choose what somebody will be to the hub."""
    role = role_called(context.text("word"))
    if role not in rules.roles_of(context.turn.person):
        raise Stale
    draft = await _at(context)
    services = [context.turn.hub.triage] if role is Role.SOCIAL_ADVISER else draft["services"]
    next_page = "services" if role is Role.PROVIDER else _after_services(role)
    chosen = {"role": role.name, "at": next_page, "services": services if role & ADVISERS else []}
    await _go_on(context, **chosen, **({"units": []} if role & ADMINS else {}))


def _after_services(role: Role) -> str:
    return "name" if role & ADMINS else "units"


async def switch(_update: Update, context: Context) -> None:
    """Switch a service or a unit on or off."""
    draft, word = await _at(context), context.text("word")
    if draft["at"] not in {"services", "units"}:
        raise Stale
    chosen = set(draft[draft["at"]]) ^ {word}
    await _go_on(context, **{draft["at"]: sorted(chosen)})


async def go_on(_update: Update, context: Context) -> None:
    """Go on to the next page; one service or unit at least is chosen."""
    draft = await _at(context)
    if draft["at"] not in {"services", "units"}:
        raise Stale
    if not draft[draft["at"]]:
        raise ScopeEmpty
    await _go_on(context, at=_after_services(Role[draft["role"]]) if draft["at"] == "services" else "name")


async def take_name(update: Update, context: Context, text: str) -> None:
    """Take a typed name for who is being added; it is not left standing in the chat."""
    context.forget(update)
    desk = await desks.mine(context.turn)
    if desk.draft.get("at") != "name" or desk.draft.get("person"):
        raise Stale
    desk = await desks.go_on(context.turn, TASK, desk.step, name=staff.name_typed(text))
    build = await _page(context, desk)
    context.say(update, build)


async def done(update: Update, context: Context) -> None:
    """Add who has been described and hand the invitation over, or change the role."""
    draft = await _at(context)
    if draft["at"] != "name":
        raise Stale
    if draft.get("person"):
        await _change_role(context, draft)
        return
    await desks.clear(context.turn)
    role, services, units = Role[draft["role"]], draft["services"], draft["units"]
    new = await staff.add(context.turn, role, draft.get("name") or _default(context, role), services, units)
    context.show_for(page(context, await staff.member(context.turn, new.id)))
    await hand_invitation_over(context, update, new.id, await staff.invite(context.turn, new.id))


async def _change_role(context: Context, draft: Mapping[str, Any]) -> None:
    turn, person, step = context.turn, draft["person"], context.number("step")
    change = turn, person, draft["revision"], Role[draft["role"]], draft["services"], draft["units"]
    gaps = await consequences.of_change(context, *await staff.with_role(*change))
    if consequences.as_seen(gaps) != consequences.seen(context):
        consequences.ask(context, gaps, f"hire_done:{step}", f"person:{person}")
        return
    await desks.clear(turn)
    await tell_of(context, await staff.set_role(*change))
    context.show_for(page(context, await staff.member(turn, person)))


def _default(context: Context, role: Role) -> str:
    return ROLE_NAMES[role](context.words_for(context.turn.hub.languages[0]))


async def _at(context: Context) -> Mapping[str, Any]:
    return (await desks.at(context.turn, TASK, context.number("step"))).draft


async def _go_on(context: Context, **chosen: Any) -> None:
    await _show(context, await desks.go_on(context.turn, TASK, context.number("step"), **chosen))


async def _show(context: Context, desk: Desk) -> None:
    context.show_for(await _page(context, desk))


async def _page(context: Context, desk: Desk) -> Callable[[Reader], View]:
    draft = desk.draft
    writers = {"role": _roles, "services": _services, "units": _units, "name": _last}
    fresh, refusal = await _next_id(context, draft), await _in_the_way(context, draft)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines, rows = writers[draft["at"]](context, _, desk)
        if refusal:
            lines, rows = [*lines, in_words(refusal)(_)], ()
        title = _("🎭 Another role") if draft.get("person") else _("➕ New at the hub")
        whom = draft.get("person") or fresh
        return inside(reader, _, title, [*([whom] if whom else []), *lines], (*rows, (home_button(_),)))

    return build


async def _next_id(context: Context, draft: Mapping[str, Any]) -> str:
    if draft["at"] != "name" or draft.get("person"):
        return ""
    return await staff.next_id(context.turn, Role[draft["role"]], draft["services"], draft["units"])


async def _in_the_way(context: Context, draft: Mapping[str, Any]) -> Refusal | None:
    """Return why somebody cannot have the role that has been described, if there is a reason."""
    if draft["at"] != "name" or not draft.get("person"):
        return None
    wanted = draft["person"], draft["revision"], Role[draft["role"]], draft["services"], draft["units"]
    return await scopes.in_the_way(context.turn, *await staff.with_role(context.turn, *wanted))


Part = tuple[list[str], tuple[tuple[Button, ...], ...]]


def _roles(context: Context, _: Words, desk: Desk) -> Part:
    buttons = [
        Button(ROLE_NAMES[role](_), f"hire_role:{role.name}:{desk.step}", private=True)
        for role in rules.roles_of(context.turn.person)
    ]
    return [_("What will they do?")], pairs(buttons)


def _services(context: Context, _: Words, desk: Desk) -> Part:
    hub = context.turn.hub
    buttons = [
        Button(
            mark(key in desk.draft["services"], f"{each.icon} {_.of(each.name)}"),
            f"hire_in:{key}:{desk.step}",
            private=True,
        )
        for key, each in hub.services.items()
        if hub.takes_slips(each)
    ]
    return [_("Which services do they work for?")], (*pairs(buttons), *_further(_, desk))


def _units(context: Context, _: Words, desk: Desk) -> Part:
    by = context.turn.person
    buttons = [
        Button(mark(key in desk.draft["units"], _("Unit {unit}", unit=key)), f"hire_in:{key}:{desk.step}", private=True)
        for key in context.turn.hub.units
        if by.role is Role.ADMIN or key in by.units
    ]
    return [_("Which units do they work with?")], (*pairs(buttons), *_further(_, desk))


def _further(_: Words, desk: Desk) -> tuple[tuple[Button, ...], ...]:
    """Return the way on as soon as something is marked."""
    if not desk.draft[desk.draft["at"]]:
        return ()
    return ((Button(_("➡️ Go on"), f"hire_on:{desk.step}", "primary", private=True),),)


def _last(context: Context, _: Words, desk: Desk) -> Part:
    draft, hub = desk.draft, context.turn.hub
    role = Role[draft["role"]]
    scope = [_.of(hub.services[key].name) for key in draft["services"] if key in hub.services]
    lines = [" · ".join([ROLE_NAMES[role](_), *scope, *draft["units"]])]
    if draft.get("person"):
        return lines, ((Button(_("✅ Change it"), f"hire_done:{desk.step}", "success", private=True),),)
    name = draft.get("name") or _default(context, role)
    lines += [_("Is called: {name}", name=name), _("Another name? Write it here. A role, not a person's name.")]
    return lines, ((Button(_("✅ Add and invite"), f"hire_done:{desk.step}", "success", private=True),),)


PROMPTS = {TASK: take_name}

HANDLERS = [
    tap("hire", begin, may=MANAGERS, again=show_roles),
    tap("role:{person}:{revision}", begin_role, may=Role.ADMIN, again=show_person),
    tap("hire_role:{word}:{step}", choose_role, may=MANAGERS, again=show_roles),
    tap("hire_in:{word}:{step}", switch, may=MANAGERS, again=show_roles),
    tap("hire_on:{step}", go_on, may=MANAGERS),
    tap("hire_done:{step}", done, may=MANAGERS, again=show_roles),
    tap("hire_done:{step}:{number}", done, may=MANAGERS, again=show_roles),
]
