"""Pages of the kiosk: each view has a function that writes it, so that it can be shown again at any time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.domain.chat.messages import Button, Entry, Line, View
from bot.domain.subjects import Subject
from bot.usecases.screen import kiosks
from handlers.chat.context import Context, Page
from handlers.chat.words import Words

COLUMNS = 2
BUTTON_LENGTH = 24
START = "doors"
"""What the way back to the start page of the staff presses; ``home`` is the kiosk's own."""
Rows = tuple[tuple[Button, ...], ...]


def screen(
    *texts: str | Line,
    rows: Rows,
    neutral: bool = False,
    carries: tuple[int, ...] = (),
    entries: tuple[Entry, ...] = (),
    name: str = "",
    about: Iterable[Subject] = (),
) -> View:
    """Put a kiosk's page together; ``carries`` are the broadcasts that it shows, of ``entries`` there may be many.

    ``about`` names what it tells of beside what every page of the one who is signed in there is about.
    """
    lines = tuple(text if isinstance(text, Line) else Line(text) for text in texts if text)
    return View(lines, rows, neutral, carries=carries, entries=entries, name=name, about=frozenset(about))


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
    return text if len(text) <= BUTTON_LENGTH else f"{text[: BUTTON_LENGTH - 1]}…"


def mark(chosen: bool, label: str) -> str:
    """Write a button that can be switched on and off, or is one to choose from; nothing else begins like these."""
    return f"☑️ {label}" if chosen else f"▫️ {label}"


def pictured(icon: str, name: str) -> str:
    """Write a hub's own words behind their icon, where they have one."""
    return f"{icon} {name}".strip()


def home_button(_: Words) -> Button:
    """Return the way back."""
    return Button(_("⬅️ Back"), "home")


def start_button(_: Words) -> Button:
    """Return the way back to the start page of the staff."""
    return Button(_("⬅️ Start page"), START)


def finish_button(_: Words) -> Button:
    """Return the way out, which stands on every page of who is signed in."""
    return Button(_("🔒 Finish"), "finish")


async def page(context: Context) -> View:
    """Write the page that the kiosk is at."""
    name, _, argument = context.turn.session.view.partition(":")
    return await context.bot_data.pages[name](context, argument)


def passing(write: Page) -> Page:
    """Let a page live in memory alone: a PIN can be read from what it shows and what is pressed on it."""

    async def written(context: Context, argument: str) -> View:
        return replace(await write(context, argument), passing=True)

    return written


async def show_page(context: Context) -> None:
    """Show the page that the kiosk is at."""
    context.tell_kiosk(context.turn.session.kiosk, await page(context))


async def open_page(context: Context, view: str) -> None:
    """Go to a page and show it."""
    kiosks.open_page(context.turn, view)
    await show_page(context)


async def lock(context: Context, kiosk: str) -> None:
    """Lock a kiosk that somebody left; what they had begun is kept for them alone (J3)."""
    await kiosks.lock(context.turn, kiosk)
    context.tell_kiosk(kiosk, await page(context))


async def say_at_screens(context: Context, units: Collection[str], broadcast: int) -> None:
    """Let the screens of these units that greet say it, behind everybody's taps; that they did is counted.

    Whatever else stands on a screen is about its unit, and follows by itself.
    """
    for session in await kiosks.resting(context.turn):
        if session.unit in units:
            with context.turn.standing_at(session):
                context.broadcast_to_kiosk(broadcast, session.kiosk, await page(context))
