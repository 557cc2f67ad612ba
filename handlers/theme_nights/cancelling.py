"""Cancelling a theme night: how many that hits, why, and telling everybody who had counted on it (F37)."""

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.people import Person, Role
from bot.domain.refusals import Stale
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.theme_nights import ThemeNight, Why, can_be_cancelled
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import tap
from handlers.chat.rows import pairs
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.said.coordinators import WHY
from handlers.theme_nights.news import tell_proposer
from handlers.theme_nights.pages import about_night, open_theme_night, theme_night_ways, told_of_end
from handlers.theme_nights.steps import show_aside, write_step

OFF = "night_off"


async def show_again(_update: Update, context: Context) -> None:
    """Show the pressed night as it is now."""
    await open_theme_night(context, context.number("number"))


async def ask_cancel(update: Update, context: Context) -> None:
    """Say how many a cancelled night hits, and ask why."""
    night = await theme_nights.one(context.turn, context.number("number"))
    await show_aside(update, context, f"{PAGE}{OFF}:{night.id}")


async def write(context: Context, person: Person, rest: str) -> Build:
    """Write how many a cancelled night hits, or the night where nothing is left to cancel."""

    async def why(night: ThemeNight) -> Build:
        tally = await theme_nights.tally(context.turn, night)
        return _why(context, night, tally.seated + tally.waiting + tally.entered)

    return await write_step(context, person, int(rest), lambda night: can_be_cancelled(night, context.turn.now), why)


def _why(context: Context, night: ThemeNight, hit: int) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = (say.line(_, night), Line(_hit(_, hit)), Line(_("Why shall the theme night be cancelled?")))
        reasons = [Button(WHY[each](_), f"night_off:{night.id}:{night.revision}:{each}", "danger") for each in Why]
        keep = Button(_("⬅️ No, keep it"), f"night_page:{night.id}", "primary")
        return View(lines, (*pairs(reasons), (keep,)), about=about_night(night.id))

    return build


def _hit(_: Words, n: int) -> str:
    if not n:
        return _("Nobody has signed up yet.")
    return _.n_("{n} person has signed up.", "{n} people have signed up.", n)


async def cancel(_update: Update, context: Context) -> None:
    """Cancel a night and tell everybody who had counted on it."""
    if context.text("word") not in set(Why):
        raise Stale
    number, revision, why = context.number("number"), context.number("revision"), Why(context.text("word"))
    night, called_off = await theme_nights.cancel(context.turn, number, revision, why)
    await tell_proposer(context, night)
    context.show_for(_cancelled(context, night, called_off))


def _cancelled(context: Context, night: ThemeNight, called_off: tuple[SignUp, ...]) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        n = len(called_off)
        told = [Line(told_of_end(_, n))] if n else []
        lines = (Line(_("The theme night is cancelled.")), say.line(_, night), *told)
        return View(lines, (theme_night_ways(_, night.id),))

    return build


VIEWS = {f"{PAGE}{OFF}": Living(write, may=Role.COORDINATOR)}

HANDLERS = [
    tap("night_off:{number}", ask_cancel, may=Role.COORDINATOR, again=show_again),
    tap("night_off:{number}:{revision}:{word}", cancel, may=Role.COORDINATOR, again=show_again),
]
