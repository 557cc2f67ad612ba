"""Adding somebody to the staff, or giving somebody another role: role, services, units, and the name to be called."""

from typing import Any

from telegram import Update

from bot.domain.people import ADMINS, MANAGERS, ROLE_CHANGERS, Role
from bot.domain.refusals import Refusal, ScopeEmpty, Stale
from bot.domain.staff import staff as rules
from bot.usecases import sizes
from bot.usecases.chat import desks, flows
from bot.usecases.chat.flows import At
from bot.usecases.staff import scopes, staff
from handlers.chat.context import Context
from handlers.chat.inmate_pages import hidden
from handlers.chat.lines import tap
from handlers.chat.refusals.of_staff import in_words
from handlers.chat.rows import Rows, mark
from handlers.chat.words import Words
from handlers.flow.questions import Flow, Part, Question, Write, finishes, press
from handlers.said.managers import ROLE_NAMES
from handlers.staff import consequences
from handlers.staff.staff import hand_invitation_over, open_person, show_person, show_roles

TASK = "hire"
DONE = "that-is-all"
"""Goes on from what was marked; no key of a service or a unit is so long."""


async def begin(update: Update, context: Context) -> None:
    """Begin to add somebody."""
    await sizes.room_for_staff(context.turn)
    await FLOW.begin(update, context, services=[], units=[])


async def begin_role(update: Update, context: Context) -> None:
    """Begin to give somebody another role."""
    member = await staff.member(context.turn, context.text("person"))
    rules.not_oneself(context.turn.person, member.person)
    scope = {"services": sorted(member.person.services), "units": sorted(member.person.units)}
    await FLOW.begin(update, context, person=member.person.id, revision=context.number("revision"), **scope)


async def take_name(update: Update, context: Context, text: str) -> None:
    """Take a typed name for who is being added; it is not left standing in the chat."""
    context.forget(update)
    await FLOW.take_line(update, context, text)


def _asked(at: At) -> list[str]:
    role = Role[at.draft["role"]] if at.draft.get("role") else Role.NOBODY
    services = ["services_marked"] if rules.chooses_services(role) else []
    return ["role", *services, *([] if role & ADMINS else ["units_marked"])]


def _roles(at: At) -> list[str]:
    return [str(role.name) for role in rules.roles_of(at.turn.person)]


def _of_role(at: At, name: str) -> dict[str, Any]:
    role = Role[name]
    services = at.draft["services"] if rules.chooses_services(role) else rules.own_services(role, at.turn.hub)
    return {"role": name, "services": services, **({"units": []} if role & ADMINS else {})}


def _switch(at: At, word: str) -> dict[str, Any]:
    """Switch a service or a unit on or off, or go on; one at least is chosen."""
    if word != DONE:
        return {at.kind: sorted(set(at.draft[at.kind]) ^ {word})}
    if not at.draft[at.kind]:
        raise ScopeEmpty
    return {at.name: DONE}


def _services(at: At) -> list[str]:
    return [key for key, each in at.turn.hub.services.items() if at.turn.hub.takes_slips(each)]


def _service(_: Words, at: At, key: str) -> str:
    service = at.turn.hub.services[key]
    return mark(key in at.draft["services"], f"{service.icon} {_.of(service.name)}")


def _units(at: At) -> list[str]:
    return rules.units_within(at.turn.person, at.turn.hub)


def _further(_: Words, at: At) -> Rows:
    """Return the way on as soon as something is marked."""
    return ((hidden(_("➡️ Go on"), press(at, DONE), "primary"),),) if at.draft[at.kind] else ()


MARKING: dict[str, Any] = {"unoffered": flows.also(DONE), "answers": _switch, "more": _further, "cut": str}
QUESTIONS = {
    "role": Question(
        asks=lambda _, _at: [_("What will they do?")],
        choices=_roles,
        label=lambda _, _at, name: ROLE_NAMES[Role[name]](_),
        answers=_of_role,
        cut=str,
    ),
    "services": Question(
        asks=lambda _, _at: [_("Which services do they work for?")], choices=_services, label=_service, **MARKING
    ),
    "units": Question(
        asks=lambda _, _at: [_("Which units do they work with?")],
        choices=_units,
        label=lambda _, at, key: mark(key in at.draft["units"], _("Unit {unit}", unit=key)),
        **MARKING,
    ),
}


def _title(_: Words, at: At) -> list[str]:
    return [_("🎭 Another role") if at.draft.get("person") else _("➕ New at the hub")]


async def _summary(context: Context, at: At) -> Write:
    draft, refusal = at.draft, await _in_the_way(at)
    scope = Role[draft["role"]], draft["services"], draft["units"]
    fresh = [] if draft.get("person") else [await staff.next_id(at.turn, *scope)]

    def write(_: Words) -> Part:
        lines = [*fresh, _scope(_, at), *_called(context, _, at), in_words(refusal)(_) if refusal else ""]
        label = _("✅ Change it") if draft.get("person") else _("✅ Add and invite")
        return lines, () if refusal else ((hidden(label, finishes(at, 0), "success"),),)

    return write


async def _in_the_way(at: At) -> Refusal | None:
    """Return why somebody cannot have the role that has been described, if there is a reason."""
    if not at.draft.get("person"):
        return None
    return await scopes.in_the_way(at.turn, *await staff.with_role(at.turn, *_change_of(at)))


def _change_of(at: At) -> tuple[str, int, Role, list[str], list[str]]:
    draft = at.draft
    return draft["person"], draft["revision"], Role[draft["role"]], draft["services"], draft["units"]


def _scope(_: Words, at: At) -> str:
    hub, draft = at.turn.hub, at.draft
    services = [_.of(hub.services[key].name) for key in draft["services"] if key in hub.services]
    return " · ".join([ROLE_NAMES[Role[draft["role"]]](_), *services, *draft["units"]])


def _called(context: Context, _: Words, at: At) -> list[str]:
    if at.draft.get("person"):
        return []
    another = _("Another name? Write it here. A role, not a person's name.")
    return [_("Is called: {name}", name=_name(context, at)), another]


def _name(context: Context, at: At) -> str:
    first = context.words_for(context.turn.hub.languages[0])
    return at.draft.get("name") or ROLE_NAMES[Role[at.draft["role"]]](first)


def _renamed(at: At, text: str) -> dict[str, Any] | None:
    return None if at.draft.get("person") else {"name": staff.name_typed(text)}


async def finish(update: Update, context: Context, at: At, seen: str) -> None:
    """Add who has been described and hand the invitation over, or change the role."""
    if at.draft.get("person"):
        await _change_role(context, at, seen)
        return
    await desks.clear(context.turn)
    role, services, units = Role[at.draft["role"]], at.draft["services"], at.draft["units"]
    new = await staff.add(context.turn, role, _name(context, at), services, units)
    await open_person(context, new.id)
    await hand_invitation_over(context, update, new.id, await staff.invite(context.turn, new.id))


async def _change_role(context: Context, at: At, seen: str) -> None:
    turn, change = context.turn, _change_of(at)
    gaps = await consequences.of_change(context, *await staff.with_role(turn, *change))
    if str(consequences.as_seen(gaps)) != seen:
        context.show_for(
            consequences.question(context, gaps, f"{TASK}_done:{at.desk.step}", f"person:{at.draft['person']}")
        )
        return
    await desks.clear(turn)
    await staff.set_role(turn, *change)
    await open_person(context, at.draft["person"])


FLOW = Flow(
    task=TASK,
    may=MANAGERS,
    questions=QUESTIONS,
    asked=_asked,
    adds=_renamed,
    too_early=Stale,
    title=_title,
    known=lambda _, at: [at.draft.get("person", "")],
    summary=_summary,
    finish=finish,
    lost=show_roles,
    elsewhere=lambda _, at: (*_title(_, at), _("You see this page only on the house network.")),
)

FLOWS = [FLOW]

PROMPTS = {TASK: take_name}

HANDLERS = [
    tap("hire", begin, may=MANAGERS, again=show_roles),
    tap("role:{person}:{revision}", begin_role, may=ROLE_CHANGERS, again=show_person),
    *FLOW.lines(),
]
