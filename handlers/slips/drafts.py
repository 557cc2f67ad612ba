"""Making a slip at the kiosk: three taps from home to sent (F140)."""

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, View
from bot.domain.people import Role
from bot.domain.services import Topic
from bot.domain.slips.slips import Draft, Move, Slip, Stage, State
from bot.domain.timetable import timetable as timetable_rules
from bot.usecases.screen import trails
from bot.usecases.slips import drafts, slips
from bot.usecases.timetable import timetable
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, mark, open_page, pairs, pictured, screen, show_page
from handlers.chat.words import Words
from handlers.said.slips import promise_in_words
from handlers.slips.own_slip import one_slip, undo_row

NO_TOPIC = "-"
NO_NEWS = {None, Move.TAKE, Move.RELEASE}
"""What can have happened to a slip of which its inmate knows no more than when it was sent."""


async def ask(_update: Update, context: Context) -> None:
    """Begin a slip: the service's topics, or straight to the question where it asks nothing."""
    service = context.turn.hub.services.get(context.text("service"))
    if service is None or not context.turn.hub.is_answered(service.key, await drafts.unit(context.turn)):
        await open_page(context, f"about:{service.key}" if service else "home")
        return
    await drafts.begin(context.turn, service.key)
    await go_on(context)


async def go_on(context: Context, stage: Stage | None = None) -> None:
    """Show the slip that is being made at a stage, or where it was left."""
    trails.go_on(context.turn, drafts.pages(context.turn, stage))
    await show_page(context)


async def topics(context: Context, argument: str) -> View:
    """Ask what it is about; it can always be skipped."""
    _ = context.words
    service = context.turn.hub.services[argument]
    draft = context.turn.session.draft
    chosen = draft.topic if draft and draft.service == service.key else None
    tiles = [_tile(_, service.key, topic, chosen=topic.key == chosen) for topic in service.topics]
    skip = Button(_("⏭️ Skip"), f"topic:{service.key}:{NO_TOPIC}")
    return screen(
        context,
        _("What do you need help with?"),
        f"{service.icon} {_.of(service.name)}",
        rows=(*pairs(tiles), (skip,)),
        back="home",
    )


def _tile(_: Words, service: str, topic: Topic, *, chosen: bool) -> Button:
    return _choice(pictured(topic.icon, _.of(topic.name)), f"topic:{service}:{topic.key}", chosen=chosen)


def _choice(name: str, data: str, *, chosen: bool) -> Button:
    """Return something to choose; only what is chosen looks so."""
    return Button(mark(chosen, name) if chosen else name, data, "success" if chosen else None)


async def choose_topic(_update: Update, context: Context) -> None:
    """Take the topic and ask whether to send."""
    await drafts.choose_topic(context.turn, context.text("service"), context.text("topic"))
    await go_on(context)


async def review(context: Context, _argument: str) -> View:
    """Ask the one question that matters, with everything on one screen, also who will see it (F142)."""
    _ = context.words
    draft = drafts.at(context.turn, context.turn.session.step)
    service = context.turn.hub.services[draft.service]
    topic = service.topic(draft.topic) if draft.topic else None
    present = await drafts.already(context.turn, draft.service)
    return screen(
        context,
        _("Shall we send this slip?"),
        _("To: {service}", service=_.of(service.name)),
        _("About: {topic}", topic=_.of(topic.name)) if topic else "",
        _wish(context, draft),
        _same_adviser(context, draft),
        _already(_, present),
        _("The social adviser finds out who can help you.") if service.key == context.turn.hub.triage else "",
        _("{readers} can read the slip.", readers=_.of(service.readers)),
        _("You can change your mind any time."),
        rows=_review_rows(context, draft),
        back=f"topics:{service.key}" if service.topics else "home",
        about=subjects.slips(present.code) if present else (),
    )


def in_words(context: Context, draft: Draft) -> list[str]:
    """Say what would be sent: to whom, about what, and for when."""
    _ = context.words
    service = context.turn.hub.services[draft.service]
    topic = service.topic(draft.topic) if draft.topic else None
    about = _("About: {topic}", topic=_.of(topic.name)) if topic else ""
    return [f"{service.icon} {_.of(service.name)}", about, _wish(context, draft)]


def _wish(context: Context, draft: Draft) -> str:
    _ = context.words
    if draft.wish is None:
        return _("When: the first free time") if draft.service != context.turn.hub.triage else ""
    return _("When: {when}, if it suits", when=_.day_and_time(timetable_rules.starts_of(draft.wish)))


def _same_adviser(context: Context, draft: Draft) -> str:
    if draft.adviser is None:
        return ""
    _ = context.words
    return _("You meet the same person again: {adviser}.", adviser=_.of(context.turn.hub.name_of(draft.adviser)))


def _already(_: Words, present: Slip | None) -> str:
    return _("You already have slip {code} there.", code=present.code) if present else ""


def _review_rows(context: Context, draft: Draft) -> Rows:
    _ = context.words
    step = context.turn.session.step
    send = Button(_("✅ Send"), f"send:{step}", "success")
    when = [Button(_("🕐 Choose a time"), f"times:{step}")] if draft.service != context.turn.hub.triage else []
    anyone = [Button(_("👥 Anyone is fine"), f"anyone:{step}")] if draft.adviser else []
    return tuple(row for row in ((send,), tuple(when + anyone)) if row)


async def show_times(_update: Update, context: Context) -> None:
    """Ask when it suits."""
    drafts.at(context.turn, context.number("step"))
    await go_on(context, Stage.TIMES)


async def times(context: Context, _argument: str) -> View:
    """Offer the three nearest times as a wish; a wish holds nothing."""
    _ = context.words
    step = context.turn.session.step
    draft = drafts.at(context.turn, step)
    slots = await timetable.wishes(context.turn, draft)
    rows = tuple(
        (_choice(_.short_time(slot.starts), f"wish:{step}:{slot.id}", chosen=slot.id == draft.wish),) for slot in slots
    )
    first = _choice(_("⚡ The first free time"), f"any_time:{step}", chosen=draft.wish is None)
    return screen(
        context,
        _("When suits you?"),
        _("We ask the adviser for the time. It is not kept yet.") if slots else "",
        rows=(*rows, (first,)),
        back="review",
    )


async def choose_wish(_update: Update, context: Context) -> None:
    """Take the wish and ask whether to send."""
    drafts.wish(context.turn, context.number("step"), context.text("slot"))
    await go_on(context)


async def choose_any_time(_update: Update, context: Context) -> None:
    """Take the first free time and ask whether to send."""
    drafts.wish(context.turn, context.number("step"), None)
    await go_on(context)


async def choose_anyone(_update: Update, context: Context) -> None:
    """Let any adviser of the service answer."""
    drafts.anyone(context.turn, context.number("step"))
    await go_on(context)


async def back_to_review(_update: Update, context: Context) -> None:
    """Go back to the question."""
    await go_on(context, Stage.REVIEW)


async def send(_update: Update, context: Context) -> None:
    """Send the slip: a receipt here, a card with whoever answers."""
    slip = await drafts.send(context.turn, context.number("step"))
    trails.replace_page(context.turn, f"receipt:{slip.code}")
    await show_page(context)


async def receipt(context: Context, argument: str) -> View:
    """Promise: the code, the date, and what happens if it is not kept; once there is news, the slip itself is here."""
    _ = context.words
    slip, _booking = await slips.open_own(context.turn, argument)
    own = Button(_("📋 My talks"), "mine")
    if slip.state is not State.WAITING or slip.last not in NO_NEWS:
        return await one_slip(context, argument, own)
    return screen(
        context,
        _("✅ Your slip is sent. The number is {code}.", code=slip.code),
        *promise_in_words(context, slip),
        _("If not, we tell you here."),
        _("You see the answer under My talks."),
        look=Look.RECEIPT,
        rows=((own,), *undo_row(context, slip)),
        back="home",
        about=subjects.slips(slip.code),
    )


PAGES = {"topics": topics, "review": review, "times": times, "receipt": receipt}

HANDLERS = [
    tap("ask:{service}", ask, may=Role.INMATE),
    tap("topic:{service}:{topic}", choose_topic, may=Role.INMATE),
    tap("review", back_to_review, may=Role.INMATE),
    tap("times:{step}", show_times, may=Role.INMATE),
    tap("wish:{step}:{slot}", choose_wish, may=Role.INMATE),
    tap("any_time:{step}", choose_any_time, may=Role.INMATE),
    tap("anyone:{step}", choose_anyone, may=Role.INMATE),
    tap("send:{step}", send, may=Role.INMATE),
]
