"""Pages of the staff about one inmate: only a screen inside the house shows them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from bot.domain import subjects
from bot.domain.chat.messages import Button, Line, Reader, View
from bot.domain.people import Inmate
from bot.domain.services import Hub, Service
from handlers.chat.context import Context
from handlers.chat.rows import Rows, pairs, pictured, start_button
from handlers.chat.words import Words

INMATES = 16
NO_TOPIC = "-"
Write = Callable[[Words], View]


def inside_only(context: Context, write: Write, *named: str, slips: Iterable[str] = ()) -> Callable[[Reader], View]:
    """Write a page for a reader inside the house; anybody else is told where it can be done.

    Whoever is ``named`` there, by number, and the ``slips`` on it, by code, are what the page is about.
    """
    about = subjects.named(*named) | subjects.slips(*slips)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        if reader.leaves_house:
            return View((Line(_("This is done at a screen inside the house.")),), ((start_button(_),),), about=about)
        view = write(_)
        return replace(view, about=view.about | about)

    return build


def private(*texts: str) -> tuple[Line, ...]:
    """Return sentences that say something about a person."""
    return tuple(Line(text, private=True) for text in texts if text)


def hidden(text: str, data: str, style: str | None = None) -> Button:
    """Return a button that stays inside the house."""
    return Button(text, data, style, private=True)


def numbers(inmates: list[Inmate], page: int) -> list[str]:
    """Return the numbers of whoever stands on a page of inmates."""
    return [each.id for each in inmates[page * INMATES : (page + 1) * INMATES]]


def page_of(inmates: list[Inmate], inmate: str) -> int:
    """Return on which page of inmates somebody stands, by number; the first where they do not."""
    return next((at // INMATES for at, each in enumerate(inmates) if each.id == inmate), 0)


def choose_inmate(_: Words, inmates: list[Inmate], page: int, press: str, turn: str) -> Rows:
    """Return a page of inmates by number and alias; ``press`` and ``turn`` are data with a place for number or page."""
    tiles = [
        hidden(f"{each.id} {each.alias}", press.format(each.id))
        for each in inmates[page * INMATES : (page + 1) * INMATES]
    ]
    pages = -(-len(inmates) // INMATES)
    more = ((hidden(_("➡️ More people"), turn.format((page + 1) % pages)),),) if pages > 1 else ()
    return (*pairs(tiles), *more)


def choose_service(_: Words, hub: Hub, inmate: Inmate, taken: Collection[str], press: str) -> Rows:
    """Return the services that take slips of somebody, and last that one does not know (F137).

    Those that are ``taken`` have an open slip of theirs, and would refuse a second one.
    """
    tiles = [
        hidden(f"{each.icon} {_.of(each.name)}", press.format(each.key))
        for each in hub.services.values()
        if hub.is_answered(each.key, inmate.unit) and each.key not in {hub.triage, *taken}
    ]
    unknown = (hidden(_("❓ I don't know"), press.format(hub.triage)),)
    return (*pairs(tiles), *(() if hub.triage in taken else (unknown,)))


def taken_in_words(_: Words, inmate: Inmate, taken: Collection[str]) -> str:
    """Say why some services are not there to choose, without saying which."""
    return _("{number} has an open slip at services not shown here.", number=inmate.id) if taken else ""


def send_with_topic(_: Words, service: Service, press: str, *, topics: bool) -> Rows:
    """Return the buttons that send: each topic is one, and so is none."""
    tiles = [hidden(pictured(each.icon, _.of(each.name)), press.format(each.key)) for each in service.topics if topics]
    alone = _("✅ Send without a topic") if tiles else _("✅ Send")
    return (*pairs(tiles), (hidden(alone, press.format(NO_TOPIC), "success"),))


def topic_of(word: str) -> str | None:
    """Return the topic that was pressed, if one was."""
    return None if word == NO_TOPIC else word


def named(_: Words, inmate: Inmate) -> str:
    """Say who somebody is: number, alias and language."""
    return _(
        "{number} {alias}, speaks {language}",
        number=inmate.id,
        alias=inmate.alias,
        language=_.name_of(inmate.language),
    )


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, in its order."""
    return tuple(dict.fromkeys(texts))
