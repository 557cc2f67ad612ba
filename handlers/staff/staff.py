"""Who works at the hub: the list by role, one person's page, and an invitation."""

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.people import ADMINS, MANAGERS, ROLE_CHANGERS, Person
from bot.domain.staff import staff as rules
from bot.domain.subjects import HUB, About, Subject
from bot.usecases import sizes
from bot.usecases.chat import desks
from bot.usecases.opening import HOUSE
from bot.usecases.staff import staff
from bot.usecases.staff.staff import Member
from handlers.chat.context import PAGE, Context
from handlers.chat.handed_over import good_for, hand_code_over, hand_paper_over
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import pairs, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words
from handlers.said.managers import ROLE_NAMES
from handlers.staff.invitations import invitation

ROLES, ROLE, PERSON = "roles", "role", "member"


async def show_roles(_update: Update, context: Context) -> None:
    """Show how many of the staff have which role."""
    await desks.clear(context.turn)
    await show_in_place(context, f"{PAGE}{ROLES}")


async def write_roles(context: Context, person: Person, _rest: str) -> Build:
    """Write how many of the staff whom somebody sees have which role."""
    full = await sizes.nobody_more(context.turn)
    with context.turn.seen_by(person):
        counts = {role: len(await staff.members(context.turn, role)) for role in rules.ROLES}

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        buttons = [
            Button(f"{ROLE_NAMES[role](_)} · {n}", f"staff:{role.name}", private=True)
            for role, n in counts.items()
            if n
        ]
        add = () if full else ((Button(_("➕ Add somebody"), "hire", "primary", private=True),),)
        said = [_("There is no room for more staff. Please take somebody's access away first.")] if full else []
        rows = (*pairs(buttons), *add, (start_button(_),))
        return inside(reader, _, _("👥 The staff of the hub"), said, rows, about=frozenset({HUB}))

    return build


async def show_role(_update: Update, context: Context) -> None:
    """Show everybody with one role."""
    await show_in_place(context, f"{PAGE}{ROLE}:{context.text('word')}")


async def write_role(context: Context, person: Person, word: str) -> Build:
    """Write whom somebody sees of a role."""
    role = rules.role_called(word)
    with context.turn.seen_by(person):
        found = await staff.members(context.turn, role)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        entries = tuple(Entry((Line(line_of(context, _, each), private=True),), (_to_person(each),)) for each in found)
        back = (Button(_("⬅️ Back"), "staff"), start_button(_))
        title = ROLE_NAMES[role](_) if role else _("👥 The staff of the hub")
        nobody = [] if found else [_("There is nobody with this task.")]
        return inside(reader, _, title, nobody, (back,), entries, f"{PAGE}{ROLE}:{word}", frozenset({HUB}))

    return build


def _to_person(person: Person) -> tuple[Button, ...]:
    return (Button(person.id, f"person:{person.id}", private=True),)


def line_of(context: Context, _: Words, person: Person) -> str:
    """Say who somebody is: id, name and scope."""
    name = _.of(context.turn.hub.name_of(person.id))
    return f"{person.id} · {name} · {', '.join(scope(context, _, person))}".rstrip(" ·")


def scope(context: Context, _: Words, person: Person) -> list[str]:
    """Name the services and units of somebody."""
    services = [_.of(each.name) for key, each in context.turn.hub.services.items() if key in person.services]
    return [*services, *(unit for unit in context.turn.hub.units if unit in person.units)]


async def show_person(_update: Update, context: Context) -> None:
    """Show one of the staff, and what can be done."""
    await desks.clear(context.turn)
    await open_person(context, context.text("person"))


async def open_person(context: Context, who: str) -> None:
    """Show one of the staff in the place of what was pressed, or refuse where somebody is not there."""
    await staff.member(context.turn, who)
    await show_in_place(context, f"{PAGE}{PERSON}:{who}")


async def write(context: Context, by: Person, who: str) -> Build:
    """Write the page of one of the staff for somebody who takes care of them, or the list where nobody is there."""
    with context.turn.seen_by(by):
        member = await staff.found(context.turn, who)
    return _page(context, by, member) if member else await write_roles(context, by, "")


def about_member(person: Person) -> frozenset[Subject]:
    """Return what a page says of one of the staff: what they do, what they have ahead, and who they are among."""
    return frozenset({HUB, subjects.person(person.id), Subject(About.AHEAD, person.id)})


def _page(context: Context, by: Person, member: Member) -> Build:
    person = member.person

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        accounts = ", ".join(_("in the house") if each == HOUSE else each.capitalize() for each in member.accounts)
        joined = _("Has joined on: {networks}.", networks=accounts) if accounts else _("Has not joined yet.")
        lines = [line_of(context, _, person), joined, *tasks(_, member)]
        back = (Button(_("⬅️ Back"), f"staff:{person.role.name}"), start_button(_))
        title = f"👤 {ROLE_NAMES[person.role](_)}"
        return inside(reader, _, title, lines, (*_what_can_be_done(by, _, member), back), about=about_member(person))

    return build


def tasks(_: Words, member: Member) -> list[str]:
    """Say what somebody has in hand: talks ahead, and inmates."""
    lines = []
    if member.talks:
        lines.append(_.n_("{n} talk ahead", "{n} talks ahead", member.talks))
    if member.inmates:
        lines.append(
            _.n_("Contact officer for {n} inmate", "Contact officer for {n} inmates", member.inmates),
        )
    return lines


def _what_can_be_done(by: Person, _: Words, member: Member) -> tuple[tuple[Button, ...], ...]:
    person = member.person
    if not rules.manages(by, person):
        return ()
    invite = Button(_("🔑 Invite"), f"invite:{person.id}", private=True)
    browser = Button(_("🖥️ Code for a browser"), f"device_person:{person.id}", private=True)
    change = Button(_("🧭 Services and units"), f"scope:{person.id}", private=True)
    role = Button(_("🎭 Other role"), f"role:{person.id}:{member.revision}", private=True)
    gone = Button(_("🚫 Take access away"), f"revoke:{person.id}", "danger", private=True)
    scoped = (change,) if person.role not in ADMINS else ()
    if by.id == person.id:
        return ((invite, browser), scoped)
    away = () if member.needed else ((gone,),)
    return ((invite, browser), (*scoped, *((role,) if by.role & ROLE_CHANGERS else ())), *away)


async def invite(update: Update, context: Context) -> None:
    """Make a one-time code for somebody; it disappears again."""
    person = context.text("person")
    code = await staff.invite(context.turn, person)
    await hand_invitation_over(context, update, person, code)


async def hand_invitation_over(context: Context, update: Update, person: str, code: str) -> None:
    """Show an invitation, and inside the house the paper with the square to scan."""
    _ = context.words
    await hand_code_over(
        context,
        update,
        Line(_("🔑 Invitation for {person}.", person=person), private=True),
        Line(_("They write this to the bot from their own account:")),
        Line(f"/start {code}"),
        good_for(_),
    )
    if not context.turn.edge.leaves_house:
        await hand_paper_over(context, update, invitation(context, code))


async def show_again(update: Update, context: Context) -> None:
    """After a refusal: the person as they are now, or the list where they are not there any more."""
    await show_person(update, context)


VIEWS = {
    f"{PAGE}{ROLES}": Living(write_roles, may=MANAGERS),
    f"{PAGE}{ROLE}": Living(write_role, may=MANAGERS),
    f"{PAGE}{PERSON}": Living(write, may=MANAGERS),
}

SHORTCUTS = [Shortcut(label=lambda _: _("👥 Staff"), data="staff", may=MANAGERS)]

HANDLERS = [
    tap("staff", show_roles, may=MANAGERS),
    tap("staff:{word}", show_role, may=MANAGERS, again=show_roles),
    tap("person:{person}", show_person, may=MANAGERS, again=show_roles),
    tap("invite:{person}", invite, may=MANAGERS, again=show_again),
]
