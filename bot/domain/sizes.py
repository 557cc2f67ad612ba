"""How large a hub may be: every page is written for the largest that is allowed, by its file and in the chat alike."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.refusals import InmatesFull, SessionsFull, StaffFull
from bot.domain.services import Session

MOST: Mapping[str, int] = {
    "units": 12,
    "rooms": 20,
    "services": 24,
    "staff": 150,
    "kiosks": 50,
    "answers": 20,
    "inmates": 400,
}
MOST_TOPICS = 12
MOST_SESSIONS_A_DAY = 40
LONGEST: Mapping[str, int] = {"units": 40, "rooms": 40, "staff": 40}
"""So many characters has the name of each, in any language."""

LONGEST_ALIAS = 24
LONGEST_PRISON = 40


def one_more_inmate(there: int) -> None:
    """Refuse somebody more, where the hub has all the inmates that it has room for."""
    if there >= MOST["inmates"]:
        raise InmatesFull(MOST["inmates"])


def one_more_of_staff(there: int) -> None:
    """Refuse somebody more, where as many work at the hub as it has room for."""
    if there >= MOST["staff"]:
        raise StaffFull(MOST["staff"])


def one_more_session(there: Iterable[Session], day: date) -> None:
    """Refuse one more session on a day that has all those that it has room for."""
    if day in full_days(there):
        raise SessionsFull(MOST_SESSIONS_A_DAY)


def full_days(there: Iterable[Session]) -> frozenset[date]:
    """Return the days that have no room for one more of these sessions."""
    counted = Counter(session.day for session in there)
    return frozenset(day for day, n in counted.items() if n >= MOST_SESSIONS_A_DAY)
