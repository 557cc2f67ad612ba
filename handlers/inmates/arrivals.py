"""A new arrival: unit, number, an invented name, language, contact officer and escort; then the letter."""

from collections.abc import Callable, Mapping
from typing import Any

from telegram import Update

from bot.domain import inmates as rules
from bot.domain.desks import Desk
from bot.domain.messages import Button, Line, Reader, View
from bot.domain.people import Inmate
from bot.domain.refusals import Stale
from bot.domain.whole import Whole
from bot.usecases import desks, inmates, sizes
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.private import inside
from handlers.chat.rows import pairs
from handlers.chat.start import home_button
from handlers.chat.words import Words
from handlers.inmates.inmates import MAY, fours, hand_letters_over, show_units

TASK = "arrive"
NOBODY = "-"
ORDER = ("unit", "number", "alias", "language", "officer", "escort", "done")


async def begin(_update: Update, context: Context) -> None:
    """Begin with the unit."""
    await sizes.room_for_inmate(context.turn)
    await _show(context, await desks.begin(context.turn, TASK, at="unit", page=0))


async def choose(_update: Update, context: Context) -> None:
    """Take the choice of the page that was pressed."""
    word, draft = context.text("word"), await _at(context)
    chosen = await _chosen(context, draft, word)
    await _show(context, await desks.go_on(context.turn, TASK, context.number("step"), **_next(draft, chosen)))


def _next(draft: Mapping[str, Any], chosen: Any) -> dict[str, Any]:
    at = draft["at"]
    return {at: chosen, "at": ORDER[ORDER.index(at) + 1]}


async def _chosen(context: Context, draft: Mapping[str, Any], word: str) -> Any:
    """Return what was chosen, or refuse what the page does not offer (any more)."""
    at = draft["at"]
    if at == "unit":
        return rules.within(context.turn.person, word)
    if at == "number":
        return await inmates.number_typed(context.turn, word, draft["unit"])
    offered: dict[str, Any] = {}
    if at == "alias":
        offered = {str(index): name for index, name in enumerate(draft["aliases"])}
    elif at == "language":
        offered = {each: each for each in rules.LANGUAGES}
    elif at == "officer":
        officers = await inmates.officers(context.turn, draft["unit"])
        offered = {NOBODY: None, **{each.id: each.id for each in officers}}
    elif at == "escort":
        offered = {str(each): each for each in rules.ESCORTS}
    if word not in offered:
        raise Stale
    return offered[word]


async def more_aliases(_update: Update, context: Context) -> None:
    """Show other invented names."""
    draft = await _at(context)
    if draft["at"] != "alias":
        raise Stale
    await _show(context, await desks.go_on(context.turn, TASK, context.number("step"), page=draft["page"] + 1))


async def take_typed(update: Update, context: Context, text: str) -> None:
    """Take a typed number; an alias is never typed, and what was typed does not stay in the chat."""
    context.forget(update)
    desk = await desks.mine(context.turn)
    if desk.draft.get("at") != "number" or not text.isdigit():
        # No refusal: that would be rolled back, and a person's name would stay in the chat.
        context.say(update, lambda reader: _hint(context, reader))
        return
    number = await inmates.number_typed(context.turn, text, desk.draft["unit"])
    desk = await desks.go_on(context.turn, TASK, desk.step, **_next(desk.draft, number))
    context.say(update, await _page(context, desk))


def _hint(context: Context, reader: Reader) -> View:
    _ = context.words_for(reader.language)
    return View((Line(_("An alias is an invented name. Please use the buttons.")),))


async def done(update: Update, context: Context) -> None:
    """Add the new arrival and hand the first code over."""
    draft = await _at(context)
    if draft["at"] != "done":
        raise Stale
    await desks.clear(context.turn)
    language = draft["language"]
    needs_one = language not in context.turn.hub.languages
    about = (draft["number"], draft["unit"], draft["alias"], language, draft["officer"], draft["escort"])
    new = Inmate(*about, interpreter=needs_one)
    await inmates.add(context.turn, new)
    await hand_letters_over(context, update, [new])
    await show_units(update, context)


async def _at(context: Context) -> Mapping[str, Any]:
    return (await desks.at(context.turn, TASK, context.number("step"))).draft


async def _show(context: Context, desk: Desk) -> None:
    context.show_for(await _page(context, desk))


async def _page(context: Context, desk: Desk) -> Callable[[Reader], View]:
    desk, buttons = await _offered(context, desk)
    at, step = desk.draft["at"], desk.step

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        asked = QUESTIONS[at](_)
        rows = [Button(label(_), f"arrive_in:{word}:{step}", private=True) for label, word in buttons]
        more = (Button(_("🔄 Other names"), f"arrive_more:{step}", private=True),) if at == "alias" else ()
        add = (Button(_("✅ Add"), f"arrive_done:{step}", "success", private=True),) if at == "done" else ()
        lines = [*_so_far(_, desk.draft), *asked]
        laid_out = fours(rows) if at in {"unit", "number", "escort"} else pairs(rows)
        return inside(reader, _, _("➕ New arrival"), lines, (*laid_out, more, add, (home_button(_),)))

    return build


Offered = list[tuple[Callable[[Words], str], str]]


async def _offered(context: Context, desk: Desk) -> tuple[Desk, Offered]:
    """Return what the page offers; the names that it shows are kept, so that a press means what was read."""
    turn, draft = context.turn, desk.draft
    if draft["at"] == "unit":
        return desk, [_as_it_is(unit) for unit in turn.hub.units if unit in turn.person.units]
    if draft["at"] == "number":
        return desk, [_as_it_is(await inmates.next_number(turn, draft["unit"]))]
    if draft["at"] == "alias":
        names = await inmates.free_aliases(turn, draft["page"])
        desk = await desks.go_on(turn, TASK, desk.step, aliases=names)
        return desk, [(_says(name), str(index)) for index, name in enumerate(names)]
    if draft["at"] == "language":
        return desk, [(_language(each), each) for each in rules.LANGUAGES]
    if draft["at"] == "officer":
        officers = [_as_it_is(each.id) for each in await inmates.officers(turn, draft["unit"])]
        return desk, [*officers, (lambda _: _("Nobody yet"), NOBODY)]
    return desk, [_as_it_is(str(each)) for each in rules.ESCORTS] if draft["at"] == "escort" else []


def _as_it_is(word: str) -> tuple[Callable[[Words], str], str]:
    return _says(word), word


def _says(word: str) -> Callable[[Words], str]:
    return lambda _: word


def _language(code: str) -> Callable[[Words], str]:
    return lambda _: _.name_of(code)


QUESTIONS: Whole[str, Callable[[Words], list[str]]] = Whole(
    "what is asked of a new arrival",
    ORDER,
    {
        "unit": lambda _: [_("Which unit?")],
        "number": lambda _: [_("Which number? You can write two digits too.")],
        "alias": lambda _: [_("Which invented name? Never the person's own.")],
        "language": lambda _: [_("Which language?")],
        "officer": lambda _: [_("Who is the contact officer?")],
        "escort": lambda _: [_("How many of the staff walk along?")],
        "done": lambda _: [_("The first code comes with the letter.")],
    },
)


def _so_far(_: Words, draft: Mapping[str, Any]) -> list[str]:
    known = [draft.get("number") or draft.get("unit"), draft.get("alias")]
    known += [_.name_of(draft["language"])] if draft.get("language") else []
    known += [draft.get("officer")]
    known += [_("escort {n}", n=draft["escort"])] if "escort" in draft else []
    said = " · ".join(each for each in known if each)
    return [said] if said else []


PROMPTS = {TASK: take_typed}

HANDLERS = [
    tap("arrive", begin, may=MAY, again=show_units),
    tap("arrive_in:{word}:{step}", choose, may=MAY, again=show_units),
    tap("arrive_more:{step}", more_aliases, may=MAY, again=show_units),
    tap("arrive_done:{step}", done, may=MAY, again=show_units),
]
