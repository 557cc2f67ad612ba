"""Ways to pages that several rooms lead to: a button's words and what it presses, or the key under which one stands."""

from collections.abc import Callable, Iterable
from datetime import date

from bot.domain.broadcasts import TOLD
from bot.domain.chat.messages import Button
from bot.domain.subjects import About
from bot.domain.whole import Whole
from handlers.chat.context import PAGE, Context
from handlers.chat.rows import Rows, pairs
from handlers.chat.words import Words

BROADCAST = f"{PAGE}broadcast"
THEME_NIGHT = f"{PAGE}night"
PHONE = "phone:{slip}"


def to_theme_night(_: Words, number: int) -> Button:
    """Return the way back to the page on which a theme night is planned."""
    return Button(_("⬅️ The theme night"), f"night_page:{number}")


def theme_night_key(number: int) -> str:
    """Name that page."""
    return f"{THEME_NIGHT}:{number}"


def to_notices(_: Words) -> Button:
    """Return the way back to the notices that stand."""
    return Button(_("⬅️ Notices"), "notice_desk")


TO_SUBJECT: Whole[About, Callable[[Words, str], Button]] = Whole(
    "the way back to what many are told of",
    TOLD,
    {
        About.THEME_NIGHT: lambda _, number: to_theme_night(_, int(number)),
        About.NOTICE: lambda _, _number: to_notices(_),
    },
)


def to_week(_: Words, prison: str, day: date) -> Button:
    """Return the way back to the week around a day in the timetable."""
    return Button(_("⬅️ Timetable"), f"week:{prison}:{day}")


def broadcast_key(number: int) -> str:
    """Name the page that says how far a broadcast has come."""
    return f"{BROADCAST}:{number}"


def to_slips(context: Context, slips: Iterable[tuple[str, str]]) -> Rows:
    """Return a button for each slip (code and unit), once, to the page where a coordinator enters what is said.

    There is none where the hub has no page of one slip.
    """
    if not any(line.what == PHONE for line in context.bot_data.lines):
        return ()
    labels = {code: f"{code} · {unit}" for code, unit in slips}
    return pairs([Button(label, PHONE.replace("{slip}", code)) for code, label in labels.items()])
