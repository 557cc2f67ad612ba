"""The digit pad: keys whose data tells no digit, what is entered, as dots."""

import re
from datetime import datetime, timedelta

from bot.domain.chat.messages import Button
from bot.usecases.screen import kiosks
from bot.usecases.turn import Pad
from handlers.chat.context import Context
from handlers.chat.rows import Rows

PRESSES_THAT_PASS = re.compile(r"pad:|erase\Z")
"""What is pressed on the digit pad: it is remembered, and never written."""

DOT, HOLE = "●", "○"
MINUTE = timedelta(minutes=1)


def keys(context: Context, shown: Pad) -> Rows:
    """Return the keys of a pad."""
    _ = context.words
    digits = [Button(digit, f"pad:{token}") for token, digit in kiosks.tokens(context.turn, shown).items()]
    last = (Button(_("⌫ Erase"), "erase"), digits[9], Button(_("✖️ Stop"), "start"))
    return tuple(digits[0:3]), tuple(digits[3:6]), tuple(digits[6:9]), last


def code_so_far(context: Context, entered: str) -> str:
    """Say how many digits of a code are entered, and how many are not yet."""
    dots = (DOT * len(entered)).ljust(context.turn.hub.pin_digits, HOLE)
    return context.words("Code: {dots}", dots=dots)


def on_a_break(context: Context, until: datetime) -> str:
    """Say that a number's code takes a break here; ``until`` is its end, in UTC."""
    minutes = -((context.turn.now - until) // MINUTE)
    return context.words.n_(
        "You can try again here in {n} minute. An officer can help you now.",
        "You can try again here in {n} minutes. An officer can help you now.",
        minutes,
    )
