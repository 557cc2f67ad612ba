"""Theme nights as rows: texts, caps, units and languages as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from bot.domain.theme_nights.tallies import Tally
from bot.domain.theme_nights.theme_nights import State, ThemeNight, Why
from bot.store.database import Row, Transaction
from bot.store.moments import day_of, from_text, maybe, maybe_from, to_text

COLUMNS = (
    *("prison", "state", "revision", "service", "topic", "about", "host", "room", "starts", "ends", "seats", "caps"),
    *("units", "languages", "women", "interpreter", "opens", "closes", "after", "lottery", "drawn", "copy_of"),
    *("made_by", "made_at", "reason"),
)
ALL = "SELECT * FROM theme_nights"


async def add(tx: Transaction, night: ThemeNight) -> int:
    """Write a new night; return its number."""
    named = ", ".join(f":{column}" for column in COLUMNS)
    rows = await tx.rows(
        f"INSERT INTO theme_nights ({', '.join(COLUMNS)}) VALUES ({named}) RETURNING id",  # noqa: S608  names of our own
        **_as_row(night),
    )
    return int(rows[0]["id"])


async def save(tx: Transaction, night: ThemeNight) -> None:
    """Write what has become of a night."""
    changes = ", ".join(f"{column} = :{column}" for column in COLUMNS)
    await tx.run(f"UPDATE theme_nights SET {changes} WHERE id = :id", id=night.id, **_as_row(night))  # noqa: S608  names of our own


async def delete(tx: Transaction, night: int) -> None:
    """Delete a night with its list."""
    await tx.run("DELETE FROM sign_ups WHERE night = :night", night=night)
    await tx.run("UPDATE theme_nights SET after = NULL WHERE after = :night", night=night)
    await tx.run("UPDATE theme_nights SET copy_of = NULL WHERE copy_of = :night", night=night)
    await tx.run("DELETE FROM theme_nights WHERE id = :night", night=night)


async def get(tx: Transaction, night: int) -> ThemeNight | None:
    """Return a night."""
    found = await tx.every(_night, f"{ALL} WHERE id = :id", id=night)
    return found[0] if found else None


async def ending_after(tx: Transaction, moment: datetime) -> list[ThemeNight]:
    """Return the nights in whatever state that end later than a moment, the earliest first."""
    found = await tx.every(_night, f"{ALL} WHERE ends > :moment ORDER BY starts, id", moment=to_text(day_of(moment)))
    return [each for each in found if each.ends > moment]


async def between(tx: Transaction, starts: datetime, ends: datetime) -> list[ThemeNight]:
    """Return the published nights that start in a stretch of time, the earliest first."""
    return await tx.every(
        _night,
        f"{ALL} WHERE starts >= :starts AND starts < :ends AND state = 'published' ORDER BY starts, id",
        starts=to_text(starts),
        ends=to_text(ends),
    )


async def opening_after(tx: Transaction, night: int) -> list[ThemeNight]:
    """Return the published nights whose lists open at the end of this one."""
    return await tx.every(_night, f"{ALL} WHERE after = :night AND state = 'published' ORDER BY id", night=night)


async def with_list_before(tx: Transaction, moment: datetime) -> list[ThemeNight]:
    """Return the nights that ended before a moment and still have their list."""
    return await tx.every(_night, f"{ALL} WHERE ends < :moment AND tally IS NULL ORDER BY id", moment=to_text(moment))


async def keep_tally(tx: Transaction, night: int, tally: Tally) -> None:
    """Keep what was counted, and delete the list with the times that its seats held."""
    await tx.run("DELETE FROM claims WHERE holder LIKE :seats", seats=f"night:{night}/%")
    await tx.run("UPDATE theme_nights SET tally = :tally WHERE id = :id", tally=json.dumps(asdict(tally)), id=night)
    await tx.run("DELETE FROM sign_ups WHERE night = :night", night=night)


async def tally_of(tx: Transaction, night: int) -> Tally | None:
    """Return what was counted of a night whose list is deleted."""
    row = await tx.row("SELECT tally FROM theme_nights WHERE id = :id AND tally IS NOT NULL", id=night)
    return Tally(**json.loads(row["tally"])) if row else None


def _as_row(night: ThemeNight) -> dict[str, object]:
    return {
        "prison": night.prison,
        "state": str(night.state),
        "revision": night.revision,
        "service": night.service,
        "topic": _json(dict(night.topic)),
        "about": _json(dict(night.about)),
        "host": night.host,
        "room": night.room,
        "starts": to_text(night.starts),
        "ends": to_text(night.ends),
        "seats": night.seats,
        "caps": _json(dict(night.caps)),
        "units": _json(night.units),
        "languages": _json(night.languages),
        "women": int(night.women),
        "interpreter": night.interpreter,
        "opens": maybe(night.opens),
        "closes": to_text(night.closes),
        "after": night.after,
        "lottery": int(night.lottery),
        "drawn": int(night.drawn),
        "copy_of": night.copy_of,
        "made_by": night.made_by,
        "made_at": to_text(night.made_at),
        "reason": str(night.reason) if night.reason else None,
    }


def _json(value: dict[str, object] | dict[str, str] | dict[str, int] | Iterable[str]) -> str:
    return json.dumps(value if isinstance(value, dict) else list(value), ensure_ascii=False)


def _night(row: Row) -> ThemeNight:
    return ThemeNight(
        id=row["id"],
        prison=row["prison"],
        state=State(row["state"]),
        revision=row["revision"],
        service=row["service"],
        topic=json.loads(row["topic"]),
        about=json.loads(row["about"]),
        host=row["host"],
        room=row["room"],
        starts=from_text(row["starts"]),
        ends=from_text(row["ends"]),
        seats=row["seats"],
        caps=json.loads(row["caps"]),
        units=tuple(json.loads(row["units"])),
        languages=tuple(json.loads(row["languages"])),
        women=bool(row["women"]),
        interpreter=row["interpreter"],
        opens=maybe_from(row["opens"]),
        closes=from_text(row["closes"]),
        after=row["after"],
        lottery=bool(row["lottery"]),
        drawn=bool(row["drawn"]),
        copy_of=row["copy_of"],
        made_by=row["made_by"],
        made_at=from_text(row["made_at"]),
        reason=Why(row["reason"]) if row["reason"] else None,
    )
