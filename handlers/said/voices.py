"""What is said of who reads aloud."""

from bot.domain.whole import Whole
from bot.voices.engines import Kind
from handlers.chat.words import Say

WHO_SPEAKS: Whole[Kind, Say] = Whole(
    "who reads aloud",
    Kind,
    {
        Kind.RECORDINGS: lambda _: _("recordings of people"),
        Kind.PIPER: lambda _: _("a Piper voice"),
        Kind.ESPEAK: lambda _: _("the plain voice of espeak-ng"),
    },
)
