"""What is true in the database after every turn, whatever happened: each query finds what would be wrong."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.domain.bookings import cells
from bot.domain.services import Hub
from bot.domain.slips import OPEN, Move

Rows = list[dict[str, Any]]
Ask = Callable[[str], Awaitable[Rows]]

OPEN_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN))
MOVES = ", ".join(f"'{move}'" for move in Move)

WRONG = {
    "an open slip without exactly one owner, or an ended one with any": (
        "SELECT code, state FROM slips s WHERE (SELECT COUNT(*) FROM ownerships WHERE slip = s.code AND until IS NULL)"
        f" <> (state IN ({OPEN_STATES}))"
    ),
    "a slip that is booked without one live booking, or not booked with any": (
        "SELECT code, state FROM slips s"
        " WHERE (SELECT COUNT(*) FROM bookings WHERE slip = s.code AND outcome = 'live') <> (state = 'booked')"
    ),
    "a slip with an offer without one held time, or without an offer and with any": (
        "SELECT code, state FROM slips s"
        " WHERE (SELECT COUNT(*) FROM bookings WHERE slip = s.code AND outcome = 'offered') <> (state = 'offered')"
    ),
    "a slip with more than one standing time": (
        "SELECT slip FROM bookings WHERE outcome IN ('live', 'offered') GROUP BY slip HAVING COUNT(*) > 1"
    ),
    "a claim without a standing time": (
        "SELECT * FROM claims c WHERE NOT EXISTS"
        " (SELECT 1 FROM bookings WHERE slip = c.slip AND outcome IN ('live', 'offered'))"
    ),
    "an offer that nobody will end, or an end awaited without an offer": (
        "SELECT code FROM slips s WHERE (state = 'offered') <> EXISTS"
        " (SELECT 1 FROM reminders WHERE kind = 'expire' AND about = s.code AND at = s.offer_until AND done IS NULL)"
    ),
    "a booking of somebody else's, or by somebody else than its slip's owner": (
        "SELECT b.slip FROM bookings b JOIN slips s ON s.code = b.slip"
        " JOIN ownerships o ON o.slip = b.slip AND o.until IS NULL WHERE b.outcome IN ('live', 'offered')"
        " AND (b.inmate <> s.inmate OR b.service <> o.service OR b.adviser IS NOT o.adviser)"
    ),
    "a slip that waits without a watched promise": (
        "SELECT code FROM slips s WHERE state = 'waiting' AND NOT EXISTS"
        " (SELECT 1 FROM reminders WHERE kind = 'broken' AND about = s.code AND at = s.answer_by AND done IS NULL)"
    ),
    "a promise that is watched though nobody waits": (
        "SELECT r.* FROM reminders r WHERE kind IN ('half', 'broken') AND done IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM slips WHERE code = r.about AND state = 'waiting')"
    ),
    "the end of a talk awaited though there is none": (
        "SELECT r.* FROM reminders r WHERE kind = 'over' AND done IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM bookings WHERE slip = r.about AND outcome = 'live' AND ends = r.at)"
    ),
    "a day announced on which nothing was ever booked": (
        "SELECT r.* FROM reminders r WHERE kind IN ('tomorrow', 'today') AND NOT EXISTS (SELECT 1 FROM bookings"
        " WHERE adviser || '/' = substr(r.about, 1, length(adviser) + 1)"
        " AND substr(starts, 1, 10) = substr(r.about, length(adviser) + 2))"
    ),
    "a slip with more or fewer moves than its log": (
        "SELECT code, revision FROM slips s"
        " WHERE EXISTS (SELECT 1 FROM audit WHERE about = s.code AND action = 'send') AND revision - 1 <>"
        f" (SELECT COUNT(*) FROM audit WHERE about = s.code AND action IN ({MOVES}, 'undo'))"
    ),
    "a kiosk's idle lock awaited at the welcome, or not awaited elsewhere": (
        "SELECT kiosk, view FROM kiosk_sessions s WHERE (view <> 'welcome' OR inmate IS NOT NULL)"
        " <> EXISTS (SELECT 1 FROM reminders WHERE kind = 'idle_lock' AND about = s.kiosk AND done IS NULL)"
    ),
    "an update that is done and still says what it said": (
        "SELECT id FROM inbox WHERE state = 'done' AND payload IS NOT NULL"
    ),
}

STANDING = "SELECT slip, inmate, adviser, room, starts, ends FROM bookings WHERE outcome IN ('live', 'offered')"


def claims_of(hub: Hub, booking: dict[str, Any]) -> set[tuple[str, int, str]]:
    """What a standing time must have claimed."""
    resources = [f"person:{booking['inmate']}", f"adviser:{booking['adviser']}"]
    resources += [f"room:{booking['room']}"] if hub.rooms[booking["room"]].exclusive else []
    span = cells(datetime.fromisoformat(booking["starts"]), datetime.fromisoformat(booking["ends"]))
    return {(resource, cell, booking["slip"]) for resource in resources for cell in span}


async def check(ask: Ask, hub: Hub) -> None:
    """Fail with everything that is wrong."""
    wrong = {name: found for name, sql in WRONG.items() if (found := await ask(sql))}
    claimed = {(row["resource"], row["cell"], row["slip"]) for row in await ask("SELECT * FROM claims")}
    needed = [claims_of(hub, booking) for booking in await ask(STANDING)]
    assert wrong == {}
    assert claimed == set().union(*needed)
    assert len(claimed) == sum(map(len, needed))
