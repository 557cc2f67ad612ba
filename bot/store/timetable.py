"""Sessions that were added to the timetable in the hub, and sessions that were cancelled."""

import json
from datetime import date, datetime, time

from bot.domain.services import Hours, Session
from bot.store.database import Row, Transaction
from bot.store.moments import to_text


async def add(tx: Transaction, session_id: str, session: Session) -> None:
    """Put a session into the timetable. One of hub.yaml with the same id that was cancelled stays cancelled."""
    await tx.run(
        "INSERT INTO sessions (id, service, adviser, room, day, hours, minutes, every)"
        " VALUES (:id, :service, :adviser, :room, :day, :hours, :minutes, :every)"
        " ON CONFLICT (id) DO UPDATE SET hours = excluded.hours, minutes = excluded.minutes, every = excluded.every",
        id=session_id,
        service=session.service,
        adviser=session.adviser,
        room=session.room,
        day=session.day.isoformat(),
        hours=json.dumps([[f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in session.hours]),
        minutes=session.minutes,
        every=session.every,
    )


async def cancel(tx: Transaction, session_id: str, person: str, reason: str, now: datetime) -> None:
    """Take a session out of the timetable."""
    await tx.run("DELETE FROM sessions WHERE id = :id", id=session_id)
    await tx.run(
        "INSERT INTO cancelled_sessions (id, person, reason, at) VALUES (:id, :person, :reason, :at)"
        " ON CONFLICT (id) DO UPDATE SET person = excluded.person, reason = excluded.reason, at = excluded.at",
        id=session_id,
        person=person,
        reason=reason,
        at=to_text(now),
    )


async def added(tx: Transaction) -> list[Session]:
    """Return the sessions that were added in the hub."""
    return await tx.every(_session, "SELECT * FROM sessions ORDER BY day, id")


async def cancelled(tx: Transaction) -> frozenset[str]:
    """Return the ids of the sessions that were cancelled."""
    return frozenset(row["id"] for row in await tx.rows("SELECT id FROM cancelled_sessions"))


def _session(row: Row) -> Session:
    hours = tuple(
        Hours(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in json.loads(row["hours"])
    )
    day = date.fromisoformat(row["day"])
    return Session(row["service"], row["adviser"], row["room"], day, hours, row["minutes"], row["every"])
