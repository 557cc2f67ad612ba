"""The access log and nothing else: newest first, by slip or person, refused attempts included (J20)."""

from collections.abc import Callable

from telegram import Update

from bot.domain.audit import Kept
from bot.domain.chat.messages import Button, Reader, View
from bot.domain.people import Role
from bot.usecases import audit
from bot.usecases.chat import desks
from handlers.chat.context import Context
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.chat.start import Shortcut
from handlers.chat.words import Words
from handlers.office.actions import about_in_words, action_in_words, outcome_in_words
from handlers.said.audit import TITLES

TASK = "log"
QUICK = 3


async def show(_update: Update, context: Context) -> None:
    """Show the newest entries."""
    context.show_for(await _page(context, audit.EVERYTHING, audit.NEWEST))


async def show_some(_update: Update, context: Context) -> None:
    """Show a page of all entries, or of those by or about one slip, person or place."""
    context.show_for(await _page(context, context.text("word"), context.number("number")))


async def take_typed(update: Update, context: Context, text: str) -> None:
    """Look for a typed slip or person."""
    context.forget(update)
    context.say(update, await _page(context, audit.typed(text), audit.NEWEST))


async def _page(context: Context, only: str, before: int) -> Callable[[Reader], View]:
    await desks.begin(context.turn, TASK)
    found, older = await audit.page(context.turn, only, before)
    about = await audit.about(context.turn, found, only)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [_line(_, each) for each in found] or [_("Nothing stands here.")]
        lines[:0] = [only] if audit.WORD.fullmatch(only) and only not in TITLES else []
        lines.append(_("Write a slip or a person to look for: FJ-116, KB-A1."))
        rows = _rows(_, only, found, older=older, newest=before)
        return inside(reader, _, _title(_, only), lines, rows, about=about)

    return build


def _title(_: Words, only: str) -> str:
    return TITLES[only](_) if only in TITLES else _("🗂️ About and by one")


def _line(_: Words, kept: Kept) -> str:
    entry = kept.entry
    what = action_in_words(_, entry.action)
    parts = [_.short_time(entry.at), entry.actor, what, about_in_words(_, entry), outcome_in_words(_, entry)]
    return " · ".join(each for each in parts if each)


def _rows(_: Words, only: str, found: list[Kept], *, older: bool, newest: int) -> tuple[tuple[Button, ...], ...]:
    down = [Button(_("⬇️ Older"), f"log:{only}:{found[-1].number}", private=True)] if older else []
    up = [Button(_("⏫ Newest"), f"log:{only}:{audit.NEWEST}", private=True)] if newest != audit.NEWEST else []
    kinds = (
        Button(_("🗂️ Everything"), f"log:{audit.EVERYTHING}:{audit.NEWEST}", private=True),
        Button(_("🚫 Refused"), f"log:{audit.REFUSED}:{audit.NEWEST}", private=True),
        Button(_("👁️ Read"), f"log:{audit.READ}:{audit.NEWEST}", private=True),
    )
    whom = dict.fromkeys(word for each in found for word in (each.entry.about, each.entry.actor) if _is_one(word))
    quick = tuple(Button(word, f"log:{word}:{audit.NEWEST}", private=True) for word in list(whom)[:QUICK])
    return (tuple(down + up), kinds, quick, (start_button(_),))


def _is_one(word: str) -> bool:
    """Say whether this is a slip, a person or a place, and no verb."""
    return bool(audit.WORD.fullmatch(word)) and word == word.upper() and word != word.lower()


SHORTCUTS = [Shortcut(label=lambda _: _("🗂️ Access log"), data="log", may=Role.AUDITOR)]

PROMPTS = {TASK: take_typed}

HANDLERS = [
    tap("log", show, may=Role.AUDITOR),
    tap("log:{word}:{number}", show_some, may=Role.AUDITOR),
]
