"""What is said of a notice to whoever publishes it: its number, from when, for whom, and what it asks for."""

from bot.domain.chat.messages import Line
from bot.domain.notices.notices import Notice
from bot.domain.people import READERS
from handlers.chat.context import Context
from handlers.chat.words import Words
from handlers.said.coordinators import GROUPS
from handlers.said.notices import headline, until


def numbered(_: Words, notice: Notice) -> Line:
    """Say a notice with its number, by which its buttons name it."""
    text = _("{number} · {text}", number=notice.id, text=headline(_, notice))
    return Line(text, private=not notice.outside, outside=_("📣 Notice {n}: read it in the house.", n=notice.id))


def period(context: Context, _: Words, notice: Notice) -> str:
    """Say from when, if that is ahead, and how long a notice stands."""
    if notice.starts <= context.turn.now:
        return until(_, notice)
    return _("It stands from {when} until {ends}.", when=_.short_time(notice.starts), ends=_.short_time(notice.ends))


def groups(_: Words, names: tuple[str, ...]) -> str:
    """Say which groups of the staff are told."""
    return ", ".join(GROUPS[role](_) for role in READERS if role.name in names)


def audience(_: Words, notice: Notice) -> str:
    """Say at whose screens a notice stands, and who of the staff is told."""
    units = ", ".join(notice.units)
    if not notice.staff:
        return _("On the screens of unit {units}.", units=units)
    return _("On the screens of unit {units}, and told: {groups}.", units=units, groups=groups(_, notice.staff))


def talk(context: Context, _: Words, notice: Notice) -> list[Line]:
    """Say where one tap asks for a talk."""
    service = context.turn.hub.services.get(notice.service or "")
    if service is None:
        return []
    return [Line(_("One tap asks for a talk: {service}.", service=_.of(service.name)), private=True)]
