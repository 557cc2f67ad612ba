"""A new theme night in one short flow, and changing one: one question a page, typed or pressed; then its own page."""

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, View
from bot.domain.people import PLANNERS, PROPOSERS
from bot.domain.theme_nights.plans import MINE, THEIRS
from bot.usecases.chat.flows import At
from bot.usecases.theme_nights import plans as cases
from bot.usecases.theme_nights.plans import Done
from handlers.chat.context import Context
from handlers.chat.inmate_pages import inside_only
from handlers.chat.lines import tap
from handlers.chat.ways import to_theme_night
from handlers.chat.words import Words
from handlers.flow.questions import Flow, Part, Write, finishes
from handlers.said import theme_nights as say
from handlers.theme_nights.edits import MENUS, edit, menu, show_edits
from handlers.theme_nights.overview import open_theme_nights
from handlers.theme_nights.pages import open_theme_night, theme_night_ways
from handlers.theme_nights.questions import QUESTIONS, value_in_words
from handlers.theme_nights.steps import aside


async def begin(update: Update, context: Context) -> None:
    """Begin a new night."""
    await FLOW.begin(update, context, **cases.new(context.turn))


async def begin_change(update: Update, context: Context) -> None:
    """Ask one thing about a night anew, or show what of it there is to choose from."""
    number, word = context.number("number"), context.text("word")
    if word in MENUS:
        await menu(update, context, word)
    else:
        await FLOW.begin(update, context, **await cases.change(context.turn, number, word))


async def flip(update: Update, context: Context) -> None:
    """Switch something on or off."""
    turn, word = context.turn, context.text("word")
    done = await cases.flip(turn, context.number("number"), context.number("revision"), word)
    await show_edits(update, context, done.night.id)


async def finish(update: Update, context: Context, at: At, word: str) -> None:
    """Be done, or ask what shall stand where somebody else has changed just this in the meantime."""
    done = await cases.finish(at, word)
    if done is None:
        await FLOW.show_task(update, context)
        return
    if not done.new or context.turn.pressed:
        aside(update, context, _done(context, done))
    if done.new:
        await open_theme_night(context, done.night.id)


def _done(context: Context, done: Done) -> Build:
    def write(_: Words) -> View:
        said = _("✅ It is kept as a draft.") if done.new else _("✅ It is changed.")
        line = Line(said if done.changed else _("It stays as it was."))
        more = Button(_("✏️ Change more"), f"night_edit:{done.night.id}")
        return View((line, Line(say.headline(_, done.night))), ((more,), theme_night_ways(_, done.night.id)))

    return inside_only(context, write)


async def show_theme_nights(_update: Update, context: Context) -> None:
    """Show all nights: none is being put together."""
    await open_theme_nights(context)


async def show_theme_night(_update: Update, context: Context) -> None:
    """Show the pressed night as it is now."""
    await open_theme_night(context, context.number("number"))


def _title(_: Words, at: At) -> list[str]:
    if at.about:
        return [say.headline(_, at.about)]
    proposal = at.turn.actor.role & PROPOSERS
    return [_("💡 A theme night to propose") if proposal else _("➕ A new theme night")]


def _ways(_: Words, at: At) -> tuple[Button, ...]:
    return (to_theme_night(_, at.about.id) if at.about else Button(_("⬅️ Theme nights"), "all_nights"),)


async def _clash(_context: Context, at: At) -> Write:
    """Ask what shall stand where somebody else has changed just this in the meantime."""

    def write(_: Words) -> Part:
        lines = [_("Somebody else has just changed this.")]
        for name in at.draft["ask"]:
            theirs, mine = (value_in_words(_, at, name, each) for each in (at.draft["was"][name], at.draft[name]))
            lines += [_("Theirs: {value}", value=theirs), _("Yours: {value}", value=mine)]
        keep = Button(_("👍 Keep theirs"), finishes(at, THEIRS))
        return lines, ((keep, Button(_("✍️ Take mine"), finishes(at, MINE), "primary")),)

    return write


FLOW = Flow(
    task=cases.TASK,
    may=PLANNERS,
    questions=QUESTIONS,
    asked=lambda at: at.draft["ask"],
    is_there=cases.is_there,
    loads=lambda context, at: cases.theme_night_at(context.turn, at.draft),
    title=_title,
    ways=_ways,
    summary=_clash,
    finish=finish,
    at_once=True,
    lost=show_theme_nights,
    show=aside,
)

FLOWS = [FLOW]

PROMPTS = {cases.TASK: FLOW.take_line}

HANDLERS = [
    tap("night_new", begin, may=PLANNERS),
    tap("night_edit:{number}", edit, may=PLANNERS, again=show_theme_night),
    tap("night_edit:{number}:{word}", begin_change, may=PLANNERS, again=show_theme_night),
    tap("night_flip:{number}:{revision}:{word}", flip, may=PLANNERS, again=show_theme_night),
    *FLOW.lines(),
]
