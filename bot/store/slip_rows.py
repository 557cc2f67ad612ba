"""How a slip stands in a row, and beside a later step that may be taken back."""

from typing import Any

from bot.domain.slips.slips import Move, Reason, Side, Slip, Source, State
from bot.store.database import Row
from bot.store.moments import from_text, maybe, maybe_from, to_text


def as_kept(slip: Slip) -> dict[str, Any]:
    """Return a slip as plain values, with its owner, to be kept beside a later step."""
    return {**values_of(slip), "service": slip.service, "adviser": slip.adviser}


def values_of(slip: Slip) -> dict[str, Any]:
    """Return what a row of slips says; who owns the slip stands in rows of their own."""
    return {
        "code": slip.code,
        "inmate": slip.inmate,
        "unit": slip.unit,
        "topic": slip.topic,
        "wish": slip.wish,
        "state": str(slip.state),
        "sent_at": to_text(slip.sent_at),
        "answer_by": to_text(slip.answer_by),
        "revision": slip.revision,
        "broken": slip.broken,
        "forwards": slip.forwards,
        "sent_from": slip.sent_from,
        "reason": slip.reason,
        "news": int(slip.news),
        "half_at": maybe(slip.half_at),
        "extended": int(slip.extended),
        "answer": slip.answer,
        "offered_by": slip.offered_by,
        "offer_until": maybe(slip.offer_until),
        "written_by": slip.written_by,
        "source": str(slip.source),
        "paper": slip.paper,
        "phoned_by": slip.phoned_by,
        "last": slip.last,
        "last_side": slip.last_side,
        "last_actor": slip.last_actor,
        "last_at": maybe(slip.last_at),
    }


def slip_of(row: Row) -> Slip:
    """Make a slip of a row of slips with its owner, or of what ``as_kept`` returned."""
    return Slip(
        code=row["code"],
        inmate=row["inmate"],
        unit=row["unit"],
        service=row["service"],
        topic=row["topic"],
        wish=row["wish"],
        adviser=row["adviser"],
        state=State(row["state"]),
        sent_at=from_text(row["sent_at"]),
        answer_by=from_text(row["answer_by"]),
        revision=row["revision"],
        broken=row["broken"],
        forwards=row["forwards"],
        sent_from=row["sent_from"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        news=bool(row["news"]),
        half_at=maybe_from(row["half_at"]),
        extended=bool(row["extended"]),
        answer=row["answer"],
        offered_by=Side(row["offered_by"]) if row["offered_by"] else None,
        offer_until=maybe_from(row["offer_until"]),
        written_by=row["written_by"],
        source=Source(row["source"]),
        paper=row["paper"],
        phoned_by=row["phoned_by"],
        last=Move(row["last"]) if row["last"] else None,
        last_side=Side(row["last_side"]) if row["last_side"] else None,
        last_actor=row["last_actor"],
        last_at=maybe_from(row["last_at"]),
    )
