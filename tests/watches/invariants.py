"""What is true in the database after every turn, whatever happened: each query finds what would be wrong."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bot.delivery.turns import Turns
from bot.domain import doors, reminders
from bot.domain.reminders import OF_A_SLIP, OF_A_THEME_NIGHT, Reminder
from bot.domain.services import Hub
from bot.domain.slips import offers
from bot.domain.slips.slips import OPEN, Move
from bot.domain.theme_nights import theme_nights as theme_night_rules
from bot.domain.timetable.bookings import cells
from bot.store import bookings, slips, theme_nights
from bot.store.database import Transaction

Rows = list[dict[str, Any]]
Ask = Callable[[str], Awaitable[Rows]]

OPEN_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN))
MOVES = ", ".join(f"'{move}'" for move in Move)
DUE_OF_SLIPS = ", ".join(f"'{kind}'" for kind in OF_A_SLIP)

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
        "SELECT * FROM claims c WHERE holder NOT LIKE 'night:%' AND NOT EXISTS"
        " (SELECT 1 FROM bookings WHERE slip = c.holder AND outcome IN ('live', 'offered'))"
    ),
    "a seat beyond those of the night, or of the unit": (
        "SELECT s.* FROM sign_ups s JOIN theme_nights n ON n.id = s.night WHERE s.seat > n.seats OR s.seat < 1"
        " OR (s.unit_seat IS NULL) <> (s.seat IS NULL)"
    ),
    "an offered seat that nobody will take back, or an end awaited without an offer": (
        "SELECT * FROM sign_ups s WHERE (state = 'offered') <> EXISTS (SELECT 1 FROM reminders"
        " WHERE kind = 'seat_passes' AND about = s.night || '/' || s.inmate AND at = s.offer_until AND done IS NULL)"
    ),
    "somebody counted on a night that is cancelled": (
        "SELECT s.* FROM sign_ups s JOIN theme_nights n ON n.id = s.night"
        " WHERE n.state = 'cancelled' AND s.state IN ('entered', 'waiting', 'offered', 'seated')"
    ),
    "two in line at the same place": ("SELECT night, place FROM sign_ups GROUP BY night, place HAVING COUNT(*) > 1"),
    "an offer that nobody will end, or an end awaited without an offer": (
        "SELECT code FROM slips s WHERE (state = 'offered') <> EXISTS"
        " (SELECT 1 FROM reminders WHERE kind = 'expire' AND about = s.code AND at = s.offer_until AND done IS NULL)"
    ),
    "a booking of somebody else's, or by somebody else than its slip's owner": (
        "SELECT b.slip FROM bookings b JOIN slips s ON s.code = b.slip"
        " JOIN ownerships o ON o.slip = b.slip AND o.until IS NULL WHERE b.outcome IN ('live', 'offered')"
        " AND (b.inmate <> s.inmate OR b.service <> o.service OR b.adviser <> o.adviser"
        # When an adviser goes, colleagues say whether a talk was held that had begun.
        " OR (o.adviser IS NULL AND b.starts > (SELECT MAX(at) FROM audit)))"
    ),
    "a slip that waits without a watched promise": (
        "SELECT code FROM slips s WHERE state = 'waiting' AND NOT EXISTS"
        " (SELECT 1 FROM reminders WHERE kind = 'broken' AND about = s.code AND at = s.answer_by AND done IS NULL)"
    ),
    "a promise that is watched though nobody waits": (
        "SELECT r.* FROM reminders r WHERE kind IN ('half', 'broken') AND done IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM slips WHERE code = r.about AND state = 'waiting')"
    ),
    "a slip with a time of whose talk nobody will find out how it went": (
        "SELECT code FROM slips s WHERE (state = 'booked') <> EXISTS"
        " (SELECT 1 FROM reminders WHERE kind = 'untold_end' AND about = s.code AND done IS NULL)"
    ),
    "the end of a talk awaited though there is none": (
        "SELECT r.* FROM reminders r WHERE kind = 'over' AND done IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM bookings WHERE slip = r.about AND outcome = 'live' AND ends = r.at)"
    ),
    "a day announced on which nothing was ever booked": (
        "SELECT r.* FROM reminders r WHERE kind IN ('tomorrow', 'today') AND NOT EXISTS (SELECT 1 FROM bookings"
        " WHERE adviser || '/' = substr(r.about, 1, length(adviser) + 1)"
        " AND substr(starts, 1, 10) = substr(r.about, length(adviser) + 2))"
        " AND NOT EXISTS (SELECT 1 FROM audit WHERE action = 'delete')"
    ),
    "something still due, or ever due, of a slip that has ended or is gone": (
        f"SELECT r.* FROM reminders r WHERE kind IN ({DUE_OF_SLIPS}) AND NOT EXISTS"
        f" (SELECT 1 FROM slips WHERE code = r.about AND state IN ({OPEN_STATES}))"
    ),
    "a slip that has ended and does not say when, or is open and says it": (
        f"SELECT code, state, ended_at FROM slips WHERE (ended_at IS NULL) <> (state IN ({OPEN_STATES}))"
    ),
    "an offer without an end, or made by nobody, or an end or a maker without an offer": (
        "SELECT code, state FROM slips"
        " WHERE (state = 'offered') <> (offer_until IS NOT NULL) OR (state = 'offered') <> (offered_by IS NOT NULL)"
    ),
    "a tick of a talk that never was": (
        "SELECT t.* FROM ticks t WHERE NOT EXISTS (SELECT 1 FROM bookings WHERE slip = t.slip AND starts = t.starts)"
    ),
    "news for an inmate of what the inmate has done": (
        "SELECT code, state, last FROM slips WHERE news = 1 AND (last_side = 'inmate' OR state = 'withdrawn')"
    ),
    "somebody who has left and still has something": (
        "SELECT p.id FROM people p WHERE role = 'NOBODY' AND (EXISTS (SELECT 1 FROM accounts WHERE person = p.id)"
        " OR EXISTS (SELECT 1 FROM ownerships WHERE adviser = p.id AND until IS NULL))"
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

BEFORE = "SELECT code, revision, before FROM slips WHERE before IS NOT NULL"
OFFERED = (
    "SELECT s.code, s.unit, s.offer_until, b.made_at, b.starts FROM slips s"
    " JOIN bookings b ON b.slip = s.code WHERE s.state = 'offered' AND b.outcome = 'offered'"
)
STANDING = "SELECT slip, inmate, adviser, room, starts, ends FROM bookings WHERE outcome IN ('live', 'offered')"


def claims_of(hub: Hub, booking: dict[str, Any]) -> set[tuple[str, int, str]]:
    """What a standing time must have claimed."""
    resources = [f"person:{booking['inmate']}", f"adviser:{booking['adviser']}"]
    resources += [f"room:{booking['room']}"] if hub.rooms[booking["room"]].exclusive else []
    span = cells(datetime.fromisoformat(booking["starts"]), datetime.fromisoformat(booking["ends"]))
    return {(resource, cell, booking["slip"]) for resource in resources for cell in span}


SEATS = (
    "SELECT s.night, s.inmate, n.starts, n.ends FROM sign_ups s JOIN theme_nights n ON n.id = s.night"
    " WHERE s.seat IS NOT NULL"
)
ROOMS = "SELECT id, room, starts, ends FROM theme_nights WHERE state = 'published'"


def claims_of_seat(seat: dict[str, Any]) -> set[tuple[str, int, str]]:
    """What a seat must have claimed: its owner's time."""
    span = cells(datetime.fromisoformat(seat["starts"]), datetime.fromisoformat(seat["ends"]))
    return {(f"person:{seat['inmate']}", cell, f"night:{seat['night']}/{seat['inmate']}") for cell in span}


def claims_of_room(night: dict[str, Any]) -> set[tuple[str, int, str]]:
    """What a published night must have claimed: its room."""
    span = cells(datetime.fromisoformat(night["starts"]), datetime.fromisoformat(night["ends"]))
    return {(f"room:{night['room']}", cell, f"night:{night['id']}") for cell in span}


async def check(ask: Ask, hub: Hub) -> None:
    """Fail with everything that is wrong."""
    wrong = {name: found for name, sql in WRONG.items() if (found := await ask(sql))}
    claimed = {(row["resource"], row["cell"], row["holder"]) for row in await ask("SELECT * FROM claims")}
    needed = [claims_of(hub, booking) for booking in await ask(STANDING)]
    needed += [claims_of_seat(seat) for seat in await ask(SEATS)]
    needed += [claims_of_room(night) for night in await ask(ROOMS)]
    assert wrong == {}
    assert claimed == set().union(*needed)
    assert len(claimed) == sum(map(len, needed))
    assert [row for row in await ask(BEFORE) if not _is_of_newest_step(row)] == []
    assert [row for row in await ask(OFFERED) if not _ends_in_time(hub, row)] == []


def _is_of_newest_step(slip: dict[str, Any]) -> bool:
    kept = json.loads(slip["before"])["slip"]
    return (kept["code"], kept["revision"]) == (slip["code"], slip["revision"] - 1)


def _ends_in_time(hub: Hub, offer: dict[str, Any]) -> bool:
    until, made, starts = (datetime.fromisoformat(offer[name]) for name in ("offer_until", "made_at", "starts"))
    in_reach = doors.reachable_until(hub, offer["unit"], until) == until
    return in_reach and until <= made + offers.OFFER_FOR and until <= starts - offers.OFFER_ENDS_BEFORE


async def check_due(turns: Turns, now: datetime) -> None:
    """Fail where what is due of open slips at this moment is not exactly what the rules say."""
    async with turns.database.reading() as tx:
        wanted = [each for slip in await slips.all_open(tx) for each in await _due_of(tx, slip.code, turns.hub, now)]
        for night in await theme_nights.ending_after(tx, now):
            wanted += theme_night_rules.due_of(night, turns.hub, now)
        rows = await tx.rows("SELECT kind, about, at FROM reminders WHERE done IS NULL")
    due = {(row["kind"], row["about"], datetime.fromisoformat(row["at"])) for row in rows}
    ahead = {(str(each.kind), each.about, each.at.astimezone(UTC)) for each in wanted}
    for kinds in (OF_A_SLIP, OF_A_THEME_NIGHT):
        assert {each for each in due if each[0] in kinds} == {each for each in ahead if each[0] in kinds}
    assert ahead - due == set()


async def _due_of(tx: Transaction, code: str, hub: Hub, now: datetime) -> list[Reminder]:
    slip = await slips.get(tx, code)
    assert slip
    return reminders.due_of(slip, await bookings.standing(tx, code), hub, now)
