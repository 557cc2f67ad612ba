"""A new notice, or a corrected one, at the coordinator's desk: one question a page, a preview, and then it is done.

Every page names services, and takes free text, so all of it stays inside the house.
"""

from collections.abc import Callable

from telegram import Update

from bot.domain import calendar
from bot.domain import notice_plans as plans
from bot.domain.desks import Desk
from bot.domain.messages import Build, Button, Line, View
from bot.domain.notice_plans import ALL, DONE, TEXT, Draft, Style
from bot.domain.notices import LONGEST, Notice
from bot.domain.people import READERS, Role
from bot.domain.refusals import NotUnderstood, Stale
from bot.usecases import desks
from bot.usecases import notice_plans as cases
from handlers.chat.context import Context
from handlers.chat.inmate_pages import indoors
from handlers.chat.lines import tap
from handlers.chat.readings import day_of
from handlers.chat.rows import Rows, pairs, short
from handlers.chat.start import home_button
from handlers.chat.words import Words
from handlers.notices.desk import open_desk
from handlers.notices.news import appear, corrected
from handlers.notices.suggestions import suggested_text
from handlers.notices.summary import summary, title, ways
from handlers.notices.words import headline, period
from handlers.said.coordinators import ASKED, GROUPS, STYLES

SUGGESTED = "ok"


async def begin(update: Update, context: Context) -> None:
    """Begin a new notice, below the page of those that stand."""
    context.say(update, await _page(context, await cases.begin(context.turn)))


async def begin_correction(update: Update, context: Context) -> None:
    """Begin to correct a notice."""
    desk = await cases.begin_correction(context.turn, context.number("number"))
    context.say(update, await _page(context, desk))


async def choose(_update: Update, context: Context) -> None:
    """Take an answer and ask the next question."""
    step, word = context.number("step"), context.text("word")
    if word == SUGGESTED:
        text = suggested_text(context, await cases.at(context.turn, step))
        if text is None:
            raise Stale
        desk = await cases.accept(context.turn, step, text)
    else:
        desk = await cases.choose(context.turn, step, word)
    context.show_for(await _page(context, desk))


async def leave(_update: Update, context: Context) -> None:
    """Let the words leave the house too, or not."""
    context.show_for(await _page(context, await cases.leave(context.turn, context.number("step"))))


async def back(_update: Update, context: Context) -> None:
    """Take the last answer back."""
    context.show_for(await _page(context, await cases.back(context.turn, context.number("step"))))


async def take_line(update: Update, context: Context, text: str) -> None:
    """Read a text or a day that was typed, and ask the next question below."""
    asked = cases.question(context.turn, (await desks.mine(context.turn)).draft)
    said = _read(context, asked, text)
    if asked is None or not said:
        raise NotUnderstood
    if more := plans.too_long(said) if asked.startswith(TEXT) else 0:
        await context.leave(update)
        context.say(update, await _page(context, await desks.mine(context.turn), more))
        return
    context.say(update, await _page(context, await cases.write(context.turn, asked, said)))


def _read(context: Context, asked: str | None, text: str) -> str:
    if asked and asked.startswith(TEXT):
        return plans.tidy(text)
    today = calendar.today(context.turn.hub, context.turn.now)
    day = day_of(text, today) if asked in {"starts", "ends"} else None
    return str(day or "")


async def _page(context: Context, desk: Desk, too_long: int = 0) -> Build:
    asked = cases.question(context.turn, desk.draft)
    if asked is None:
        return await summary(context, desk)
    words = cases.choices(context.turn, desk.draft)
    suggested = suggested_text(context, desk.draft)

    def write(_: Words) -> View:
        lines = [*title(_, desk), *_too_long(_, too_long), *_asked(_, asked, suggested)]
        return View(tuple(map(Line, lines)), (*_answers(context, _, desk, words, suggested), ways(context, _, desk)))

    return indoors(context, write)


def _too_long(_: Words, more: int) -> list[str]:
    if not more:
        return []
    return [
        _.n_("That is {n} letter too long for a screen.", "That is {n} letters too long for a screen.", more),
        _("Your text stands above. You can copy it and shorten it."),
    ]


def _asked(_: Words, asked: str, suggested: str | None) -> list[str]:
    if asked.startswith(TEXT):
        write = _("Write the text in this language: {language}.", language=_.name_of(asked.removeprefix(TEXT)))
        room = _("There is room for {n} letters. Everybody can read it.", n=LONGEST)
        return [write, room, *([_("Suggested: {text}", text=suggested)] if suggested else [])]
    return ASKED[asked](_)


def _answers(context: Context, _: Words, desk: Desk, words: list[str], suggested: str | None) -> Rows:
    if suggested:
        label = _("↩️ As before") if desk.draft.get("old") else _("✅ Use this text")
        return ((Button(label, f"notice_say:{desk.step}:{SUGGESTED}", "primary"),),)
    label_of = LABELS.get(cases.question(context.turn, desk.draft) or "")
    if label_of is None:
        return ()
    return pairs(
        [Button(short(label_of(context, _, desk.draft, each)), f"notice_say:{desk.step}:{each}") for each in words]
    )


def _prison(context: Context, _: Words, _draft: Draft, word: str) -> str:
    return context.turn.hub.prisons.get(word, context.turn.hub.name)


def _service(context: Context, _: Words, _draft: Draft, word: str) -> str:
    service = context.turn.hub.services[word]
    return f"{service.icon} {_.of(service.name)}"


def _switch(_context: Context, _: Words, draft: Draft, word: str) -> str:
    if word in {ALL, DONE}:
        return _("Every unit") if word == ALL else _("✅ Go on")
    role = next((each for each in READERS if each.name == word), None)
    label = GROUPS[role](_) if role else _("Unit {unit}", unit=word)
    return f"✓ {label}" if word in (*draft["units"], *draft["staff"]) else label


def _end(context: Context, _: Words, _draft: Draft, word: str) -> str:
    return _.short_time(plans.ends(context.turn.hub, word))


LABELS: dict[str, Callable[[Context, Words, Draft, str], str]] = {
    "prison": _prison,
    "style": lambda _context, _, _draft, word: STYLES[Style(word)](_),
    "service": _service,
    "audience": _switch,
    "starts": lambda _context, _, _draft, _word: _("▶️ Now"),
    "ends": _end,
}
"""What stands on a button that answers a question."""


async def finish(_update: Update, context: Context) -> None:
    """Publish the notice, or correct it, and let whoever it concerns see it."""
    fixing = (await cases.at(context.turn, context.number("step"))).get("fixing")
    notice = await cases.finish(context.turn, context.number("step"), context.number("revision"))
    await (corrected(context, notice) if fixing else appear(context, str(notice.id)))
    context.show_for(_done(context, notice, fixed=bool(fixing)))


def _done(context: Context, notice: Notice, *, fixed: bool) -> Build:
    def write(_: Words) -> View:
        said = _("The notice is corrected wherever it stands.") if fixed else _published(context, _, notice)
        begun = notice.starts <= context.turn.now
        told = [Button(_("📊 Progress"), f"notice_told:{notice.id}", "primary")] if begun else []
        lines = (said, headline(_, notice), period(context, _, notice))
        return View(tuple(map(Line, lines)), ((*told, Button(_("📣 Notices"), "notice_desk"), home_button(_)),))

    return indoors(context, write)


def _published(context: Context, _: Words, notice: Notice) -> str:
    if notice.starts > context.turn.now:
        return _("The notice is kept. It appears by itself.")
    return _("The notice is on its way to the screens.")


async def show_plan(_update: Update, context: Context) -> None:
    """Show the page at which the desk is, if it is still at it."""
    desk = await cases.present(context.turn)
    if desk is None:
        await open_desk(context, 0)
    else:
        context.show_for(await _page(context, desk))


HANDLERS = [
    tap("notice_new", begin, may=Role.COORDINATOR),
    tap("notice_fix:{number}", begin_correction, may=Role.COORDINATOR),
    tap("notice_say:{step}:{word}", choose, may=Role.COORDINATOR, again=show_plan),
    tap("notice_leave:{step}", leave, may=Role.COORDINATOR, again=show_plan),
    tap("notice_back:{step}", back, may=Role.COORDINATOR, again=show_plan),
    tap("notice_done:{step}:{revision}", finish, may=Role.COORDINATOR, again=show_plan),
]

PROMPTS = {cases.TASK: take_line}
"""A text or a day, typed in the middle of a notice."""
