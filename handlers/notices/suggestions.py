"""The words that are suggested for a notice: those it had, or who is here by the timetable."""

from datetime import datetime

from bot.domain.chat.tongues import plain
from bot.domain.notices.plans import Style
from bot.usecases.chat.flows import At
from handlers.chat.words import Words, words_to_inmates


def suggested_text(at: At) -> str | None:
    """Return the text that is suggested in the language that is asked for: as before, or by the timetable."""
    if at.draft.get("old"):
        old: str | None = at.draft["old"].get(at.of)
        return old
    text = _who_is_here(words_to_inmates(at.of, at.turn.hub.zone), at)
    return text and plain(text)


def _who_is_here(_: Words, at: At) -> str | None:
    draft = at.draft
    if draft["style"] != Style.SERVICE or not draft.get("day"):
        return None
    opens, closes = (datetime.fromisoformat(draft[name]) for name in ("opens", "closes"))
    service = _.of(at.turn.hub.services[draft["service"]].name)
    return _(
        "{service} is here {day}, {opens}–{closes}.",
        service=service,
        day=_.day(opens),
        opens=_.time(opens),
        closes=_.time(closes),
    )
