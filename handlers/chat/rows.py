"""Pages of the kiosk: each view has a function that writes it, so that it can be shown again at any time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from bot.domain.chat.looks import Look, Place
from bot.domain.chat.messages import Button, Entry, Line, View
from bot.domain.chat.tongues import clipped, plain
from bot.domain.screen.kiosks import HOME, LANGUAGES, URGENT, WELCOME
from bot.domain.subjects import Subject
from bot.languages import own_name
from bot.usecases.screen import kiosks, leaving, trails
from handlers.chat.context import Context, Page
from handlers.chat.words import Words

COLUMNS = 2
BUTTON_LENGTH = 24
COLOURED = "\ufe0f"
"""Asks for an emoji's coloured form, and takes no room."""
START = "doors"
"""What the way back to the start page of the staff presses; ``home`` is the kiosk's own."""
STEPS = ("go_on", "choose_again")
"""What the way back presses where it leads to no other page of the way: from beside it, and on the pad."""
Rows = tuple[tuple[Button, ...], ...]


class More(TypedDict, total=False):
    """What else a page may be: which broadcasts it ``carries``, what there may be many of, and what it is ``about``.

    It is about what it tells of, beside what every page of the one who is signed in there is about. A page that stands
    only for a while says ``until`` when.
    """

    carries: tuple[int, ...]
    entries: tuple[Entry, ...]
    name: str
    about: Iterable[Subject]
    until: datetime


def screen(
    context: Context,
    *texts: str | Line,
    rows: Rows = (),
    back: str = "",
    look: Look = Look.ASK,
    **more: Unpack[More],
) -> View:
    """Put a kiosk's page together, with the bar below it; ``back`` is what the way back presses, if there is one.

    Where nobody is signed in it says nothing about anybody.
    """
    lines = tuple(text if isinstance(text, Line) else Line(text) for text in texts if text)
    return View(
        lines,
        (*rows, *bar(context, back)),
        neutral=context.turn.session.inmate is None,
        carries=more.get("carries", ()),
        entries=more.get("entries", ()),
        name=more.get("name", ""),
        about=frozenset(more.get("about", ())),
        look=look,
        until=more.get("until"),
    )


def bar(context: Context, back: str) -> Rows:
    """Return what stands below every page of a kiosk, always in the same place: back, language, help, the way out."""
    _, at = context.words, context.turn.session.view.partition(":")[0]
    ways = [Button(_("⬅️ Back"), way_back(context, back), place=Place.BACK)] if back else []
    if at not in {LANGUAGES, WELCOME}:
        ways.append(Button(f"🌐 {own_name(_.language, context.turn.hub.languages)}", LANGUAGES, place=Place.HEAD))
    out = [Button(_("❗ It is urgent"), URGENT, "danger", place=Place.BAR)] if at != URGENT else []
    if context.turn.session.inmate:
        out.append(Button(_("🔒 Finish"), "finish", place=Place.BAR))
    return tuple(tuple(row) for row in (ways, out) if row)


def way_back(context: Context, back: str) -> str:
    """Return what the way back presses: a step to the page from which one came, or else to the one that is named.

    Where everybody begins has a name of its own, and so have steps that are no page.
    """
    steps = len(context.turn.session.trail)
    if steps == 0 or back in STEPS:
        return back
    return f"back:{steps}" if steps > 1 else HOME if context.turn.session.inmate else "start"


def pairs(buttons: list[Button]) -> Rows:
    """Lay buttons out as tiles, two a row."""
    return tuple(tuple(buttons[start : start + COLUMNS]) for start in range(0, len(buttons), COLUMNS))


def line_by_line(lines: Iterable[Line]) -> tuple[Entry, ...]:
    """Return lines of which there may be many, each of its own."""
    return tuple(Entry((line,)) for line in lines)


def row_by_row(rows: Rows) -> tuple[Entry, ...]:
    """Return rows of buttons of which there may be many, each of its own."""
    return tuple(Entry(rows=(row,)) for row in rows)


def in_pairs(items: Sequence[tuple[Line, Button]], heading: tuple[Line, ...] = ()) -> tuple[Entry, ...]:
    """Return what there may be many of, each with a sentence and a button, as tiles under a heading."""
    found: list[Entry] = []
    for start in range(0, len(items), COLUMNS):
        part = items[start : start + COLUMNS]
        lines, row = tuple(line for line, _button in part), tuple(button for _line, button in part)
        found.append(Entry(lines, (row,), heading) if start else Entry((*heading, *lines), (row,)))
    return tuple(found)


def short(text: str) -> str:
    """Shorten a hub's own words to what a button has room for."""
    if len(plain(text).replace(COLOURED, "")) <= BUTTON_LENGTH:
        return text
    return f"{clipped(text, BUTTON_LENGTH - 1)}…"


def mark(chosen: bool, label: str) -> str:
    """Write a button that can be switched on and off, or is one to choose from; nothing else begins like these."""
    return f"☑️ {label}" if chosen else f"▫️ {label}"


def pictured(icon: str, name: str) -> str:
    """Write a hub's own words behind their icon, where they have one."""
    return f"{icon} {name}".strip()


def start_button(_: Words) -> Button:
    """Return the way back to the start page of the staff."""
    return Button(_("⬅️ Start page"), START)


async def page(context: Context) -> View:
    """Write the page that the kiosk is at."""
    name, _, argument = context.turn.session.view.partition(":")
    return await context.bot_data.pages[name](context, argument)


def at_sheet(name: str, page: int) -> str:
    """Name a page of several, counted from 0, of which the first is called by the name alone."""
    return f"{name}:{page}" if page else name


def passing(write: Page) -> Page:
    """Let a page live in memory alone: a PIN can be read from what it shows and what is pressed on it."""

    async def written(context: Context, argument: str) -> View:
        return replace(await write(context, argument), passing=True, neutral=False)

    return written


async def show_page(context: Context) -> None:
    """Show the page that the kiosk is at."""
    context.tell_kiosk(context.turn.session.kiosk, await page(context))


async def open_page(context: Context, view: str) -> None:
    """Go to a page and show it."""
    trails.open_page(context.turn, view)
    await show_page(context)


async def lock(context: Context, kiosk: str) -> None:
    """Lock a kiosk that somebody left; what they had begun is kept for them alone (J3)."""
    await leaving.lock(context.turn, kiosk)
    context.tell_kiosk(kiosk, await page(context))


async def leave(context: Context) -> None:
    """Leave a kiosk at which nobody stands any more; what was done there is done, and an unfinished slip is kept."""
    await leaving.leave_for_later(context.turn)
    await show_page(context)


async def show_left(context: Context, places: Iterable[str]) -> None:
    """Show at other kiosks that somebody has left them: nothing of the person stays there."""
    for kiosk in places:
        if session := await kiosks.session_at(context.turn, kiosk):
            with context.turn.standing_at(session):
                context.tell_kiosk(kiosk, await page(context))


async def say_at_screens(context: Context, units: Collection[str], broadcast: int) -> None:
    """Let the screens of these units that greet say it, behind everybody's taps; that they did is counted.

    Whatever else stands on a screen is about its unit, and follows by itself.
    """
    for session in await kiosks.resting(context.turn):
        if session.unit in units:
            with context.turn.standing_at(session):
                context.broadcast_to_kiosk(broadcast, session.kiosk, await page(context))
