"""The way from a list to a slip's own page, where a coordinator enters what an adviser says on the telephone."""

from collections.abc import Iterable

from bot.domain.chat.messages import Button
from handlers.chat.context import Context
from handlers.chat.rows import Rows, pairs

PAGE = "phone:{slip}"


def slip_buttons(context: Context, slips: Iterable[tuple[str, str]]) -> Rows:
    """Return a button for each slip (code and unit), once; none where the hub has no page of one slip."""
    if not any(line.what == PAGE for line in context.bot_data.lines):
        return ()
    labels = {code: f"{code} · {unit}" for code, unit in slips}
    return pairs([Button(label, PAGE.replace("{slip}", code)) for code, label in labels.items()])
