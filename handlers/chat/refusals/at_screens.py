"""The words for a refusal as an inmate reads them at a screen: what was not possible, and what can be done (F141)."""

import logging
from collections.abc import Callable, Mapping

from bot.domain import refusals
from bot.domain.refusals import Refusal
from bot.domain.theme_nights import refusals as theme_nights
from handlers.chat.words import Say, Words

log = logging.getLogger(__name__)

SAID: Mapping[type[Refusal], Say] = {
    refusals.NotAllowed: lambda _: _("This button is for somebody else. Nothing was changed."),
    refusals.NotYours: lambda _: _("This has changed in the meantime. You see the newest now."),
    refusals.SignedOut: lambda _: _("The screen was locked. You can start again."),
    refusals.Stale: lambda _: _("This has changed in the meantime. You see the newest now."),
    refusals.NotUnderstood: lambda _: _("I did not understand that. Please use the buttons."),
    refusals.NobodyAnswers: lambda _: _("Nobody answers this now. The social adviser helps you."),
    refusals.ServiceNotBookable: lambda _: _("You cannot ask for this here yet. A paper slip counts just as much."),
    refusals.MoveNotPossible: lambda _: _("This has been done already. You see the newest now."),
    refusals.TalkAhead: lambda _: _("The talk has not started yet. You can answer when it is over."),
    refusals.TalkBegun: lambda _: _("The talk has begun. Afterwards you can tell how it went."),
    refusals.SlotUnknown: lambda _: _("This time is not free any more. Please choose another."),
    refusals.SlotHasStarted: lambda _: _("This time has passed. Please choose another."),
    refusals.SlotTaken: lambda _: _("This time has just been taken. Please choose another."),
    refusals.AlreadyBusy: lambda _: _("You have something else at that time. Please choose another."),
    refusals.UnitClosed: lambda _: _("The doors are locked at that time. Please choose another."),
    refusals.DayFull: lambda _: _("That day has no more talks. Please choose another."),
    refusals.TooShortNotice: lambda _: _("This time begins too soon. Please choose a later one."),
    refusals.OfferEnded: lambda _: _("This time is not kept any more. You can choose another."),
    refusals.NothingToUndo: lambda _: _("This cannot be taken back any more. You see the newest now."),
    refusals.SlipThereAlready: lambda _: _("You already have a slip there. Nothing was changed."),
    refusals.NoticeGone: lambda _: _("This notice is not there any more. You see the newest now."),
    theme_nights.NightGone: lambda _: _("This theme night is not there any more. You see the newest now."),
    theme_nights.NightBegun: lambda _: _("The theme night has begun. Nothing was changed."),
    theme_nights.NotInvited: lambda _: _("This theme night is for another group. Nothing was changed."),
    theme_nights.SignUpNotOpen: lambda _: _("The list has not opened yet. You can sign up when it does."),
    theme_nights.SignUpClosed: lambda _: _("The list is closed. Ask an officer whether there is room."),
    theme_nights.SignedUpAlready: lambda _: _("You are on the list already. You see the newest now."),
    theme_nights.BusyThen: lambda _: _("You have something else at that time. Ask an officer for help."),
    theme_nights.SeatPassed: lambda _: _("This place is not kept any more. You see the newest now."),
    theme_nights.NoSeatLeft: lambda _: _("The last place has just been taken. You see the newest now."),
}
"""Every refusal that a press at a screen can meet; the staff meet all of them."""

MORE: Mapping[type[Refusal], Callable[[Words, object], str]] = {
    refusals.SlipThereAlready: lambda _, code: _("It is slip {code}.", code=code),
}


def in_words(refusal: Refusal) -> Callable[[Words], str]:
    """Return the words for a refusal at a screen, with what it names; one not foreseen there says the present."""
    if type(refusal) not in SAID:
        return lambda _: _not_foreseen(_, refusal)
    say, more = SAID[type(refusal)], MORE.get(type(refusal))
    if more is None or not refusal.args:
        return say
    return lambda _: " ".join((say(_), more(_, refusal.args[0])))


def _not_foreseen(_: Words, refusal: Refusal) -> str:
    log.error("No words at a screen for a refusal: %s", type(refusal).__name__)
    return SAID[refusals.Stale](_)
