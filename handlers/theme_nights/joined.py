"""What became of those whom somebody wanted to sign up for a theme night, in words."""

from collections.abc import Callable

from bot.domain.refusals import OutsideScope, Refusal
from bot.domain.theme_nights.refusals import BusyThen, NotInvited, SignedUpAlready
from bot.domain.theme_nights.sign_ups import SignUp, State, number_in_line, of
from bot.usecases.theme_nights.joining import Typed
from bot.usecases.theme_nights.sign_ups import Step, ThemeNightList
from handlers.chat.refusals.of_staff import in_words
from handlers.chat.words import Words


def became(_: Words, found: ThemeNightList, sign_up: SignUp) -> str:
    """Say where somebody stands on the list."""
    number = sign_up.inmate
    if sign_up.state is State.WAITING:
        return _("⏳ {number}: number {n} in line", number=number, n=number_in_line(found.whole, number))
    if sign_up.state is State.ENTERED:
        return _("🎲 {number}: takes part in the draw", number=number)
    return _("✅ {number}: has seat {n}", number=number, n=sign_up.seat)


def results(_: Words, typed: Typed) -> list[str]:
    """Say for each typed number what became of it."""
    unread = _.n_(
        "{n} word is no number. Numbers look like this: A01",
        "{n} words are no numbers. Numbers look like this: A01",
        typed.unread,
    )
    left_out = _.n_(
        "{n} more was too much at once. Please write it again.",
        "{n} more were too much at once. Please write them again.",
        typed.left_out,
    )
    return [
        *(_result(_, typed, number, done) for number, done in typed.done),
        *([unread] if typed.unread else []),
        *([left_out] if typed.left_out else []),
    ]


def _result(_: Words, typed: Typed, number: str, done: Step | Refusal) -> str:
    if isinstance(done, Step):
        return became(_, typed.found, done.mine)
    there = of(typed.found.line, number)
    if isinstance(done, SignedUpAlready) and there:
        return _("{result} (already)", result=became(_, typed.found, there))
    return _("▫️ {number}: {why}", number=number, why=WHY_NOT.get(type(done), in_words(done))(_))


WHY_NOT: dict[type[Refusal], Callable[[Words], str]] = {
    OutsideScope: lambda _: _("nobody here has this number. Please look again."),
    NotInvited: lambda _: _("this evening is for another group."),
    BusyThen: lambda _: _("has something else at that time."),
}
"""Why somebody is not on the list now, said to whoever typed the number; all else is said as everywhere."""
