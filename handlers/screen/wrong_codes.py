"""Where a code was not the right one, or somebody has forgotten theirs: what stands there, and what to do (J2)."""

from datetime import datetime

from telegram import Update

from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, View
from bot.domain.people import SCREEN
from bot.domain.screen.kiosks import FORGOTTEN, NOT_CHANGED, NOT_SIGNED_IN
from bot.usecases.people import KioskClosed, WrongPin
from bot.usecases.screen import kiosks, trails
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import screen, show_page
from handlers.said.closed_screens import none_taken
from handlers.screen import pads

CLOSED = "closed"


async def show_not_signed_in(context: Context, result: WrongPin, unit: str) -> None:
    """Say in the place of the pad that number and code did not match."""
    trails.replace_page(context.turn, f"{NOT_SIGNED_IN}:{unit}:{_facts(result)}")
    await show_page(context)


async def show_not_changed(context: Context, result: WrongPin | KioskClosed) -> None:
    """Say in the place of the pad, or on the way to it, that one's code stays as it is."""
    why = CLOSED if isinstance(result, KioskClosed) else _facts(result)
    trails.replace_page(context.turn, f"{NOT_CHANGED}:{why}")
    await show_page(context)


def _facts(result: WrongPin) -> str:
    """Write down what a page says of a wrong try, without the number: so it can be written anew."""
    return f"{result.left}:{result.pause_until.isoformat() if result.pause_until else ''}"


def _read(facts: str) -> WrongPin:
    left, _, until = facts.partition(":")
    return WrongPin(datetime.fromisoformat(until) if until else None, left=int(left))


async def not_signed_in(context: Context, argument: str) -> View:
    """Say that number and code did not match, how many tries are left, and what else there is."""
    _ = context.words
    unit, _colon, facts = argument.partition(":")
    result = _read(facts)
    paused = _on_a_break(context, result)
    again = [(Button(_("🔁 Try again"), f"unit:{unit}", "primary"),)] if not paused else []
    return screen(
        context,
        paused or _("Number and code did not match. Try again, or ask an officer."),
        _tries_left(context, result),
        _("You can use a paper slip too. It counts just as much."),
        look=Look.TROUBLE,
        rows=(*again, forgotten_row(context)),
        back="start",
    )


async def not_changed(context: Context, argument: str) -> View:
    """Say that one's code stays as it is, and why."""
    _ = context.words
    if argument == CLOSED:
        return screen(context, *none_taken(_), look=Look.TROUBLE, back="home")
    result = _read(argument)
    if paused := _on_a_break(context, result):
        return screen(context, paused, look=Look.TROUBLE, back="home")
    return screen(
        context,
        _("That was not the code you have now. Nothing was changed."),
        _tries_left(context, result),
        look=Look.TROUBLE,
        rows=((Button(_("🔁 Try again"), "new_pin", "primary"),), forgotten_row(context)),
        back="home",
    )


def _on_a_break(context: Context, result: WrongPin) -> str:
    until = result.pause_until
    return pads.on_a_break(context, until) if until and until > context.turn.now else ""


def _tries_left(context: Context, result: WrongPin) -> str:
    """Tell it of any number, whether it exists or not: it counts what was entered here."""
    if not result.left:
        return ""
    return context.words.n_(
        "You have {n} try left before a break.", "You have {n} tries left before a break.", result.left
    )


def forgotten_row(context: Context) -> tuple[Button, ...]:
    """Return the way to what helps whoever has forgotten their code."""
    return (Button(context.words("🔑 Forgotten your code?"), FORGOTTEN),)


async def forgotten(context: Context, _argument: str) -> View:
    """Say what to do without a code; it is the same for everybody."""
    _ = context.words
    return screen(
        context,
        _("Do you not know your code?"),
        _("Ask an officer. You get a one-time code."),
        _("With it you make a new code here."),
        _("You can use a paper slip too. It counts just as much."),
        look=Look.READ,
        back="go_on",
    )


async def show_forgotten(_update: Update, context: Context) -> None:
    """Show it; the digits that were entered are there still after a step back."""
    kiosks.step_aside(context.turn, FORGOTTEN)
    await show_page(context)


PAGES = {NOT_SIGNED_IN: not_signed_in, NOT_CHANGED: not_changed, FORGOTTEN: forgotten}

HANDLERS = [tap(FORGOTTEN, show_forgotten, may=SCREEN)]
