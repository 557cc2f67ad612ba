"""Notices as rows: texts, units and groups of the staff as JSON."""

import json
from datetime import datetime

from bot.domain.notices.notices import Notice, State
from bot.store.database import Row, Transaction
from bot.store.moments import day_of, from_text, to_text

COLUMNS = (
    *("prison", "state", "revision", "texts", "urgent", "service", "units", "staff", "starts", "ends"),
    *("made_by", "made_at", "outside"),
)
ALL = "SELECT * FROM notices"


async def add(tx: Transaction, notice: Notice) -> int:
    """Write a new notice; return its number."""
    named = ", ".join(f":{column}" for column in COLUMNS)
    rows = await tx.rows(
        f"INSERT INTO notices ({', '.join(COLUMNS)}) VALUES ({named}) RETURNING id",  # noqa: S608  names of our own
        **_as_row(notice),
    )
    return int(rows[0]["id"])


async def save(tx: Transaction, notice: Notice) -> None:
    """Write what has become of a notice."""
    changes = ", ".join(f"{column} = :{column}" for column in COLUMNS)
    await tx.run(f"UPDATE notices SET {changes} WHERE id = :id", id=notice.id, **_as_row(notice))  # noqa: S608  names of our own


async def get(tx: Transaction, notice: int) -> Notice | None:
    """Return a notice."""
    row = await tx.row(f"{ALL} WHERE id = :id", id=notice)
    return _notice(row) if row else None


async def ending_after(tx: Transaction, moment: datetime) -> list[Notice]:
    """Return the notices in whatever state that end later than a moment, the newest first."""
    sql = f"{ALL} WHERE ends > :moment ORDER BY made_at DESC, id DESC"
    found = await tx.every(_notice, sql, moment=to_text(day_of(moment)))
    return [each for each in found if each.ends > moment]


async def delete_ended(tx: Transaction, before: datetime) -> None:
    """Delete the notices that ended before a moment."""
    await tx.run("DELETE FROM notices WHERE ends < :moment", moment=to_text(before))


def _as_row(notice: Notice) -> dict[str, object]:
    return {
        "prison": notice.prison,
        "state": str(notice.state),
        "revision": notice.revision,
        "texts": json.dumps(dict(notice.texts), ensure_ascii=False),
        "urgent": int(notice.urgent),
        "service": notice.service,
        "units": json.dumps(notice.units),
        "staff": json.dumps(notice.staff),
        "starts": to_text(notice.starts),
        "ends": to_text(notice.ends),
        "made_by": notice.made_by,
        "made_at": to_text(notice.made_at),
        "outside": int(notice.outside),
    }


def _notice(row: Row) -> Notice:
    return Notice(
        id=row["id"],
        prison=row["prison"],
        state=State(row["state"]),
        revision=row["revision"],
        texts=json.loads(row["texts"]),
        units=tuple(json.loads(row["units"])),
        staff=tuple(json.loads(row["staff"])),
        starts=from_text(row["starts"]),
        ends=from_text(row["ends"]),
        made_by=row["made_by"],
        made_at=from_text(row["made_at"]),
        urgent=bool(row["urgent"]),
        service=row["service"],
        outside=bool(row["outside"]),
    )
