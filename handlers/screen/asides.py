"""Pages beside the way, from every page and back to it: what to do when it is urgent, and which language to speak."""

from telegram import Update

from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, View
from bot.domain.people import SCREEN
from bot.domain.screen.kiosks import LANGUAGES, URGENT
from bot.languages import own_name
from bot.usecases.screen import kiosks
from bot.usecases.screen import languages as spoken
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import pairs, screen, show_page


async def urgent(context: Context, _argument: str) -> View:
    """Say honestly that nobody watches this screen, whoever asks."""
    _ = context.words
    return screen(
        context,
        _("Need help right now? Tell an officer now."),
        _("In your cell: use the call button."),
        _("Nobody watches this screen."),
        look=Look.READ,
        back="go_on",
    )


async def languages(context: Context, _argument: str) -> View:
    """Ask which language to speak; each is called as it calls itself."""
    all_of = context.turn.hub.languages
    tiles = [Button(own_name(each, all_of), f"language:{each}") for each in all_of]
    return screen(context, context.words("Choose your language"), rows=pairs(tiles), back="go_on")


async def show_urgent(_update: Update, context: Context) -> None:
    """Open the page for what cannot wait."""
    await _step_aside(context, URGENT)


async def show_languages(_update: Update, context: Context) -> None:
    """Open the page with the languages."""
    await _step_aside(context, LANGUAGES)


async def _step_aside(context: Context, name: str) -> None:
    kiosks.step_aside(context.turn, name)
    await show_page(context)


async def go_back(_update: Update, context: Context) -> None:
    """Go back from a page beside the way to where one was."""
    kiosks.go_on(context.turn)
    await show_page(context)


async def choose_language(_update: Update, context: Context) -> None:
    """Speak the chosen language, and go on where one was."""
    _, language = context.words, context.text("language")
    if language == context.turn.session.language:
        # Translators: say here what this language itself is called, as «Språket er norsk.»
        context.alert(_("The language is English."))
    if language in context.turn.hub.languages:
        await spoken.choose(context.turn, language)
    await show_page(context)


PAGES = {URGENT: urgent, LANGUAGES: languages}

HANDLERS = [
    tap(URGENT, show_urgent, may=SCREEN),
    tap(LANGUAGES, show_languages, may=SCREEN),
    tap("go_on", go_back, may=SCREEN),
    tap("language:{language}", choose_language, may=SCREEN),
]
