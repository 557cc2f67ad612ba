"""A new notice, or a corrected one, at the coordinator's desk: one question a page, a preview, and then it is done."""

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, View
from bot.domain.notices import plans
from bot.domain.notices.notices import LONGEST, Notice
from bot.domain.notices.plans import ALL, DONE, NOW, TEXT, Style
from bot.domain.people import READERS, Role
from bot.domain.services import NEEDED
from bot.domain.whole import Whole
from bot.usecases.chat import flows
from bot.usecases.chat.flows import At
from bot.usecases.notices import plans as cases
from handlers.chat.context import Context
from handlers.chat.inmate_pages import inside_only
from handlers.chat.lines import tap
from handlers.chat.readings import day_typed
from handlers.chat.rows import mark, start_button
from handlers.chat.words import Words
from handlers.flow import labels
from handlers.flow.questions import Flow, Question
from handlers.notices.news import appear
from handlers.notices.notices import show_desk
from handlers.notices.suggestions import suggested_text
from handlers.notices.summary import summary
from handlers.notices.words import period
from handlers.said.coordinators import GROUPS, NO_ANSWER, STYLES
from handlers.said.notices import headline

SUGGESTED, NO_TEXT = "ok", "none"


async def begin(update: Update, context: Context) -> None:
    """Begin a new notice, below the page of those that stand."""
    context.say(update, await FLOW.page(context, await flows.begin(FLOW, context.turn, **cases.new(context.turn))))


async def begin_correction(update: Update, context: Context) -> None:
    """Begin to correct a notice."""
    draft = await cases.correction(context.turn, context.number("number"))
    context.say(update, await FLOW.page(context, await flows.begin(FLOW, context.turn, **draft)))


async def take_line(update: Update, context: Context, text: str) -> None:
    """Take a text or a day that was typed; a text that is too long stands until it has been shortened."""
    at = await flows.here(FLOW, context.turn)
    more = plans.too_long(plans.tidy(text)) if at and at.kind == TEXT else 0
    if at and more:
        await context.leave(update)
        context.say(update, await FLOW.page(context, at, lambda _: _too_long(_, more)))
    else:
        await FLOW.take_line(update, context, text)


def _too_long(_: Words, more: int) -> list[str]:
    return [
        _.n_("That is {n} letter too long for a screen.", "That is {n} letters too long for a screen.", more),
        _("Your text stands above. You can copy it and shorten it."),
    ]


def _title(_: Words, at: At) -> list[str]:
    number = at.draft.get("fixing")
    return [_("✏️ Correct notice {n}", n=number) if number else _("➕ New notice")]


def _ask_text(_: Words, at: At) -> list[str]:
    suggested = suggested_text(at)
    return [
        _("Write the text in this language: {language}.", language=_.name_of(at.of)),
        _("There is room for {n} letters. Everybody can read it.", n=LONGEST),
        *([_("Suggested: {text}", text=suggested)] if suggested else []),
    ]


def _suggestion(at: At) -> dict[str, str]:
    suggested = suggested_text(at)
    lacks = {} if at.of in NEEDED else {NO_TEXT: ""}
    return {SUGGESTED: suggested, **lacks} if suggested else lacks


def _suggested(_: Words, at: At, text: str) -> str:
    if not text:
        return NO_ANSWER["about"](_)
    return _("↩️ As before") if at.draft.get("old") else _("✅ Use this text")


def _switch(_: Words, at: At, word: str) -> str:
    if word in {ALL, DONE}:
        return _("Every unit") if word == ALL else _("➡️ Go on")
    role = next((each for each in READERS if each.name == word), None)
    label = GROUPS[role](_) if role else _("Unit {unit}", unit=word)
    return mark(word in (*at.draft["units"], *at.draft["staff"]), label)


QUESTIONS: Whole[str, Question] = Whole(
    "what is asked of a notice",
    plans.QUESTIONS,
    {
        "prison": Question(
            asks=lambda _, _at: [_("In which prison?")],
            choices=lambda at: at.turn.hub.prisons_of(at.turn.person.units),
            label=labels.prison,
        ),
        "style": Question(
            asks=lambda _, _at: [_("What sort of notice is it?")],
            choices=lambda _at: [str(each) for each in Style],
            label=lambda _, _at, word: STYLES[Style(word)](_),
            answers=cases.of_style,
        ),
        "service": Question(
            asks=lambda _, _at: [_("Which service is it about?")],
            choices=cases.services,
            label=labels.service,
            answers=cases.of_service,
        ),
        TEXT: Question(
            asks=_ask_text,
            choices=_suggestion,
            label=_suggested,
            style="primary",
            reads=lambda _at, text: plans.tidy(text) or None,
        ),
        "audience": Question(
            asks=lambda _, _at: [_("On the screens of which units?"), _("Which of the staff are told as well?")],
            choices=cases.audience,
            label=_switch,
            answers=cases.for_whom,
        ),
        "starts": Question(
            asks=lambda _, _at: [_("From when? You can also write a day: 14.1.")],
            choices=lambda _at: [NOW],
            label=lambda _, _at, _word: _("▶️ Now"),
            reads=day_typed,
            answers=cases.from_day,
        ),
        "ends": Question(
            asks=lambda _, _at: [_("Until when? You can also write a day: 14.1.")],
            choices=cases.last_days,
            label=lambda _, at, word: _.short_time(plans.ends(at.turn.hub, word)),
            reads=day_typed,
            answers=cases.until_day,
        ),
    },
)


async def finish(_update: Update, context: Context, at: At, revision: str) -> None:
    """Publish the notice, or correct it, and let whoever it concerns see it."""
    notice, fixed = await cases.finish(at, revision), bool(at.draft.get("fixing"))
    if not fixed:
        await appear(context, str(notice.id))
    context.show_for(_done(context, notice, fixed=fixed))


def _done(context: Context, notice: Notice, *, fixed: bool) -> Build:
    def write(_: Words) -> View:
        said = _("The notice is corrected wherever it stands.") if fixed else _published(context, _, notice)
        begun = notice.starts <= context.turn.now
        told = [Button(_("📊 Progress"), f"notice_told:{notice.id}", "primary")] if begun else []
        lines = (said, headline(_, notice), period(context, _, notice))
        return View(tuple(map(Line, lines)), ((*told, Button(_("📣 Notices"), "notice_desk"), start_button(_)),))

    return inside_only(context, write)


def _published(context: Context, _: Words, notice: Notice) -> str:
    if notice.starts > context.turn.now:
        return _("The notice is kept. It appears by itself.")
    return _("The notice is on its way to the screens.")


FLOW = Flow(
    task=cases.TASK,
    may=Role.COORDINATOR,
    questions=QUESTIONS,
    asked=cases.questions,
    switch=cases.leave,
    title=_title,
    ways=lambda _, _at: (Button(_("📣 Notices"), "notice_desk"),),
    summary=summary,
    finish=finish,
    lost=show_desk,
)

FLOWS = [FLOW]

HANDLERS = [
    tap("notice_new", begin, may=Role.COORDINATOR),
    tap("notice_fix:{number}", begin_correction, may=Role.COORDINATOR),
    *FLOW.lines(),
]

PROMPTS = {cases.TASK: take_line}
"""A text or a day, typed in the middle of a notice."""
