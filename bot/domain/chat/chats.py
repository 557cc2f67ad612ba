"""What a chat of the staff keeps: what somebody can still need, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.chat.uses import OF_A_SLIP, Span, Use
from bot.domain.people import ADVISERS, Person
from bot.domain.slips.slips import Slip, State
from bot.domain.whole import Whole

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ENDED = frozenset({State.HELD, State.WITHDRAWN, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Kept:
    """A message in somebody's chats, by its key, and its use; ``sent_at`` is when the newest of them came, in UTC."""

    person: Person
    key: str
    use: Use
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What the messages are about: slips by code, the ends of theme nights and notices, chats that take no messages.

    ``closed`` are the screens that take no codes, each with the number of its closing.
    What is not among them is not there any more, or has ended long ago.
    """

    today: date
    now: datetime
    slips: Mapping[str, Slip]
    theme_nights: Mapping[int, datetime]
    notices: Mapping[int, datetime]
    away: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


def is_over(kept: Kept, facts: Facts) -> bool:
    """Say whether nobody can need a message any more: its day has passed, or what it is about is settled."""
    return RULES[kept.use.span](kept, facts)


def over(found: Iterable[Kept], facts: Facts) -> list[Kept]:
    """Return the messages that nobody needs any more.

    Where all would go, the newest stays if it was only said in passing: there is a button on it.
    """
    everything = list(found)
    gone = [each for each in everything if is_over(each, facts)]
    staying = {each.person.id for each in everything} - {each.person.id for each in everything if each not in gone}
    said = [each for each in everything if each.use.span is not Span.TYPED]
    newest = {each.person.id: each for each in sorted(said, key=lambda each: each.sent_at)}
    kept = {id(each) for who, each in newest.items() if who in staying and each.use.span is Span.MOMENT}
    return [each for each in gone if id(each) not in kept]


def _day_is_over(kept: Kept, facts: Facts) -> bool:
    return date.fromisoformat(kept.use.of) < facts.today


def _passing(kept: Kept, facts: Facts) -> bool:
    return kept.sent_at <= facts.now - DAY


def _of_a_week(kept: Kept, facts: Facts) -> bool:
    return kept.sent_at <= facts.now - WEEK


def _of_a_slip(kept: Kept, facts: Facts) -> bool:
    slip = facts.slips.get(kept.use.of)
    return slip is None or SETTLED[kept.use.span](kept, slip, facts)


def _card_is_over(kept: Kept, slip: Slip, facts: Facts) -> bool:
    """Say whether a card has stood long enough to be read: it has ended, or went to somebody else, a week ago."""
    settled = slip.state in ENDED or not _answered_by(kept.person, slip)
    return settled and (slip.last_at or slip.sent_at) <= facts.now - WEEK


def _answered_by(person: Person, slip: Slip) -> bool:
    return person.role not in ADVISERS or person.answers(slip.service, slip.unit)


def _half_is_over(kept: Kept, slip: Slip, facts: Facts) -> bool:
    # Half of a promise is of no interest once it is broken.
    return (slip.state is not State.WAITING or slip.broken > 0) and _passing(kept, facts)


def _breach_is_over(kept: Kept, slip: Slip, facts: Facts) -> bool:
    # That a promise was broken is of no interest once it holds again.
    return (slip.state is not State.WAITING or not slip.broken) and _passing(kept, facts)


def _wait_is_over(kept: Kept, slip: Slip, facts: Facts) -> bool:
    return slip.state is not State.WAITING and _passing(kept, facts)


def _talk_is_told(kept: Kept, slip: Slip, facts: Facts) -> bool:
    # A time that was set after the question is another talk's.
    told = slip.state is not State.BOOKED or (slip.last_at is not None and slip.last_at >= kept.sent_at)
    return told and _passing(kept, facts)


def _news_are_told(kept: Kept, slip: Slip, facts: Facts) -> bool:
    return not slip.news and _passing(kept, facts)


SETTLED: Mapping[Span, Callable[[Kept, Slip, Facts], bool]] = Whole(
    "when a message about a slip is over",
    OF_A_SLIP,
    {
        Span.CARD: _card_is_over,
        Span.HALF_OF_PROMISE: _half_is_over,
        Span.BROKEN_PROMISE: _breach_is_over,
        Span.UNTOLD_TALK: _talk_is_told,
        Span.WAITING_SLIP: _wait_is_over,
        Span.NEWS_FOR_INMATE: _news_are_told,
    },
)


def _of_a_theme_night(kept: Kept, facts: Facts) -> bool:
    return _passing(kept, facts) and _ended(facts.theme_nights.get(int(kept.use.of)), facts.now - DAY)


def _page_of_a_theme_night(kept: Kept, facts: Facts) -> bool:
    return _passing(kept, facts) and _ended(facts.theme_nights.get(int(kept.use.of)), facts.now - WEEK)


def _of_a_notice(kept: Kept, facts: Facts) -> bool:
    return _passing(kept, facts) and _ended(facts.notices.get(int(kept.use.of)), facts.now - DAY)


def _ended(ends: datetime | None, before: datetime) -> bool:
    return ends is None or ends <= before


def _of_a_chat(kept: Kept, facts: Facts) -> bool:
    return kept.use.of not in facts.away and _passing(kept, facts)


def _of_a_screen(kept: Kept, facts: Facts) -> bool:
    # While it is closed, its message stands; that it is open again is read within a day.
    return kept.use.of not in facts.closed and _passing(kept, facts)


def _stays(_kept: Kept, _facts: Facts) -> bool:
    return False


RULES: Mapping[Span, Callable[[Kept, Facts], bool]] = Whole(
    "when a message in a chat of the staff is over",
    Span,
    {
        Span.STANDS: _stays,
        Span.ASKED_TODAY: _stays,
        Span.MOMENT: _passing,
        Span.TYPED: _passing,
        Span.DAY: _day_is_over,
        Span.DAY_BEFORE: _day_is_over,
        Span.WEEK: _of_a_week,
        Span.THEME_NIGHT_AHEAD: _of_a_theme_night,
        Span.THEME_NIGHT_PAGE: _page_of_a_theme_night,
        Span.RUNNING_NOTICE: _of_a_notice,
        Span.SILENT_CHAT: _of_a_chat,
        Span.CLOSED_SCREEN: _of_a_screen,
        **dict.fromkeys(OF_A_SLIP, _of_a_slip),
    },
)
