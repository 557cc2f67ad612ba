"""The words for every refusal, as the staff read them: what was not possible, and what can be done instead."""

from collections.abc import Callable

from bot.domain import refusals
from bot.domain.refusals import Refusal
from bot.domain.theme_nights import refusals as theme_nights
from bot.domain.whole import Whole
from handlers.chat.words import Say, Words

WORDS: Whole[type[Refusal], Say] = Whole(
    "the words of refusals",
    Refusal.__subclasses__(),
    {
        refusals.NotAllowed: lambda _: _("This button is for somebody else at the hub. Nothing was changed."),
        refusals.NotYours: lambda _: _("Somebody else takes care of this slip now. Nothing was changed."),
        refusals.UnknownAccount: lambda _: _(
            "Hello! I do not know this account yet. Ask the hub for a code, and write: /start CODE"
        ),
        refusals.SignedOut: lambda _: _("The screen was locked. You can start again."),
        refusals.Stale: lambda _: _("This has changed in the meantime. You see the newest now."),
        refusals.NotUnderstood: lambda _: _("I did not understand that. Please use the buttons."),
        refusals.CommandUnknown: lambda _: _(
            "I do not know this command. /menu brings your start page, /help explains."
        ),
        refusals.NobodyAnswers: lambda _: _("Nobody answers this now. The social adviser helps you."),
        refusals.ServiceNotBookable: lambda _: _(
            "This service cannot be asked here yet. A paper slip counts just as much."
        ),
        refusals.MoveNotPossible: lambda _: _("This has been done already. You see the newest now."),
        refusals.TalkAhead: lambda _: _("The talk has not started yet. You can answer when it is over."),
        refusals.TalkBegun: lambda _: _("The talk has begun. Afterwards you can tell how it went."),
        refusals.SlotUnknown: lambda _: _("This time is not in the timetable any more. Please choose another."),
        refusals.SlotHasStarted: lambda _: _("This time has passed. Please choose another."),
        refusals.SlotTaken: lambda _: _("This time has just been taken. Please choose another."),
        refusals.AlreadyBusy: lambda _: _("The inmate has something else at that time. Please choose another."),
        refusals.UnitClosed: lambda _: _("The doors of the unit are locked at that time. Please choose another."),
        refusals.DayFull: lambda _: _("The service has no more talks that day. Please choose another."),
        refusals.CodeUnknown: lambda _: _("I do not know this code. Ask the hub for a new one."),
        refusals.AccountTaken: lambda _: _("This account belongs to somebody else at the hub. Please use your own."),
        refusals.CodeUsed: lambda _: _("This code has been used already. Ask the hub for a new one."),
        refusals.TooShortNotice: lambda _: _("This time begins too soon to be offered. Please choose a later one."),
        refusals.OfferEnded: lambda _: _("This time is not kept any more. You can choose another."),
        refusals.ExtendedAlready: lambda _: _("You have had more time once already. You can set a time or answer."),
        refusals.NothingToUndo: lambda _: _("This cannot be taken back any more. You see the newest now."),
        refusals.OutsideScope: lambda _: _("Somebody else takes care of this person. Nothing was changed."),
        refusals.InTheFuture: lambda _: _("This time has not come yet. Please write when the paper was written."),
        refusals.PaperTyped: lambda _: _("This paper slip has been typed in already. Nothing was changed."),
        refusals.PaperNumberUnknown: lambda _: _("This is no number of a paper slip. Write it like this: FJ-P001"),
        refusals.PaperTimeUnknown: lambda _: _("I cannot read this time. Write it like this: 12.1. 17.30"),
        refusals.PaperTooOld: lambda _: _(
            "This paper is older than 60 days. Please ask the person whether it still matters."
        ),
        refusals.SlipThereAlready: lambda _: _("There is an open slip to this service already. Nothing was changed."),
        refusals.SessionGone: lambda _: _("This session is not in the timetable any more. You see the newest now."),
        refusals.SessionClash: lambda _: _(
            "The adviser or the room has another session then. Please choose another time."
        ),
        refusals.SessionPast: lambda _: _("This time has passed. Please choose a later one."),
        refusals.OtherDay: lambda _: _("This page is about another day. Nothing was changed."),
        refusals.NoSuchNumber: lambda _: _("This number is not possible. Nothing was changed."),
        refusals.SessionTooShort: lambda _: _("These hours are too short for a talk. Please choose longer ones."),
        refusals.DayClosed: lambda _: _("The hub is closed that day. Please choose another."),
        refusals.NotYourself: lambda _: _("This is your own access. Somebody else can change it."),
        refusals.LastOfKind: lambda _: _("Nobody else does this for the hub yet. Please add somebody first."),
        refusals.ScopeEmpty: lambda _: _("One service or unit always remains. Nothing was changed."),
        refusals.TalksAhead: lambda _: _("There are talks ahead with this person. Please move or cancel them first."),
        refusals.HasInmates: lambda _: _(
            "This officer is somebody's contact officer. Please choose another one first."
        ),
        refusals.NoFreeNumber: lambda _: _("All numbers of this kind are in use. Nothing was changed."),
        refusals.NumberTaken: lambda _: _("Somebody has this number already. Please choose another."),
        refusals.NotUsable: lambda _: _("I cannot use that here. Please write it as the page says."),
        refusals.OutOfBounds: lambda _: _("This number is too small or too large. Nothing was changed."),
        refusals.LocksBeforeWarning: lambda _: _("The screen always warns before it locks. Nothing was changed."),
        refusals.CodeExpired: lambda _: _("This code is older than 15 minutes. Ask the hub for a new one."),
        theme_nights.NightPast: lambda _: _("A theme night lies ahead. Please choose a later time."),
        theme_nights.EndsTooEarly: lambda _: _("The end comes before the beginning. Please choose other hours."),
        theme_nights.NightBegun: lambda _: _("The theme night has begun. Nothing was changed."),
        theme_nights.NobodyInvited: lambda _: _("Nobody would see this yet. Please choose one unit at least."),
        theme_nights.RoomNotForUnits: lambda _: _("Not all these units use this room. Please choose another."),
        theme_nights.UnitsApart: lambda _: _("These units are not in this room together. Please choose another room."),
        theme_nights.RoomTooSmall: lambda _: _("The room is too small for so many."),
        theme_nights.RoomTaken: lambda _: _("The room is taken then. Please choose another room or time."),
        theme_nights.SeatsOutOfBounds: lambda _: _("A theme night has one seat at least. Please choose again."),
        theme_nights.SeatsTaken: lambda _: _("More seats than that are taken already. Nothing was changed."),
        theme_nights.SignUpTimesWrong: lambda _: _(
            "The list closes after it opens, and before the evening. Please choose again."
        ),
        refusals.TextMissing: lambda _: _("A text is missing in one language. Please write it first."),
        refusals.TextTooLong: lambda _: _("This text is too long for a screen. Please write it shorter."),
        theme_nights.NightGone: lambda _: _("This theme night is not there any more. You see the newest now."),
        theme_nights.NotInvited: lambda _: _("This theme night is for another group. Nothing was changed."),
        theme_nights.SignUpNotOpen: lambda _: _("The list has not opened yet. You can sign up when it does."),
        theme_nights.SignUpClosed: lambda _: _("The list is closed. Ask an officer whether there is room."),
        theme_nights.SignedUpAlready: lambda _: _("This sign-up is there already. You see the newest now."),
        theme_nights.BusyThen: lambda _: _("There is something else at that time. Ask an officer for help."),
        theme_nights.SeatPassed: lambda _: _("This place is not kept any more. You see the newest now."),
        theme_nights.NoSeatLeft: lambda _: _("The last seat has just been taken. You see the newest now."),
        theme_nights.NotAtTheDoor: lambda _: _("Who comes is counted from an hour before. Please try again then."),
        refusals.NoticeGone: lambda _: _("This notice is not there any more. You see the newest now."),
        refusals.NoticeTimesWrong: lambda _: _("The notice would be over already. Please choose a later end."),
        refusals.InmatesFull: lambda _: _("The hub has no room for one more. Please tell the administrator."),
        refusals.StaffFull: lambda _: _("There is no room for more staff. Please take somebody's access away first."),
        refusals.SessionsFull: lambda _: _("That day has no room for more sessions. Please choose another."),
        refusals.KioskTaken: lambda _: _("This kiosk has a screen already. Ask the hub to end that one first."),
    },
)


def _names(_: Words, languages: object) -> str:
    return ", ".join(_.name_of(each) for each in str(languages).split(", "))


MORE: dict[type[Refusal], Callable[[Words, object], str]] = {
    refusals.PaperTyped: lambda _, code: _("It is slip {code}.", code=code),
    refusals.SlipThereAlready: lambda _, code: _("It is slip {code}.", code=code),
    refusals.UnitClosed: lambda _, units: _("It is about unit {units}.", units=units),
    theme_nights.RoomNotForUnits: lambda _, units: _("It is about unit {units}.", units=units),
    theme_nights.UnitsApart: lambda _, units: _("It is about unit {units}.", units=units),
    theme_nights.RoomTooSmall: lambda _, n: _("There is room for {n} at most.", n=n),
    refusals.InmatesFull: lambda _, n: _("There is room for {n} at most.", n=n),
    refusals.StaffFull: lambda _, n: _("There is room for {n} at most.", n=n),
    refusals.SessionsFull: lambda _, n: _("There is room for {n} at most.", n=n),
    theme_nights.SeatsTaken: lambda _, n: _("So many are taken: {n}.", n=n),
    refusals.TextMissing: lambda _, languages: _("It is missing in: {languages}.", languages=_names(_, languages)),
    refusals.TextTooLong: lambda _, n: _("There is room for {n} letters.", n=n),
}
"""What a refusal adds where it names something: the slip that stands in the way, or how many have room."""


def in_words(refusal: Refusal) -> Callable[[Words], str]:
    """Return the words for a refusal, with what it names."""
    say, more = WORDS[type(refusal)], MORE.get(type(refusal))
    if more is None or not refusal.args:
        return say
    return lambda _: " ".join((say(_), more(_, refusal.args[0])))
