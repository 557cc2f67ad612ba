"""A new arrival: unit, number, an invented name, language, contact officer and escort; then the letter."""

from typing import Any

from telegram import Update

from bot.domain.chat.messages import Line, Reader, View
from bot.domain.inmates import inmates as rules
from bot.domain.people import Inmate
from bot.usecases import sizes
from bot.usecases.chat import desks, flows
from bot.usecases.chat.flows import At
from bot.usecases.inmates import inmates
from handlers.chat.context import Context
from handlers.chat.inmate_pages import hidden
from handlers.chat.lines import tap
from handlers.chat.words import Words, spoken_by_staff
from handlers.flow.questions import Flow, Part, Question, Write, finishes, press
from handlers.inmates.inmates import MAY, fours, hand_pin_letters_over, show_units

TASK = "arrive"
NOBODY, MORE = "-", "more"


async def begin(update: Update, context: Context) -> None:
    """Begin with the unit."""
    await sizes.room_for_inmate(context.turn)
    await FLOW.begin(update, context)


async def take_typed(update: Update, context: Context, text: str) -> None:
    """Take a typed number; an alias is never typed, and what was typed does not stay in the chat."""
    context.forget(update)
    at = await flows.here(FLOW, context.turn)
    if at is None or at.name != "number" or not text.isdigit():
        # No refusal: that would be rolled back, and a person's name would stay in the chat.
        context.say(update, lambda reader: _hint(context, reader))
    else:
        await FLOW.take_line(update, context, text)


def _hint(context: Context, reader: Reader) -> View:
    _ = context.words_for(reader.language)
    return View((Line(_("An alias is an invented name. Please use the buttons.")),))


async def _next_number(at: At) -> list[str]:
    return [await inmates.next_number(at.turn, at.draft["unit"])]


async def _number_typed(at: At, text: str) -> str:
    return await inmates.number_typed(at.turn, text, at.draft["unit"])


async def _with_number(at: At, number: str) -> dict[str, Any]:
    return {"number": number, **await _names(at, 0)}


async def _with_alias(at: At, name: str) -> dict[str, Any]:
    return await _names(at, at.draft["page"] + 1) if name == MORE else {"alias": name}


async def _names(at: At, page: int) -> dict[str, Any]:
    """Keep the names that the page shows, so that a press means what was read."""
    return {"page": page, "aliases": await inmates.free_aliases(at.turn, page)}


async def _officers(at: At) -> list[str]:
    return [*(each.id for each in await inmates.officers(at.turn, at.draft["unit"])), NOBODY]


QUESTIONS = {
    "unit": Question(
        asks=lambda _, _at: [_("Which unit?")],
        choices=lambda at: [unit for unit in at.turn.hub.units if unit in at.turn.person.units],
        unoffered=lambda at, unit: rules.within(at.turn.person, unit),
        layout=fours,
    ),
    "number": Question(
        asks=lambda _, _at: [_("Which number? You can write two digits too.")],
        choices=_next_number,
        unoffered=_number_typed,
        reads=_number_typed,
        answers=_with_number,
        layout=fours,
    ),
    "alias": Question(
        asks=lambda _, _at: [_("Which invented name? Never the person's own.")],
        choices=lambda at: {str(index): name for index, name in enumerate(at.draft["aliases"])},
        unoffered=flows.also(MORE),
        answers=_with_alias,
        more=lambda _, at: ((hidden(_("🔁 Other names"), press(at, MORE)),),),
    ),
    "language": Question(
        asks=lambda _, _at: [_("Which language?")],
        choices=lambda _at: rules.LANGUAGES,
        label=lambda _, _at, language: _.name_of(language),
    ),
    "officer": Question(
        asks=lambda _, _at: [_("Who is the contact officer?")],
        choices=_officers,
        label=lambda _, _at, officer: _("Nobody yet") if officer == NOBODY else officer,
    ),
    "escort": Question(
        asks=lambda _, _at: [_("How many of the staff walk along?")],
        choices=lambda _at: {str(each): each for each in rules.ESCORTS},
        layout=fours,
    ),
}


def _so_far(_: Words, at: At) -> list[str]:
    said = {name: answer for name, answer in at.draft.items() if answer not in (None, NOBODY)}
    known = [said.get("number") or said.get("unit"), said.get("alias")]
    known += [_.name_of(said["language"])] if "language" in said else []
    known += [said.get("officer")]
    known += [_("escort {n}", n=said["escort"])] if "escort" in said else []
    return [" · ".join(each for each in known if each)]


async def _summary(_context: Context, at: At) -> Write:
    def write(_: Words) -> Part:
        add = hidden(_("✅ Add"), finishes(at), "success")
        return [_("The first code comes with the letter.")], ((add,),)

    return write


async def finish(update: Update, context: Context, at: At, _seen: str) -> None:
    """Add the new arrival and hand the first code over."""
    await desks.clear(context.turn)
    said, language = at.draft, at.draft["language"]
    officer = None if said["officer"] == NOBODY else said["officer"]
    needs_one = language not in spoken_by_staff()
    about = (said["number"], said["unit"], said["alias"], language, officer, said["escort"])
    new = Inmate(*about, interpreter=needs_one)
    await inmates.add(context.turn, new)
    await hand_pin_letters_over(context, update, [new])
    await show_units(update, context)


FLOW = Flow(
    task=TASK,
    may=MAY,
    questions=QUESTIONS,
    title=lambda _, _at: (_("➕ New arrival"),),
    known=_so_far,
    summary=_summary,
    finish=finish,
    lost=show_units,
    elsewhere=lambda _, _at: (_("➕ New arrival"), _("You see this page only on the house network.")),
)

FLOWS = [FLOW]

PROMPTS = {TASK: take_typed}

HANDLERS = [tap("arrive", begin, may=MAY, again=show_units), *FLOW.lines()]
