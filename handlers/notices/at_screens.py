"""Notices at a screen: a line each on the welcome and on home, a page with all of them, and a talk in one tap (F40)."""

from collections.abc import Mapping

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, Line, View
from bot.domain.notices.notices import Notice, name_of
from bot.domain.people import SCREEN, Role
from bot.domain.slips.slips import Slip
from bot.usecases.notices import notices as cases
from bot.usecases.telling import broadcasts
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, at_sheet, open_page, screen
from handlers.chat.words import Words
from handlers.notices.news import NAME
from handlers.said.closed_screens import way_in
from handlers.said.notices import line, until

PART = 5


def _abouts(shown: list[Notice]) -> tuple[str, ...]:
    return tuple(name_of(each.id) for each in shown)


async def all_notices(context: Context, argument: str) -> View:
    """List the notices of this unit; signed in, one tap asks for a talk where a notice invites to it."""
    _, at = context.words, int(argument or 0)
    found = await cases.at_unit(context.turn, context.turn.session.unit)
    part = found[at * PART : (at + 1) * PART]
    signed_in = context.turn.session.inmate is not None
    open_to = await cases.open_to(context.turn, part) if signed_in else {}
    lines = [said for each in part for said in (line(_, each), *map(Line, _further(context, each, open_to)))]
    asks = _("Go back and press your unit to ask for a talk.")
    how = await way_in(context, asks) if not signed_in and _invites(part) else []
    return screen(
        context,
        _("📣 Notices"),
        *(lines or [Line(_("There is no notice now."))]),
        *how,
        look=Look.LIST,
        rows=(*_asks(context, part, open_to), *_turning(_, at, len(found))),
        back="home" if signed_in else "start",
        carries=await broadcasts.carried(context.turn, _abouts(part)),
        about=subjects.slips(*(slip.code for slip in open_to.values() if slip)),
    )


def _invites(part: list[Notice]) -> bool:
    return any(each.service for each in part)


def _further(context: Context, notice: Notice, open_to: Mapping[int, Slip | None]) -> list[str]:
    _ = context.words
    said = [until(_, notice)]
    if notice.id not in open_to:
        return said
    slip = open_to[notice.id]
    if slip:
        return [*said, _("You already have slip {code} there.", code=slip.code)]
    readers = context.turn.hub.services[str(notice.service)].readers
    return [*said, _("{readers} can read the slip.", readers=_.of(readers))]


def _asks(context: Context, part: list[Notice], open_to: Mapping[int, Slip | None]) -> Rows:
    return tuple((_ask_button(context, each, open_to[each.id]),) for each in part if each.id in open_to)


def _ask_button(context: Context, notice: Notice, slip: Slip | None) -> Button:
    _ = context.words
    if slip:
        return Button(_("📋 Slip {code}", code=slip.code), f"slip:{slip.code}")
    name = _.of(context.turn.hub.services[str(notice.service)].name)
    return Button(_("🙋 A talk: {service}", service=name), f"notice_ask:{notice.id}", "success")


def _turning(_: Words, at: int, found: int) -> Rows:
    pages = -(-found // PART)
    return ((Button(_("➡️ More notices"), f"notices:{at + 1}"),),) if at + 1 < pages else ()


async def show_notices(_update: Update, context: Context) -> None:
    """Show every notice of this unit."""
    await open_page(context, NAME)


async def turn_notices(_update: Update, context: Context) -> None:
    """Show more of them."""
    await open_page(context, at_sheet(NAME, context.number("page")))


async def ask(_update: Update, context: Context) -> None:
    """Ask for a talk in one tap: a receipt here, a card with whoever answers."""
    slip = await cases.ask(context.turn, context.number("number"))
    await open_page(context, f"receipt:{slip.code}")


PAGES = {NAME: all_notices}

HANDLERS = [
    tap("notices", show_notices, may=SCREEN),
    tap("notices:{page}", turn_notices, may=SCREEN),
    tap("notice_ask:{number}", ask, may=Role.INMATE),
]
