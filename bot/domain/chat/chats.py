"""What a chat of the staff keeps: what somebody can still need, and nothing else."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.chat.messages import PAGE, TYPED
from bot.domain.people import ADVISERS, Person
from bot.domain.reminders import AFTER_A_TALK
from bot.domain.slips.slips import Slip, State

DATED = re.compile(r"[:/]([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9-])")
CODE = re.compile(r":([A-Z]{2,3}-[0-9]{1,7})(?![0-9])")
NUMBERED = re.compile(r"\A(?:page:)?(night|notice|proposal|news:night):([0-9]+)\Z")

PASSING = frozenset({"said", "pause", "list_task"})
"""What is of use on the day on which it was said: answers to what was typed, steps of a task, a pause at a kiosk."""

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ENDED = frozenset({State.HELD, State.WITHDRAWN, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Kept:
    """A message in somebody's chats; ``sent_at`` is when the newest of them came, in UTC."""

    person: Person
    key: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What the messages are about: slips by code, the ends of nights and notices, chats that take no messages.

    ``closed`` are the screens that take no codes, each with the number of its closing.
    What is not among them is not there any more, or has ended long ago.
    """

    today: date
    now: datetime
    slips: Mapping[str, Slip]
    nights: Mapping[int, datetime]
    notices: Mapping[int, datetime]
    away: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


def is_over(kept: Kept, facts: Facts) -> bool:
    """Say whether nobody can need a message any more: its day has passed, or what it is about is settled."""
    return RULES.get(kept.key.partition(":")[0], _stays)(kept, facts)


def over(found: Iterable[Kept], facts: Facts) -> list[Kept]:
    """Return the messages that nobody needs any more.

    Where all would go, the newest stays if it was only said in passing: there is a button on it.
    """
    everything = list(found)
    gone = [each for each in everything if is_over(each, facts)]
    staying = {each.person.id for each in everything} - {each.person.id for each in everything if each not in gone}
    said = [each for each in everything if not each.key.startswith(TYPED)]
    newest = {each.person.id: each for each in sorted(said, key=lambda each: each.sent_at)}
    kept = {id(each) for who, each in newest.items() if who in staying and each.key.partition(":")[0] in PASSING}
    return [each for each in gone if id(each) not in kept]


def code_of(key: str) -> str | None:
    """Return the code of the slip that a message is about."""
    found = CODE.search(key)
    return found[1] if found else None


def _of_a_day_gone(kept: Kept, facts: Facts) -> bool:
    day = DATED.search(kept.key)
    return day is not None and date.fromisoformat(day[1]) < facts.today


def _passing(kept: Kept, facts: Facts) -> bool:
    return kept.sent_at <= facts.now - DAY


def _of_a_slip(kept: Kept, facts: Facts) -> bool:
    code = code_of(kept.key)
    if code is None:
        return False
    slip = facts.slips.get(code)
    settled = OF_A_SLIP.get(kept.key.partition(":")[0])
    return slip is None or (settled is not None and settled(kept, slip, facts))


def _card_is_over(kept: Kept, slip: Slip, facts: Facts) -> bool:
    """Say whether a card has stood long enough to be read: it has ended, or went to somebody else, a week ago."""
    settled = slip.state in ENDED or not _answered_by(kept.person, slip)
    return settled and (slip.last_at or slip.sent_at) <= facts.now - WEEK


def _answered_by(person: Person, slip: Slip) -> bool:
    return person.role not in ADVISERS or person.answers(slip.service, slip.unit)


def _promise_is_over(kept: Kept, slip: Slip, facts: Facts) -> bool:
    return _is_settled(kept, slip) and kept.sent_at <= facts.now - DAY


def _is_settled(kept: Kept, slip: Slip) -> bool:
    what = kept.key.rpartition(":")[2]
    if what in AFTER_A_TALK:
        # Until somebody tells how the talk went; a time that was set after the question is another talk's.
        return slip.state is not State.BOOKED or (slip.last_at is not None and slip.last_at > kept.sent_at)
    settled = slip.state is not State.WAITING
    if kept.key.startswith("reminder:"):
        # Half of a promise is of no interest once it is broken, and that it was broken none once it holds again.
        settled |= (slip.broken > 0) is not (what == "end")
    return settled


def _news_are_told(kept: Kept, slip: Slip, facts: Facts) -> bool:
    return not slip.news and kept.sent_at <= facts.now - DAY


OF_A_SLIP: Mapping[str, Callable[[Kept, Slip, Facts], bool]] = {
    "slip": _card_is_over,
    "reminder": _promise_is_over,
    "unheard": _promise_is_over,
    "news": _news_are_told,
}
"""When each kind of message about a slip is over."""


def _of_a_theme_night_or_notice(kept: Kept, facts: Facts) -> bool:
    found = NUMBERED.match(kept.key)
    if found is None or kept.sent_at > facts.now - DAY:
        return False
    ends = (facts.notices if found[1] == "notice" else facts.nights).get(int(found[2]))
    return ends is None or ends <= facts.now - (WEEK if kept.key.startswith(PAGE) else DAY)


def _of_a_chat(kept: Kept, facts: Facts) -> bool:
    return kept.key.partition(":")[2] not in facts.away and kept.sent_at <= facts.now - DAY


def _of_a_broadcast(kept: Kept, facts: Facts) -> bool:
    return kept.key.startswith(f"{PAGE}broadcast:") and kept.sent_at <= facts.now - WEEK


def _of_a_screen(kept: Kept, facts: Facts) -> bool:
    # While it is closed, its message stands; that it is open again is read within a day.
    return kept.key.partition(":")[2] not in facts.closed and kept.sent_at <= facts.now - DAY


def _of_a_page(kept: Kept, facts: Facts) -> bool:
    return any(rule(kept, facts) for rule in (_of_a_day_gone, _of_a_theme_night_or_notice, _of_a_broadcast))


def _news(kept: Kept, facts: Facts) -> bool:
    return _of_a_slip(kept, facts) or _of_a_theme_night_or_notice(kept, facts)


def _stays(_kept: Kept, _facts: Facts) -> bool:
    return False


RULES: Mapping[str, Callable[[Kept, Facts], bool]] = {
    PAGE.removesuffix(":"): _of_a_page,
    "today": _of_a_day_gone,
    "tomorrow": _of_a_day_gone,
    "morning": _of_a_day_gone,
    "session": _of_a_day_gone,
    "slip": _of_a_slip,
    "reminder": _of_a_slip,
    "unheard": _of_a_slip,
    "news": _news,
    "night": _of_a_theme_night_or_notice,
    "proposal": _of_a_theme_night_or_notice,
    "notice": _of_a_theme_night_or_notice,
    "unreachable": _of_a_chat,
    "closed": _of_a_screen,
    "said": _passing,
    "pause": _passing,
    "list_task": _passing,
    TYPED.removesuffix(":"): _passing,
    # Here a chat begins.
    "home": _stays,
    # These are taken away when their own time is over.
    "pin": _stays,
    "code": _stays,
    "paper": _stays,
    # From when on something may be lost stands there until somebody has read it and taken it away.
    "put_back": _stays,
}
"""When a message in a chat of the staff is over, by the first word of its key; one of no known kind stays."""
