"""A new theme night in one short flow, and changing one: one question a page, typed or pressed; then its own page."""

from telegram import Update

from bot.domain import night_plans as rules
from bot.domain.desks import Desk
from bot.domain.messages import Build, Button, Line, View
from bot.domain.night_plans import ALL, DONE, MINE, NONE, SEVERAL, THEIRS, WOMEN, kind_of
from bot.domain.people import PLANNERS, Role
from bot.domain.refusals import NotUnderstood
from bot.domain.theme_nights import ThemeNight
from bot.usecases import desks, theme_nights
from bot.usecases import night_plans as cases
from bot.usecases.night_plans import Done
from handlers.chat.context import Context
from handlers.chat.inmate_pages import indoors
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, mark, pairs, short
from handlers.chat.start import home_button
from handlers.chat.words import Words
from handlers.theme_nights import words as say
from handlers.theme_nights.edits import MENUS, edit, edit_page, menu
from handlers.theme_nights.news import correct
from handlers.theme_nights.overview import open_nights
from handlers.theme_nights.pages import aside, night_ways, open_night
from handlers.theme_nights.questions import ASKED, label, now_said, one_of, value_in_words
from handlers.theme_nights.readings import read


async def begin(update: Update, context: Context) -> None:
    """Begin a new night."""
    aside(update, context, await _page(context, await cases.begin(context.turn)))


async def begin_change(update: Update, context: Context) -> None:
    """Ask one thing about a night anew, or show what of it there is to choose from."""
    number, word = context.number("number"), context.text("word")
    if word in MENUS:
        await menu(update, context, word)
    else:
        aside(update, context, await _page(context, await cases.begin_change(context.turn, number, word)))


async def choose(update: Update, context: Context) -> None:
    """Take an answer and ask the next question, or be done."""
    await _go_on(update, context, await cases.choose(context.turn, context.number("step"), context.text("word")))


async def back(update: Update, context: Context) -> None:
    """Take the last answer back."""
    await _go_on(update, context, await cases.back(context.turn, context.number("step")))


async def take_line(update: Update, context: Context, text: str) -> None:
    """Take a typed answer, and ask the next question below; what cannot be read leaves the question standing."""
    question = rules.question((await desks.mine(context.turn)).draft)
    value = read(context.turn.hub, context.turn.now, question, text) if question else None
    if question is None or value is None:
        raise NotUnderstood
    await _go_on(update, context, await cases.write(context.turn, question, value))


async def flip(update: Update, context: Context) -> None:
    """Switch something on or off."""
    turn, word = context.turn, context.text("word")
    done = await cases.flip(turn, context.number("number"), context.number("revision"), word)
    aside(update, context, await edit_page(context, done.night.id))


async def _go_on(update: Update, context: Context, outcome: Desk | Done) -> None:
    if isinstance(outcome, Desk):
        aside(update, context, await _page(context, outcome))
        return
    if outcome.changed:
        await correct(context, outcome.night)
    if not outcome.new or context.turn.pressed:
        aside(update, context, _done(context, outcome))
    if outcome.new:
        await open_night(context, outcome.night.id)


def _done(context: Context, outcome: Done) -> Build:
    def write(_: Words) -> View:
        said = _("✅ It is kept as a draft.") if outcome.new else _("✅ It is changed.")
        line = Line(said if outcome.changed else _("It stays as it was."))
        more = Button(_("✏️ Change more"), f"night_edit:{outcome.night.id}")
        return View((line, Line(say.headline(_, outcome.night))), ((more,), night_ways(_, outcome.night.id)))

    return indoors(context, write)


async def show_task(update: Update, context: Context) -> None:
    """Show the question at which the desk is; or all nights, where there is none."""
    desk = await cases.present(context.turn)
    if desk is None:
        await open_nights(context)
    else:
        aside(update, context, await _page(context, desk))


async def show_night(_update: Update, context: Context) -> None:
    """Show the pressed night as it is now."""
    await open_night(context, context.number("number"))


# ── one question ──────────────────────────────────────────────────────────────────────────────────────────────────


async def _page(context: Context, desk: Desk) -> Build:
    name = rules.question(desk.draft)
    words = await cases.choices(context.turn, desk.draft)
    night = await cases.night_at(context.turn, desk.draft)
    labels = {word: str(topic) for word, topic in (await _others(context, name, words)).items()}

    def write(_: Words) -> View:
        if name is None and night:
            return _clash(context, _, desk, night)
        title = _title(context, _, night)
        rows = _several(_, desk, str(name), words) if name in SEVERAL else _buttons(context, _, desk, words, labels)
        return View((Line(title), *_asked(context, _, desk, str(name))), (*rows, _ways(_, desk, night)))

    return indoors(context, write)


async def _others(context: Context, name: str | None, words: list[str]) -> dict[str, str]:
    """Return what other nights are called, where one of them is to be chosen."""
    if name != "after":
        return {}
    found = [await theme_nights.find(context.turn, int(word)) for word in words if word != NONE]
    return {str(night.id): say.topic(context.words, night) for night in found if night}


def _title(context: Context, _: Words, night: ThemeNight | None) -> str:
    if night:
        return say.headline(_, night)
    if context.turn.actor.role is Role.PROVIDER:
        return _("💡 A theme night to propose")
    return _("➕ A new theme night")


def _asked(context: Context, _: Words, desk: Desk, name: str) -> list[Line]:
    kind, of = kind_of(name)
    texts = ASKED[kind](context, _, desk, of)
    return [Line(each) for each in (*texts, *now_said(_, desk, name))]


def _buttons(context: Context, _: Words, desk: Desk, words: list[str], labels: dict[str, str]) -> Rows:
    kind, _of = kind_of(str(rules.question(desk.draft)))
    buttons = [
        Button(short(labels.get(each) or label(context, _, kind, each)), f"night_plan:{desk.step}:{each}")
        for each in words
    ]
    return pairs(buttons)


def _several(_: Words, desk: Desk, name: str, words: list[str]) -> Rows:
    marked = desk.draft["marked"]
    tiles = [
        Button(short(mark(each in marked, one_of(_, name, each))), f"night_plan:{desk.step}:{each}") for each in words
    ]
    every = Button(_("🔘 All"), f"night_plan:{desk.step}:{ALL}")
    women = [Button(_("♀️ Units for women"), f"night_plan:{desk.step}:{WOMEN}")] if name == "units" else []
    return (*pairs(tiles), (every, *women), (Button(_("➡️ Go on"), f"night_plan:{desk.step}:{DONE}", "primary"),))


def _ways(_: Words, desk: Desk, night: ThemeNight | None) -> tuple[Button, ...]:
    one_back = [Button(_("⬅️ Back"), f"night_back:{desk.step}")] if rules.answered(desk.draft) else []
    if night:
        return (*one_back, *night_ways(_, night.id))
    return (*one_back, Button(_("⬅️ Theme nights"), "all_nights"), home_button(_))


def _clash(context: Context, _: Words, desk: Desk, night: ThemeNight) -> View:
    """Ask what shall stand where somebody else has changed just this in the meantime."""
    lines = [Line(say.headline(_, night)), Line(_("Somebody else has just changed this."))]
    for name in desk.draft["ask"]:
        theirs, mine = (value_in_words(context, _, name, each) for each in (desk.draft["was"][name], desk.draft[name]))
        lines += [Line(_("Theirs: {value}", value=theirs)), Line(_("Yours: {value}", value=mine))]
    keep = Button(_("👍 Keep theirs"), f"night_plan:{desk.step}:{THEIRS}")
    mine_ = Button(_("✍️ Take mine"), f"night_plan:{desk.step}:{MINE}", "primary")
    return View(tuple(lines), ((keep, mine_), night_ways(_, night.id)))


PROMPTS = {cases.TASK: take_line}

HANDLERS = [
    tap("night_new", begin, may=PLANNERS),
    tap("night_edit:{number}", edit, may=PLANNERS, again=show_night),
    tap("night_edit:{number}:{word}", begin_change, may=PLANNERS, again=show_night),
    tap("night_flip:{number}:{revision}:{word}", flip, may=PLANNERS, again=show_night),
    tap("night_plan:{step}:{word}", choose, may=PLANNERS, again=show_task),
    tap("night_back:{step}", back, may=PLANNERS, again=show_task),
]
