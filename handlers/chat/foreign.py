"""What an inmate is told where the hub's own text lacks their language: in which one it stands there instead."""

from typing import TYPE_CHECKING

from bot import languages
from bot.domain.chat.tongues import marked

if TYPE_CHECKING:
    from handlers.chat.words import Words


def in_another(_: "Words", text: str, language: str) -> str:
    """Say a text that is in another language than the reader's, and in which one."""
    name = _.name_of(languages.WRITTEN_AS.get(language, language))
    # Translators: the reader's own language lacks this text, so another one is shown: Housing (in English)
    return _("{text} (in {language})", text=marked(text, language), language=name)
