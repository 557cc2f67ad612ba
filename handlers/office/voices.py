"""Languages, for whoever runs the hub: whether their words are whole, who wrote them, and who reads each aloud."""

from collections.abc import Mapping, Sequence

from telegram import Update

from bot.domain.chat.messages import Build, Button, Reader, View
from bot.domain.languages import SignedOff
from bot.domain.people import SETTERS, Person
from bot.domain.services import Hub
from bot.domain.subjects import HUB
from bot.languages import wholeness
from bot.usecases import languages
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
SIGN, TAKE_BACK = "language_read", "language_again"


async def show(_update: Update, context: Context) -> None:
    """Show all languages."""
    await show_in_place(context, f"{PAGE}{VOICES}")


async def write(context: Context, _person: Person, _rest: str) -> Build:
    """Write a line for each language of the hub and its posters, and for each that people have recorded."""
    hub, signed = context.turn.hub, await languages.signed(context.turn)
    nobody: dict[str, Sequence[str]] = dict.fromkeys((*hub.languages, *hub.posters), ())
    voices = {**nobody, **context.bot_data.voices()}

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [_of_language(_, hub, each, signed, voices[each]) for each in voices]
        if not any(voices.values()):
            lines.append(_("Install espeak-ng on the machine of the hub. Then start the hub again."))
        if any(each in hub.by_machine for each in nobody):
            lines.append(_("Have you read a language, and is it in order? Press it."))
        rows = (*((each,) for each in _buttons(_, hub, signed, nobody)), (start_button(_),))
        return inside(reader, _, _("🔊 Languages and reading aloud"), lines, rows, about=frozenset({HUB}))

    return build


def _of_language(_: Words, hub: Hub, language: str, signed: Mapping[str, SignedOff], kinds: Sequence[str]) -> str:
    said = [_whole(_, hub, language), _written(_, hub, language, signed.get(language)), _voice(_, kinds)]
    return _("{language}: {facts}", language=_.name_of(language), facts=" · ".join(each for each in said if each))


def _whole(_: Words, hub: Hub, language: str) -> str:
    lacks = wholeness.lacks(language)
    if language not in hub.languages:
        return _("on posters") if language in hub.posters else ""
    return (
        _.n_("{n} sentence is missing", "{n} sentences are missing", lacks) if lacks else _("every sentence is there")
    )


def _written(_: Words, hub: Hub, language: str, signed: SignedOff | None) -> str:
    if signed:
        return _("read by {person}, {when}", person=signed.person, when=_.short_time(signed.at))
    return _("written by a machine") if language in hub.by_machine else ""


def _voice(_: Words, kinds: Sequence[str]) -> str:
    return _.all_of(WHO_SPEAKS[Kind(each)](_) for each in kinds) if kinds else _("no voice")


def _buttons(_: Words, hub: Hub, signed: Mapping[str, SignedOff], shown: Mapping[str, object]) -> list[Button]:
    """Return how each language that a machine wrote is signed off, or how that is taken back."""
    to_read = [each for each in shown if each in hub.by_machine]
    return [
        *(Button(_("✅ In order: {language}", language=_.name_of(each)), f"{SIGN}:{each}") for each in to_read),
        *(Button(_("↩️ Undo: {language}", language=_.name_of(each)), f"{TAKE_BACK}:{each}") for each in signed),
    ]


async def sign(update: Update, context: Context) -> None:
    """Sign a language off."""
    await languages.sign(context.turn, context.text("language"))
    await show(update, context)


async def take_back(update: Update, context: Context) -> None:
    """Let a language be read again."""
    await languages.take_back(context.turn, context.text("language"))
    await show(update, context)


VIEWS = {f"{PAGE}{VOICES}": Living(write, same=True, may=SETTERS)}

SHORTCUTS = [Shortcut(label=lambda _: _("🔊 Languages and reading aloud"), data=VOICES, may=SETTERS)]

HANDLERS = [
    tap(VOICES, show, may=SETTERS),
    tap(SIGN + ":{language}", sign, may=SETTERS, again=show),
    tap(TAKE_BACK + ":{language}", take_back, may=SETTERS, again=show),
]
