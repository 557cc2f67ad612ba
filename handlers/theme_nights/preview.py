"""Before a theme night is published: what each audience will see, and how many it concerns (F53)."""

from collections.abc import Callable
from typing import Any

from telegram import Update

from bot.domain.chat.flows import number_in
from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import READERS, Role
from bot.domain.refusals import Stale
from bot.domain.services import Hub, lacking
from bot.domain.subjects import About
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, mark, pairs, short
from handlers.chat.views import open_standing
from handlers.chat.ways import broadcast_key, to_theme_night
from handlers.chat.words import Words
from handlers.flow.questions import Flow, Part, Write, finishes, press
from handlers.said import theme_nights as say
from handlers.said.announcements import missing_in, reach
from handlers.said.managers import ROLE_NAMES
from handlers.theme_nights.news import announce, staff_message, tell_proposer
from handlers.theme_nights.overview import open_theme_nights
from handlers.theme_nights.pages import open_theme_night, theme_night_ways
from handlers.theme_nights.steps import aside

TASK = "night_preview"
SCREENS = "screen_"
SEE = "-"
"""Stands before an audience in the word of its button, which has room for sixteen letters."""

RULE = "· · ·"


async def show_present(_update: Update, context: Context) -> None:
    """Show the night as it is now."""
    await open_theme_night(context, context.number("number"))


async def preview(update: Update, context: Context) -> None:
    """Show what everybody will see, as soon as nothing is in the way."""
    groups, first = [str(role.name) for role in READERS], f"{SCREENS}{context.turn.hub.languages[0]}"
    await FLOW.begin(update, context, night=context.number("number"), groups=groups, seen=first)


def switch(at: At, word: str) -> dict[str, Any]:
    """See what another audience will see, or switch on or off that a group of the staff is told."""
    audience = word.removeprefix(SEE)
    if audience != word and audience in _audiences(at.turn.hub):
        return {"seen": audience}
    if word not in {role.name for role in READERS}:
        raise Stale
    return {"groups": sorted(set(at.draft["groups"]) ^ {word})}


async def publish(_update: Update, context: Context, at: At, revision: str) -> None:
    """Let everybody see it, and show how far the announcement has come."""
    night = await theme_nights.publish(context.turn, at.draft["night"], number_in(revision))
    await desks.clear(context.turn)
    number = await announce(context, night, tuple(at.draft["groups"]))
    await tell_proposer(context, night)
    context.show_for(_done(context, night))
    await open_standing(context, broadcast_key(number), Use(Span.WEEK))


def _done(context: Context, night: ThemeNight) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View(
            (Line(_("✅ The theme night is published.")), Line(say.headline(_, night))),
            (theme_night_ways(_, night.id),),
        )

    return build


async def show_theme_nights(_update: Update, context: Context) -> None:
    """Show all nights: none is being published."""
    await open_theme_nights(context)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _audiences(hub: Hub) -> list[str]:
    return [*(f"{SCREENS}{language}" for language in hub.languages), *(str(role.name) for role in READERS)]


async def _summary(context: Context, at: At) -> Write:
    revision = (await theme_nights.one(context.turn, at.draft["night"])).revision
    night = await theme_nights.publishable(context.turn, at.draft["night"], revision)
    reached = await theme_nights.concerned(context.turn, night, tuple(at.draft["groups"]))
    lacks = lacking(context.turn.hub.languages, night.topic, night.about)

    def write(_: Words) -> Part:
        title = _("👁️ So it will look: {audience}", audience=_called(_, at.draft["seen"]))
        shown: list[str | Line] = [RULE, *_shown(context, night, at.draft["seen"]), RULE]
        ask = _("Whom of the staff shall we tell?")
        return [title, *shown, *missing_in(_, lacks), reach(_, reached), ask], _rows(_, at, revision)

    return write


def _called(_: Words, audience: str) -> str:
    if audience.startswith(SCREENS):
        return _("🖥️ {language}", language=_.name_of(audience.removeprefix(SCREENS)))
    return ROLE_NAMES[Role[audience]](_)


def _shown(context: Context, night: ThemeNight, audience: str) -> list[Line]:
    if audience.startswith(SCREENS):
        return _on_screen(context, context.words_to_inmates(audience.removeprefix(SCREENS)), night)
    reader = Reader("", 0, context.turn.actor.language, leaves_house=False)
    view = staff_message(context, night, Role[audience])(reader)
    return list(view.lines) if view else []


def _on_screen(context: Context, _: Words, night: ThemeNight) -> list[Line]:
    how = _("Go back and press your unit to sign up.")
    return [say.line(_, night), Line(RULE), *say.facts(context, _, night), Line(how)]


def _rows(_: Words, at: At, revision: int) -> Rows:
    audiences = [_tab(_, at, each) for each in _audiences(at.turn.hub)]
    groups = [_toggle(_, at, role) for role in READERS]
    done = Button(_("📣 Publish"), finishes(at, revision), "success")
    change = Button(_("✏️ Change"), f"night_edit:{at.draft['night']}")
    return (*pairs(audiences), *pairs(groups), (done, change))


def _tab(_: Words, at: At, audience: str) -> Button:
    label = _called(_, audience)
    return Button(short(mark(at.draft["seen"] == audience, label)), press(at, f"{SEE}{audience}"))


def _toggle(_: Words, at: At, role: Role) -> Button:
    label = mark(role.name in at.draft["groups"], ROLE_NAMES[role](_))
    return Button(short(label), press(at, str(role.name)))


async def subject(context: Context, number: str) -> Callable[[Words], Line]:
    """Say which night an announcement is about."""
    night = await theme_nights.find(context.turn, int(number))
    return lambda _: say.line(_, night) if night else Line(_("An announcement"))


SUBJECTS = {About.THEME_NIGHT: subject}

FLOW = Flow(
    task=TASK,
    may=Role.COORDINATOR,
    questions={},
    switch=switch,
    ways=lambda _, at: (to_theme_night(_, at.draft["night"]),),
    summary=_summary,
    finish=publish,
    lost=show_theme_nights,
    show=aside,
)

FLOWS = [FLOW]

HANDLERS = [tap("night_preview:{number}", preview, may=Role.COORDINATOR, again=show_present), *FLOW.lines()]
