"""Lines of a handler table: which press or message, what happens, and who may."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, TypeHandler, filters

from bot.domain.chat.messages import SCREEN
from bot.domain.movements import Tick
from bot.domain.people import SCREEN as AT_SCREEN
from bot.domain.people import Role
from bot.domain.refusals import NotAllowed, SignedOut, Stale, UnknownAccount
from bot.domain.settings import Setting
from bot.domain.slips.slips import Reason
from bot.usecases.screen import kiosks
from bot.usecases.turn import Actor
from handlers.chat.commands import Typed, pattern_of
from handlers.chat.context import Context, Handler
from handlers.chat.rows import leave

FIELDS = {
    "slip": r"[A-Z]{2,3}-[0-9]{1,7}",
    "slot": r"[A-Za-z0-9_.-]{1,36}",
    "revision": r"[0-9]{1,6}",
    "step": r"[0-9]{1,9}",
    "page": r"[0-9]{1,2}",
    "service": r"[A-Za-z0-9_-]{1,9}",
    "topic": r"[A-Za-z0-9_-]{1,10}",
    "unit": r"[A-Za-z0-9_-]{1,2}",
    "language": r"[a-z]{2,3}",
    "languages": r"[a-z]{2,3}(?:-[a-z]{2,3}){0,7}|-",
    "token": r"[A-Za-z0-9_-]{1,16}",
    "reason": "|".join(Reason),
    "code": r"\S{1,64}",
    "inmate": r"[A-Za-z0-9_-]{1,2}[0-9]{2}",
    "person": r"[A-Za-z0-9_-]{1,6}",
    "kiosk": r"[A-Za-z0-9_-]{1,8}",
    "prison": r"[A-Z]{2,3}|-",
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "hour": r"[0-9]{1,2}",
    "number": r"[0-9]{1,9}",
    "word": r"[A-Za-z0-9_-]{1,16}",
    "tick": "|".join([*Tick, "-"]),
    "setting": "|".join(Setting),
}
EVERYBODY = ~Role.NOBODY
IN_NORWEGIAN = ("nb", "nn")


@dataclass(frozen=True)
class Line:
    """One line of a table. ``again`` shows the present where the press was refused.

    ``menu`` is a command's description, marked with ``N_``; with ``languages``, their menus alone tell this name.
    """

    what: str
    pattern: re.Pattern[str] | None
    handler: Handler
    may: Role
    pressed: bool
    again: Handler | None = None
    menu: str | None = None
    languages: tuple[str, ...] = ()

    def as_handler(self) -> BaseHandler[Any, Any, Any]:
        """Return a line that is not pressed as the chat library wants it."""
        if self.pattern is None:
            return TypeHandler(Update, partial(run, self))
        return MessageHandler(filters.TEXT & Typed(self.pattern), partial(run, self))


class Presses(BaseHandler[Update, Any, Any]):
    """Every line that is pressed as one handler: a press is held against the lines with its first word alone."""

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__(run)  # type: ignore[arg-type]  # handle_update calls it, and says which line
        self._lines: dict[str, list[tuple[Line, re.Pattern[str]]]] = {}
        for line in lines:
            if line.pressed and line.pattern:
                self._lines.setdefault(_verb(line.what), []).append((line, line.pattern))

    def check_update(self, update: object) -> tuple[Line, re.Match[str]] | None:
        """Return the line that a press fits, and how."""
        data = update.callback_query.data if isinstance(update, Update) and update.callback_query else None
        there = self._lines.get(_verb(data), []) if data else []
        return next(((line, match) for line, pattern in there if data and (match := pattern.match(data))), None)

    async def handle_update(self, update: Update, application: object, check_result: Any, context: Context) -> None:
        """Run the line."""
        line, match = check_result
        context.matches = [match]
        await run(line, update, context)


def tap(what: str, handler: Handler, *, may: Role, again: Handler | None = None) -> Line:
    """A press on a button whose data looks like ``what``: ``confirm:{slip}:{slot}:{revision}``."""
    return Line(what, _pattern(what), handler, may, pressed=True, again=again)


def typed(what: str, handler: Handler, *, may: Role, menu: str | None = None, languages: tuple[str, ...] = ()) -> Line:
    """A typed message that looks like ``what``: ``/start {code}``."""
    return Line(
        what,
        pattern_of([_named(word) for word in what.split()]),
        handler,
        may,
        pressed=False,
        menu=menu,
        languages=languages,
    )


def command(english: str, norwegian: str, handler: Handler, *, may: Role, menu: str) -> list[Line]:
    """A command that stands in the menu, under a name for readers of Norwegian and one for everybody else.

    Both names can be typed by all; ``menu`` is at most 30 letters or so: ``N_("Today's talks")``.
    """
    return [
        typed(english, handler, may=may, menu=menu),
        typed(norwegian, handler, may=may, menu=menu, languages=IN_NORWEGIAN),
    ]


def anything(handler: Handler) -> Line:
    """Whatever no other line took; it stands last, so that nothing is silent."""
    return Line("anything", None, handler, EVERYBODY, pressed=False)


def as_handlers(lines: Collection[Line]) -> list[BaseHandler[Any, Any, Any]]:
    """Return the lines of all tables as the chat library wants them, in their order."""
    return [Presses(lines), *(line.as_handler() for line in lines if not line.pressed)]


def _verb(data: str) -> str:
    return data.partition(":")[0]


def _pattern(what: str) -> re.Pattern[str]:
    return re.compile(rf"\A{_named(what)}\Z")


def _named(what: str) -> str:
    parts = re.split(r"\{(\w+)\}", what)
    return "".join(f"(?P<{part}>{FIELDS[part]})" if index % 2 else re.escape(part) for index, part in enumerate(parts))


async def run(line: Line, update: Update, context: Context) -> None:
    """Check who may, run the handler, and keep what the kiosk is doing."""
    turn = context.turn
    turn.edge.handled = True
    context.arguments = context.match.groupdict() if context.match else {}
    authorize(turn.actor, line.may)
    # Only now: whoever may not press a button is not shown what stands behind it either.
    turn.edge.again = (line.again, context.arguments) if line.again else None
    if line.pressed:
        _check_pressed(update, context)
    if turn.actor.session:
        kiosks.use(turn)
    await line.handler(update, context)
    context.take_off(update)
    if turn.actor.session:
        if turn.edge.late:
            await leave(context)
        await kiosks.keep(turn)


def authorize(actor: Actor, may: Role) -> None:
    """Refuse whoever may not; the one place that decides it for every handler."""
    if actor.role & may:
        return
    if actor.role is Role.STRANGER:
        raise UnknownAccount
    if actor.role is Role.KIOSK and may & Role.INMATE:
        raise SignedOut
    if actor.role is Role.INMATE and may & Role.KIOSK:
        raise Stale
    raise NotAllowed


def _check_pressed(update: Update, context: Context) -> None:
    at_screen = bool(context.turn.actor.role & AT_SCREEN)
    if at_screen and context.turn.pressed != SCREEN:
        raise Stale
    if context.turn.pressed is None and update.callback_query:
        raise Stale
