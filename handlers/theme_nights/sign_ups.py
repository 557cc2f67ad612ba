"""Theme nights at a screen: what there is, signing up in two taps, the line, and a talk instead (F34, F37)."""

from collections.abc import Collection
from dataclasses import replace

from telegram import Update

from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, Entry, Line, View
from bot.domain.people import SCREEN, Role
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.sign_ups import HAVE_SEAT, OPEN, State
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import ThemeNight, is_open
from bot.usecases.slips import drafts
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import sign_ups, standings, theme_nights
from bot.usecases.theme_nights.sign_ups import Step
from bot.usecases.theme_nights.standings import Standing
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, open_page, screen
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.said.closed_screens import way_in


async def nights(context: Context, _argument: str) -> View:
    """List the theme nights: signed in, those one may come to, each with one tap to sign up."""
    _ = context.words
    if context.turn.actor.role is Role.INMATE:
        return await _my_theme_nights(context)
    found = await theme_nights.coming(context.turn, [context.turn.session.unit])
    empty = "" if found else _("No theme night is planned now. New ones are shown here.")
    entries = tuple(Entry((say.line(_, night),), ((say.tile(_, night, among=found),),)) for night in found)
    view = screen(context, _("Theme nights"), empty, look=Look.LIST, back="start", entries=entries, name="nights")
    return await _carrying(context, view, found)


async def _carrying(context: Context, view: View, nights: Collection[ThemeNight]) -> View:
    """Let a page be about these nights, and say which announcements whoever sees it has then been shown."""
    carries = await broadcasts.carried(context.turn, [str(Subject(About.THEME_NIGHT, str(each.id))) for each in nights])
    return replace(view, carries=carries, about=view.about.union(*map(_about, nights)))


def _about(night: ThemeNight) -> frozenset[Subject]:
    return frozenset({Subject(About.THEME_NIGHT, str(night.id)), Subject(About.LIST, str(night.id))})


async def _my_theme_nights(context: Context) -> View:
    _ = context.words
    found = await standings.listed(context.turn)
    empty = "" if found else _("No theme night is planned now. New ones are shown here.")
    lines = [say.line(_, each.night, *_state_line(context, each)) for each in found]
    nights = [each.night for each in found]
    entries = tuple(Entry((line,), _tiles(context, each, nights)) for line, each in zip(lines, found, strict=True))
    view = screen(context, _("Theme nights"), empty, look=Look.LIST, back="home", entries=entries, name="nights")
    return await _carrying(context, view, nights)


def _state_line(context: Context, standing: Standing) -> list[str]:
    _ = context.words
    if standing.night.state is ThemeNightState.CANCELLED:
        return [_("Cancelled.")]
    return say.standing(context, _, standing)[:1]


def _tiles(context: Context, standing: Standing, among: Collection[ThemeNight]) -> Rows:
    _, night = context.words, standing.night
    more = say.tile(_, night, "🔔" if standing.mine and standing.mine.news else "", among=among)
    if not _may_join(context, standing):
        return ((more,),)
    return ((more, replace(_join(_, standing), text=_join_on(_, standing, among))),)


def _join(_: Words, standing: Standing) -> Button:
    label = _("🙋 Sign me up") if _gives_place(standing) else _("⏳ Put me in line")
    return Button(label, f"join:{standing.night.id}", "success")


def _join_on(_: Words, standing: Standing, among: Collection[ThemeNight]) -> str:
    """Return the same among others: it says for which day, so that no two buttons of a page have the same words."""
    when = say.day_among(_, standing.night, among)
    return (
        _("🙋 Sign me up: {when}", when=when) if _gives_place(standing) else _("⏳ Put me in line: {when}", when=when)
    )


def _gives_place(standing: Standing) -> bool:
    return bool(standing.seats_left) or standing.night.lottery


def _may_join(context: Context, standing: Standing) -> bool:
    mine = standing.mine
    return is_open(standing.night, context.turn.now) and (mine is None or mine.state not in OPEN)


async def one_theme_night(context: Context, argument: str) -> View:
    """Show one theme night; signed in, with where one stands and what one can do."""
    _, number = context.words, int(argument)
    if context.turn.actor.role is not Role.INMATE:
        return await _anybodys_theme_night(context, number)
    standing = await standings.own(context.turn, number)
    if standing is None:
        return screen(context, _gone(_), look=Look.TROUBLE, back="nights")
    nexts = await standings.next_ones(context.turn, number)
    lines = [*map(Line, say.standing(context, _, standing)), *(_next(_, each) for each in nexts)]
    lines += [*say.facts(context, _, standing.night, standing), *map(Line, _left(_, standing))]
    further = tuple((say.tile(_, each, among=nexts),) for each in nexts)
    view = screen(context, *lines, look=Look.CARD, rows=(*_rows(context, standing), *further), back="nights")
    return await _carrying(context, view, [standing.night])


def _next(_: Words, night: ThemeNight) -> Line:
    return Line(_("You can sign up for the next evening now: {topic}.", topic=say.topic(_, night)), private=True)


def _gone(_: Words) -> str:
    return _("This theme night is not there any more. You see the newest now.")


async def _anybodys_theme_night(context: Context, number: int) -> View:
    _ = context.words
    found = await theme_nights.coming(context.turn, [context.turn.session.unit])
    night = next((each for each in found if each.id == number), None)
    if night is None:
        return screen(context, _gone(_), look=Look.TROUBLE, back="nights")
    how = await way_in(context, _("Go back and press your unit to sign up."))
    found_here = await standings.anybodys(context.turn, night)
    view = screen(context, *say.facts(context, _, night, found_here), *how, look=Look.CARD, back="nights")
    return await _carrying(context, view, [night])


def _left(_: Words, standing: Standing) -> list[str]:
    mine = standing.mine
    counts = standing.night.state is ThemeNightState.PUBLISHED and not standing.night.lottery
    if not counts or standing.seats_left == 0 or (mine and mine.state in OPEN):
        return []
    return [_.n_("{n} place is free.", "{n} places are free.", standing.seats_left)]


def _rows(context: Context, standing: Standing) -> Rows:
    _, night, mine = context.words, standing.night, standing.mine
    if night.state is ThemeNightState.CANCELLED:
        return ((Button(_("🙋 Ask for a talk instead"), f"instead:{night.id}", "success"),),)
    if mine and mine.state is State.OFFERED:
        yes = Button(_("👍 Yes, I come"), f"seat_yes:{night.id}:{mine.revision}", "success")
        return ((yes,), (Button(_("👎 No, thank you"), f"seat_no:{night.id}:{mine.revision}"),))
    if mine and mine.state in OPEN and night.starts > context.turn.now:
        label = _("✋ I cannot come") if mine.state in HAVE_SEAT else _("✋ Sign me off")
        return ((Button(label, f"leaving:{night.id}"),),)
    if _may_join(context, standing):
        return ((_join(_, standing),),)
    return ()


async def leaving(context: Context, argument: str) -> View:
    """Ask once before a seat is given back: it goes to the next."""
    _, number = context.words, int(argument)
    standing = await standings.own(context.turn, number)
    mine = standing.mine if standing else None
    if standing is None or mine is None or mine.state not in OPEN:
        return await one_theme_night(context, argument)
    yes = Button(_("✋ Yes, sign me off"), f"leave:{number}:{mine.revision}", "danger")
    question = _("Shall we sign you off?")
    goes = _("Your place goes to somebody else.") if mine.state in HAVE_SEAT else ""
    said, about = say.line(_, standing.night), _about(standing.night)
    return screen(context, question, goes, said, rows=((yes,),), back=f"night:{number}", about=about)


async def show_theme_nights(_update: Update, context: Context) -> None:
    """Show what there is."""
    await open_page(context, "nights")


async def show_theme_night(_update: Update, context: Context) -> None:
    """Show one night."""
    await open_page(context, f"night:{context.number('number')}")


async def show_leaving(_update: Update, context: Context) -> None:
    """Ask before a seat is given back."""
    await open_page(context, f"leaving:{context.number('number')}")


async def join(_update: Update, context: Context) -> None:
    """Sign up: the second tap."""
    await _done(context, await sign_ups.join(context.turn, context.number("number")))


async def leave(_update: Update, context: Context) -> None:
    """Give one's seat, or one's place in line, back."""
    await _done(context, await sign_ups.withdraw(context.turn, context.number("number"), context.number("revision")))


async def accept(_update: Update, context: Context) -> None:
    """Say yes to a freed seat."""
    await _done(context, await sign_ups.accept(context.turn, context.number("number"), context.number("revision")))


async def decline(_update: Update, context: Context) -> None:
    """Say no to a freed seat."""
    await _done(context, await sign_ups.decline(context.turn, context.number("number"), context.number("revision")))


async def _done(context: Context, step: Step) -> None:
    await open_page(context, f"night:{step.night.id}")


async def ask_instead(_update: Update, context: Context) -> None:
    """Ask for a talk in place of a night that is cancelled (F37)."""
    night = (await standings.open_own(context.turn, context.number("number"))).night
    slip = await drafts.at_once(context.turn, _asked(context, night, await drafts.unit(context.turn)))
    await open_page(context, f"receipt:{slip.code}")


def _asked(context: Context, night: ThemeNight, unit: str) -> str:
    hub = context.turn.hub
    return night.service if hub.is_answered(night.service, unit) else hub.triage


async def show_again(_update: Update, context: Context) -> None:
    """Show the pressed night as it is now."""
    await open_page(context, f"night:{context.number('number')}")


PAGES = {"nights": nights, "night": one_theme_night, "leaving": leaving}

HANDLERS = [
    tap("nights", show_theme_nights, may=SCREEN),
    tap("night:{number}", show_theme_night, may=SCREEN, again=show_theme_nights),
    tap("join:{number}", join, may=Role.INMATE, again=show_again),
    tap("leaving:{number}", show_leaving, may=Role.INMATE, again=show_theme_nights),
    tap("leave:{number}:{revision}", leave, may=Role.INMATE, again=show_again),
    tap("seat_yes:{number}:{revision}", accept, may=Role.INMATE, again=show_again),
    tap("seat_no:{number}:{revision}", decline, may=Role.INMATE, again=show_again),
    tap("instead:{number}", ask_instead, may=Role.INMATE, again=show_again),
]
