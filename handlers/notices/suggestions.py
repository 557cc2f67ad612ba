"""The words that are suggested for a notice: those it had, or who is here by the timetable."""

from datetime import datetime

from bot.domain.notice_plans import TEXT, Draft, Style
from bot.usecases import notice_plans as cases
from handlers.chat.context import Context
from handlers.chat.words import Words


def suggested_text(context: Context, draft: Draft) -> str | None:
    """Return the text that is suggested in the language that is asked for: as before, or by the timetable."""
    asked = cases.question(context.turn, draft) or ""
    language = asked.removeprefix(TEXT)
    if not asked.startswith(TEXT):
        return None
    if draft.get("old"):
        old: str | None = draft["old"].get(language)
        return old
    return _who_is_here(context, context.words_for(language), draft)


def _who_is_here(context: Context, _: Words, draft: Draft) -> str | None:
    if draft["style"] != Style.SERVICE or not draft.get("day"):
        return None
    opens, closes = (datetime.fromisoformat(draft[name]) for name in ("opens", "closes"))
    service = _.of(context.turn.hub.services[draft["service"]].name)
    return _(
        "{service} is here {day}, {opens}–{closes}.",
        service=service,
        day=_.day(opens),
        opens=_.time(opens),
        closes=_.time(closes),
    )
