"""Who reads aloud in each language, for whoever runs the hub: nobody, people who were recorded, or a program."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.chat.messages import Build, Reader, View
from bot.domain.people import SETTERS, Person
from bot.domain.subjects import HUB
from bot.voices.engines import Kind
from handlers.chat.context import PAGE, Context
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words
from handlers.said.voices import WHO_SPEAKS

VOICES = "voices"


async def show(_update: Update, context: Context) -> None:
    """Show who reads aloud in each language."""
    await show_in_place(context, f"{PAGE}{VOICES}")


async def write(context: Context, _person: Person, _rest: str) -> Build:
    """Write a line for each language of the hub, and for each that people have recorded."""
    nobody: dict[str, Sequence[str]] = dict.fromkeys(context.turn.hub.languages, ())
    voices = {**nobody, **context.bot_data.voices()}

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [_("{language}: {voice}", language=_.name_of(each), voice=_voice(_, voices[each])) for each in voices]
        if not any(voices.values()):
            lines.append(_("Install espeak-ng on the machine of the hub. Then start the hub again."))
        return inside(reader, _, _("🔊 Reading aloud"), lines, ((start_button(_),),), about=frozenset({HUB}))

    return build


def _voice(_: Words, kinds: Sequence[str]) -> str:
    return _.all_of(WHO_SPEAKS[Kind(each)](_) for each in kinds) if kinds else _("no voice")


VIEWS = {f"{PAGE}{VOICES}": Living(write, same=True, may=SETTERS)}

SHORTCUTS = [Shortcut(label=lambda _: _("🔊 Reading aloud"), data=VOICES, may=SETTERS)]

HANDLERS = [tap(VOICES, show, may=SETTERS)]
