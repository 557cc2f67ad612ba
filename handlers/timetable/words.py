"""What is said about a session: on the coordinator's pages, and to whoever is hit when it changes."""

from bot.domain import calendar
from bot.domain.chat.messages import Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.services import Session
from bot.usecases.timetable.sessions import Changed
from handlers.chat.context import Context
from handlers.chat.words import Words


def session_lines(context: Context, _: Words, session: Session) -> list[Line]:
    """Say what a session is: the day, the hours and the place; with whom and for what inside the house."""
    hub = context.turn.hub
    service = hub.services[session.service]
    with_whom = _("With {adviser}.", adviser=_.of(hub.name_of(session.adviser)))
    every = _.n_("Each talk has {n} minute.", "Each talk has {n} minutes.", session.minutes)
    return [
        Line(f"{service.icon} {_.of(service.name)}", private=True),
        Line(with_whom, private=True),
        Line(_.day(calendar.at(hub, session.day, session.hours[0].opens))),
        Line(hours_in_words(context, _, session)),
        Line(_("Place: {room}.", room=_.of(hub.rooms[session.room].name))),
        Line(every),
    ]


def hours_in_words(context: Context, _: Words, session: Session) -> str:
    """Say a session's hours: 09.00–12.00, 13.00–15.00."""
    hub = context.turn.hub
    at = [
        (calendar.at(hub, session.day, each.opens), calendar.at(hub, session.day, each.closes))
        for each in session.hours
    ]
    return ", ".join(f"{_.time(opens)}–{_.time(closes)}" for opens, closes in at)


def people_hit(_: Words, n: int) -> str:
    """Say how many would lose a time."""
    return _.n_("{n} person has a time then.", "{n} people have a time then.", n) if n else _("Nobody has a time then.")


def tell_adviser(context: Context, session: Session, changed: Changed | None = None) -> None:
    """Tell an adviser that a session is new, or what became of it."""

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View(tuple(_said_to_adviser(context, _, session, changed)))

    key = f"session:{session.service}:{session.day}:{context.turn.now:%y%m%d%H%M%S}"
    context.tell(session.adviser, key, Use(Span.DAY, str(session.day)), build)


def _said_to_adviser(context: Context, _: Words, session: Session, changed: Changed | None) -> list[Line]:
    when = _when(context, _, session)
    if changed is None:
        return [Line(_("📅 You have a new session: {when}.", when=when))]
    slips = _.n_("{n} slip is hit; its card says more.", "{n} slips are hit; their cards say more.", len(changed.hit))
    more = [Line(slips)] if changed.hit else []
    if changed.moved_to is None:
        return [Line(_("📅 Your session is cancelled: {when}.", when=when)), *more]
    to = Line(_("It is now: {when}.", when=_when(context, _, changed.moved_to)))
    return [Line(_("📅 Your session is moved: {when}.", when=when)), to, *more]


def _when(context: Context, _: Words, session: Session) -> str:
    hub = context.turn.hub
    return _(
        "{day}, {hours}, {room}",
        day=_.day(calendar.at(hub, session.day, session.hours[0].opens)),
        hours=hours_in_words(context, _, session),
        room=_.of(hub.rooms[session.room].name),
    )
