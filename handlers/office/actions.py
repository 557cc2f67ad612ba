"""Words for what stands in the log: every action, and how it went."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from bot import languages
from bot.domain import broadcasts
from bot.domain.audit import Entry
from bot.domain.people import Role
from bot.domain.settings import Setting
from bot.domain.slips.slips import Move
from bot.domain.theme_nights.sign_ups import Move as SignUpMove
from bot.usecases.chat.owed import DROPPED, LEFT_BEHIND
from handlers.chat.refusals import of_staff
from handlers.chat.words import Say, Words
from handlers.said.advisers import REASONS, TICKS
from handlers.said.audit import MESSAGES, REMINDERS
from handlers.said.coordinators import WHY
from handlers.said.managers import ROLE_NAMES, SETTINGS, VALUES

NOON = time(12)

ACTIONS: dict[str, Say] = {
    "send": lambda _: _("sent the slip"),
    "read": lambda _: _("read the slip"),
    "undo": lambda _: _("took a step back"),
    str(Move.RELEASE): lambda _: _("opened the slip to colleagues"),
    "delete": lambda _: _("deleted the slip"),
    str(Move.TAKE): lambda _: _("took the slip"),
    str(Move.BOOK): lambda _: _("set a time"),
    str(Move.OFFER): lambda _: _("proposed another time"),
    str(Move.ACCEPT): lambda _: _("accepted the time"),
    str(Move.DECLINE): lambda _: _("declined the time"),
    str(Move.EXPIRE): lambda _: _("let a proposed time go"),
    str(Move.ANSWER): lambda _: _("answered without a talk"),
    str(Move.EXTEND): lambda _: _("asked for more time"),
    str(Move.FORWARD): lambda _: _("sent the slip on"),
    str(Move.BREAK): lambda _: _("noted a broken promise"),
    str(Move.CANCEL): lambda _: _("gave the time back"),
    str(Move.HOLD): lambda _: _("noted that the talk was held"),
    str(Move.MISS): lambda _: _("noted that there was no talk"),
    str(Move.RENEW): lambda _: _("said that there was no talk"),
    str(Move.LAPSE): lambda _: _("handed an untold talk on"),
    str(Move.AGAIN): lambda _: _("asked for a new talk"),
    str(Move.CLOSE): lambda _: _("closed the slip"),
    str(Move.WITHDRAW): lambda _: _("withdrew the slip"),
    "sign_in": lambda _: _("signed in"),
    "lock": lambda _: _("locked the screen"),
    "invite": lambda _: _("made an invitation"),
    "join": lambda _: _("joined with an invitation"),
    "device_code": lambda _: _("made a browser code"),
    "device_join": lambda _: _("joined with a browser"),
    "device_end": lambda _: _("ended a browser"),
    "unreachable": lambda _: _("could not be reached"),
    "reachable": lambda _: _("could be reached again"),
    "add_person": lambda _: _("added to the staff"),
    "scope": lambda _: _("changed services or units"),
    "role": lambda _: _("gave another role"),
    "revoke": lambda _: _("took access away"),
    "add_inmate": lambda _: _("added a new arrival"),
    "officer": lambda _: _("changed the contact officer"),
    "setting": lambda _: _("changed a setting"),
    "sign_language": lambda _: _("signed a language off"),
    "read_log": lambda _: _("read the log"),
    "read_walks": lambda _: _("read the movements of"),
    "capacity": lambda _: _("changed how many can walk"),
    "tick": lambda _: _("ticked a movement"),
    "told": lambda _: _("told the answer"),
    "consent": lambda _: _("asked for consent"),
    "pin_code": lambda _: _("gave a one-time code"),
    "pin_code_used": lambda _: _("used a one-time code"),
    "change_pin": lambda _: _("chose a new PIN"),
    "many_tries": lambda _: _("had many wrong tries"),
    "close_kiosk": lambda _: _("had many wrong tries and closed"),
    "open_kiosk": lambda _: _("opened the screen"),
    "session_added": lambda _: _("added a session"),
    "session_moved": lambda _: _("moved a session"),
    "session_cancelled": lambda _: _("cancelled a session"),
    "night_created": lambda _: _("began a theme night"),
    "night_changed": lambda _: _("changed a theme night"),
    "night_published": lambda _: _("published a theme night"),
    "night_proposed": lambda _: _("proposed a theme night"),
    "night_declined": lambda _: _("declined a proposal"),
    "night_dropped": lambda _: _("deleted a draft"),
    "night_copied": lambda _: _("copied a theme night"),
    "night_cancelled": lambda _: _("cancelled a theme night"),
    "night_forgotten": lambda _: _("deleted the list of"),
    "read_night": lambda _: _("read the list of"),
    "notice_published": lambda _: _("published a notice"),
    "notice_corrected": lambda _: _("corrected a notice"),
    "notice_withdrawn": lambda _: _("withdrew a notice"),
    f"sign_up_{SignUpMove.SEAT}": lambda _: _("took a seat"),
    f"sign_up_{SignUpMove.QUEUE}": lambda _: _("joined the wait list"),
    f"sign_up_{SignUpMove.OFFER}": lambda _: _("offered a free seat"),
    f"sign_up_{SignUpMove.ACCEPT}": lambda _: _("accepted a free seat"),
    f"sign_up_{SignUpMove.DECLINE}": lambda _: _("declined a free seat"),
    f"sign_up_{SignUpMove.PASS}": lambda _: _("let a free seat pass on"),
    f"sign_up_{SignUpMove.WITHDRAW}": lambda _: _("withdrew a sign-up"),
    f"sign_up_{SignUpMove.ARRIVE}": lambda _: _("counted somebody at the door"),
    f"sign_up_{SignUpMove.NOT_HERE}": lambda _: _("took a tick at the door back"),
    f"sign_up_{SignUpMove.CALL_OFF}": lambda _: _("called a sign-up off"),
    "broadcast": lambda _: _("announced to many"),
    str(broadcasts.Move.PAUSE): lambda _: _("paused an announcement"),
    str(broadcasts.Move.GO_ON): lambda _: _("let an announcement go on"),
    str(broadcasts.Move.STOP): lambda _: _("stopped an announcement"),
    "broadcast_again": lambda _: _("sent an announcement once more"),
    DROPPED: lambda _: _("did not send what came too late"),
    LEFT_BEHIND: lambda _: _("could not take an old message away"),
    "refused": lambda _: _("was refused"),
}

OUTCOMES: dict[str, Say] = {
    "phone": lambda _: _("by phone"),
    "officer": lambda _: _("on behalf"),
    "paper": lambda _: _("from paper"),
    "wrong_pin": lambda _: _("wrong PIN"),
    "wrong_code": lambda _: _("wrong code"),
    "oral": lambda _: _("said yes"),
    "back": lambda _: _("taken back"),
}


def _quoted(say: Say) -> Say:
    return lambda _: _("“{words}”", words=say(_))


def _named(table: Mapping[Any, Say]) -> dict[str, Say]:
    """Return a table's words by what the log calls its members."""
    return {str(member.name if isinstance(member, Role) else member): say for member, say in table.items()}


OUTCOMES_OF: dict[str, Mapping[str, Say]] = {
    "undo": ACTIONS,
    "tick": _named(TICKS),
    "role": _named(ROLE_NAMES),
    "add_person": _named(ROLE_NAMES),
    "session_cancelled": _named(REASONS),
    "night_cancelled": _named(WHY),
    DROPPED: _named(REMINDERS) | _named(MESSAGES),
    "refused": {kind.__name__: _quoted(say) for kind, say in of_staff.WORDS.items()},
}
"""By what was done: words for the members of lists that its outcome can be."""


def action_in_words(_: Words, action: str) -> str:
    """Say what was done; what an earlier release wrote and no table knows stands as it was written."""
    return ACTIONS[action](_) if action in ACTIONS else action


def about_in_words(_: Words, entry: Entry) -> str:
    """Say what it was done to: a slip, somebody, a setting, a language, or the day whose movements were read."""
    if setting := _setting(entry):
        return SETTINGS[setting](_)
    if entry.action == "sign_language" and languages.is_known(entry.about):
        return _.name_of(entry.about)
    if entry.action == "read_walks":
        return _day(_, entry.about)
    # A message about nothing is named by its use alone, and that is how it went.
    return "" if entry.about == entry.outcome else entry.about


def _day(_: Words, about: str) -> str:
    try:
        day = date.fromisoformat(about)
    except ValueError:
        # The log is for ever: what another release wrote differently stands as it was written.
        return about
    return _.day(datetime.combine(day, NOON, UTC))


def outcome_in_words(_: Words, entry: Entry) -> str:
    """Say how it went, or to what it was changed; what simply succeeded needs no words."""
    if entry.outcome == "done":
        return ""
    setting = _setting(entry)
    if setting and entry.outcome.isdecimal():
        return VALUES[setting](_, int(entry.outcome))
    known = {**OUTCOMES, **OUTCOMES_OF.get(entry.action, {})}
    return known[entry.outcome](_) if entry.outcome in known else entry.outcome


def _setting(entry: Entry) -> Setting | None:
    return Setting(entry.about) if entry.action == "setting" and entry.about in set(Setting) else None
