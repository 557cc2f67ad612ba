"""Every named reason why the hub says no, but for theme nights; the words stand in handlers/chat/refusals.py."""


class Refusal(Exception):
    """The rules do not allow this now; nothing has been changed."""


class NotAllowed(Refusal):
    """This role may not do this."""


class NotYours(Refusal):
    """The slip belongs to somebody else (F165), or the person is outside one's scope."""


class UnknownAccount(Refusal):
    """Nobody at the hub uses this account."""


class SignedOut(Refusal):
    """Nobody is signed in at this kiosk."""


class Stale(Refusal):
    """What was pressed has changed since it was shown."""


class NotUnderstood(Refusal):
    """No button, command or question of ours fits what came in."""


class CommandUnknown(Refusal):
    """What was typed looks like a command, and is none of ours."""


class NobodyAnswers(Refusal):
    """The service can be asked, but nobody answers slips of this unit there now (F18)."""


class ServiceNotBookable(Refusal):
    """The service is shown with what it offers, but cannot be asked through the hub yet."""


class MoveNotPossible(Refusal):
    """The slip's lifecycle has no such move from its present state."""


class TalkAhead(Refusal):
    """The talk has not begun yet; nobody can say whether it was held."""


class TalkBegun(Refusal):
    """The talk has begun; a slip cannot be taken back any more."""


class SlotUnknown(Refusal):
    """The timetable has no such slot."""


class SlotHasStarted(Refusal):
    """The slot lies in the past."""


class SlotTaken(Refusal):
    """The room or the adviser is already taken in this slot."""


class AlreadyBusy(Refusal):
    """The inmate is already somewhere else at that time."""


class UnitClosed(Refusal):
    """The inmate's unit has its doors locked during the slot."""


class DayFull(Refusal):
    """The service gives no more talks on that day."""


class CodeUnknown(Refusal):
    """No invitation has this code, or it was made for something else."""


class AccountTaken(Refusal):
    """This account belongs to somebody else at the hub already."""


class CodeUsed(Refusal):
    """The invitation has been used already; each works once."""


class CodeExpired(Refusal):
    """The invitation is older than its fifteen minutes."""


class TooShortNotice(Refusal):
    """The time begins too soon for somebody to answer an offer of it."""


class OfferEnded(Refusal):
    """The time was kept until a moment that has passed; nobody answered before."""


class ExtendedAlready(Refusal):
    """The promise was moved once already; a second time it is kept or broken."""


class NothingToUndo(Refusal):
    """Somebody else has acted since, the inmate has been told, or a day has passed."""


class OutsideScope(Refusal):
    """This person is not among those whom the acting member of staff takes care of."""


class InTheFuture(Refusal):
    """A paper slip cannot have been written later than now."""


class PaperTyped(Refusal):
    """The paper slip with this number has been typed in already."""


class PaperNumberUnknown(Refusal):
    """What was typed is no number of a paper slip."""


class PaperTimeUnknown(Refusal):
    """What was typed is no time at which a paper can have been written."""


class PaperTooOld(Refusal):
    """The paper is older than sixty days; whoever wrote it should be asked again."""


class SlipThereAlready(Refusal):
    """The inmate has an open slip with this service; a second one of the same would only be in the way."""


class SessionGone(Refusal):
    """The session is not in the timetable any more: somebody has cancelled or moved it."""


class SessionClash(Refusal):
    """The adviser or the room has another session then."""


class SessionPast(Refusal):
    """The session lies in the past."""


class OtherDay(Refusal):
    """The page that was pressed is about another day than today."""


class NoSuchNumber(Refusal):
    """So many of the staff cannot be there."""


class SessionTooShort(Refusal):
    """Not even one talk has room in the session's hours."""


class DayClosed(Refusal):
    """The hub is closed on that date."""


class KioskTaken(Refusal):
    """This kiosk has a screen already; that one is ended first."""


class NotYourself(Refusal):
    """Nobody changes their own role, or takes their own access away."""


class LastOfKind(Refusal):
    """Nobody else could do what this person does for the hub; somebody else must be there first."""


class ScopeEmpty(Refusal):
    """Somebody with this role works with one service or unit at least."""


class TalksAhead(Refusal):
    """There are talks ahead with this person; they are moved or cancelled first."""


class HasInmates(Refusal):
    """This officer is somebody's contact officer; they get another one first."""


class NoFreeNumber(Refusal):
    """Every number of this kind has been used."""


class NumberTaken(Refusal):
    """Somebody has this number already."""


class NotUsable(Refusal):
    """What was typed is no name, number or code of the kind that was asked for."""


class OutOfBounds(Refusal):
    """A setting has bounds, and this lies outside."""


class LocksBeforeWarning(Refusal):
    """A screen warns before it locks, and not after."""


class TextMissing(Refusal):
    """A text is missing in one of the hub's languages."""


class TextTooLong(Refusal):
    """The text has no room on a screen."""


class NoticeGone(Refusal):
    """The notice has been withdrawn, or is over."""


class NoticeTimesWrong(Refusal):
    """A notice is shown from a moment until a later one that is ahead."""


class InmatesFull(Refusal):
    """As many inmates are there as the hub's pages have room for."""


class StaffFull(Refusal):
    """As many work at the hub as its pages have room for."""


class SessionsFull(Refusal):
    """The day has as many sessions as its pages have room for."""
