"""Before a theme night is published: what each audience will see, and how many it concerns (F53)."""

from collections.abc import Callable

from telegram import Update

from bot.domain.desks import Desk
from bot.domain.messages import Build, Button, Line, Reader, View
from bot.domain.people import READERS, Role
from bot.domain.refusals import Stale
from bot.domain.theme_nights import ThemeNight
from bot.usecases import desks, theme_nights
from handlers.chat.context import Context
from handlers.chat.inmate_pages import indoors
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, mark, pairs, short
from handlers.chat.words import Words
from handlers.said.managers import ROLE_NAMES
from handlers.telling import broadcasts
from handlers.telling.audiences import reach
from handlers.theme_nights import words as say
from handlers.theme_nights.news import announce, staff_message, tell_proposer
from handlers.theme_nights.overview import open_nights
from handlers.theme_nights.pages import aside, night_ways, open_night

TASK = "night_preview"
SCREENS = "screen_"
RULE = "· · ·"


async def show_present(_update: Update, context: Context) -> None:
    """Show the night as it is now."""
    await open_night(context, context.number("number"))


async def preview(update: Update, context: Context) -> None:
    """Show what everybody will see, as soon as nothing is in the way."""
    night = await theme_nights.one(context.turn, context.number("number"))
    groups = [str(role.name) for role in READERS]
    first = f"{SCREENS}{context.turn.hub.languages[0]}"
    desk = await desks.begin(context.turn, TASK, night=night.id, revision=night.revision, groups=groups, seen=first)
    aside(update, context, await _page(context, desk))


async def see(_update: Update, context: Context) -> None:
    """Show what another audience will see."""
    desk = await desks.at(context.turn, TASK, context.number("step"))
    if context.text("word") not in _audiences(context):
        raise Stale
    await _go_on(context, desk, seen=context.text("word"))


async def switch_group(_update: Update, context: Context) -> None:
    """Switch on or off that a group of the staff is told."""
    desk = await desks.at(context.turn, TASK, context.number("step"))
    if context.text("word") not in {role.name for role in READERS}:
        raise Stale
    await _go_on(context, desk, groups=sorted(set(desk.draft["groups"]) ^ {context.text("word")}))


async def _go_on(context: Context, desk: Desk, **chosen: object) -> None:
    context.show_for(await _page(context, await desks.go_on(context.turn, TASK, desk.step, **chosen)))


async def publish(_update: Update, context: Context) -> None:
    """Let everybody see it, and show how far the announcement has come."""
    draft = (await desks.at(context.turn, TASK, context.number("step"))).draft
    night = await theme_nights.publish(context.turn, draft["night"], draft["revision"])
    await desks.clear(context.turn)
    number = await announce(context, night, tuple(draft["groups"]))
    await tell_proposer(context, night)
    context.show_for(_done(context, night))
    await broadcasts.show(context, number)


def _done(context: Context, night: ThemeNight) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View(
            (Line(_("✅ The theme night is published.")), Line(say.headline(_, night))), (night_ways(_, night.id),)
        )

    return build


async def show_task(_update: Update, context: Context) -> None:
    """Show the preview anew, with what is true now; or all nights, where nothing is being published."""
    desk = await desks.mine(context.turn)
    if desk.task != TASK:
        await open_nights(context)
        return
    night = await theme_nights.one(context.turn, desk.draft["night"])
    await _go_on(context, desk, revision=night.revision)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _audiences(context: Context) -> list[str]:
    screens = [f"{SCREENS}{language}" for language in context.turn.hub.languages]
    return [*screens, str(Role.OFFICER.name), str(Role.PROVIDER.name)]


async def _page(context: Context, desk: Desk) -> Build:
    draft = desk.draft
    night = await theme_nights.publishable(context.turn, draft["night"], draft["revision"])
    reached = await theme_nights.concerned(context.turn, night, tuple(draft["groups"]))

    def write(_: Words) -> View:
        title = Line(_("👁 So it will look: {audience}", audience=_called(_, draft["seen"])))
        shown = [Line(RULE), *_shown(context, night, draft["seen"]), Line(RULE)]
        ask = Line(_("Whom of the staff shall we tell?"))
        return View((title, *shown, Line(reach(_, reached)), ask), _rows(context, _, desk, night))

    return indoors(context, write)


def _called(_: Words, audience: str) -> str:
    if audience.startswith(SCREENS):
        return _("🖥️ {language}", language=_.name_of(audience.removeprefix(SCREENS)))
    return ROLE_NAMES[Role[audience]](_)


def _shown(context: Context, night: ThemeNight, audience: str) -> list[Line]:
    if audience.startswith(SCREENS):
        return _on_screen(context, context.words_for(audience.removeprefix(SCREENS)), night)
    reader = Reader("", 0, context.turn.actor.language, leaves_house=False)
    view = staff_message(context, night, Role[audience])(reader)
    return list(view.lines) if view else []


def _on_screen(context: Context, _: Words, night: ThemeNight) -> list[Line]:
    how = _("Go back and press your unit to sign up.")
    return [say.line(_, night), Line(RULE), *say.facts(context, _, night), Line(how)]


def _rows(context: Context, _: Words, desk: Desk, night: ThemeNight) -> Rows:
    audiences = [_tab(_, desk, each) for each in _audiences(context)]
    groups = [_toggle(_, desk, role) for role in READERS]
    done = Button(_("📣 Publish"), f"night_publish:{desk.step}", "success")
    change = Button(_("✏️ Change"), f"night_edit:{night.id}")
    return (*pairs(audiences), *pairs(groups), (done, change), night_ways(_, night.id))


def _tab(_: Words, desk: Desk, audience: str) -> Button:
    label = _called(_, audience)
    return Button(short(f"👁 {label}" if desk.draft["seen"] == audience else label), f"night_see:{desk.step}:{audience}")


def _toggle(_: Words, desk: Desk, role: Role) -> Button:
    label = mark(role.name in desk.draft["groups"], ROLE_NAMES[role](_))
    return Button(short(label), f"night_group:{desk.step}:{role.name}")


async def subject(context: Context, number: str) -> Callable[[Words], Line]:
    """Say which night an announcement is about."""
    night = await theme_nights.find(context.turn, int(number))
    return lambda _: say.line(_, night) if night else Line(_("An announcement"))


SUBJECTS = {"night": subject}

HANDLERS = [
    tap("night_preview:{number}", preview, may=Role.COORDINATOR, again=show_present),
    tap("night_see:{step}:{word}", see, may=Role.COORDINATOR, again=show_task),
    tap("night_group:{step}:{word}", switch_group, may=Role.COORDINATOR, again=show_task),
    tap("night_publish:{step}", publish, may=Role.COORDINATOR, again=show_task),
]
