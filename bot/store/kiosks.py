"""Kiosks, who stands at them, kept drafts, and wrong PIN tries."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.domain.chat.messages import SCREEN, Reader
from bot.domain.reminders import OF_IDLENESS
from bot.domain.screen.kiosks import PAD, WELCOME, KioskSession
from bot.domain.slips.slips import Draft, Stage
from bot.store.database import Row, Transaction
from bot.store.keys import KeyFault, Keys
from bot.store.moments import from_text, maybe

log = logging.getLogger(__name__)

IDLENESS = ", ".join(f"'{kind}'" for kind in OF_IDLENESS)
SESSION = "SELECT k.unit, k.language AS greets_in, s.* FROM kiosk_sessions s JOIN kiosks k ON k.id = s.kiosk"
OF_INMATE = f"{SESSION} WHERE s.inmate = :inmate ORDER BY s.kiosk"


async def add(tx: Transaction, kiosk: str, unit: str, language: str) -> None:
    """Add a kiosk, or bring its row up to date with hub.yaml."""
    await tx.run(
        "INSERT INTO kiosks (id, unit, language) VALUES (:id, :unit, :language)"
        " ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, language = excluded.language",
        id=kiosk,
        unit=unit,
        language=language,
    )
    await tx.run(
        "INSERT INTO kiosk_sessions (kiosk, language, view, step) VALUES (:kiosk, :language, :welcome, 0)"
        " ON CONFLICT (kiosk) DO NOTHING",
        welcome=WELCOME,
        kiosk=kiosk,
        language=language,
    )


async def ids(tx: Transaction) -> list[str]:
    """Return every kiosk."""
    return [row["id"] for row in await tx.rows("SELECT id FROM kiosks ORDER BY id")]


async def put_pads_away(tx: Transaction) -> None:
    """When a hub starts: the digits pressed so far are in nobody's memory, so that there is no pad to be shown.

    A screen at which nobody has signed in rests then, and nothing waits there any more.
    """
    pads = {"pad": PAD, "beside": f"%:{PAD}"}
    await tx.run(
        f"DELETE FROM reminders WHERE kind IN ({IDLENESS}) AND about IN"  # noqa: S608  kinds are our own words
        " (SELECT kiosk FROM kiosk_sessions WHERE (view = :pad OR view LIKE :beside) AND inmate IS NULL)",
        **pads,
    )
    await tx.run(
        "UPDATE kiosk_sessions SET view = :welcome, trail = '' WHERE view = :pad OR view LIKE :beside",
        welcome=WELCOME,
        **pads,
    )


async def free(tx: Transaction) -> list[str]:
    """Return the kiosks at which nobody is signed in."""
    rows = await tx.rows("SELECT kiosk FROM kiosk_sessions WHERE inmate IS NULL ORDER BY kiosk")
    return [row["kiosk"] for row in rows]


async def units(tx: Transaction) -> dict[str, str]:
    """Return every kiosk that is in use with the unit in which it stands."""
    rows = await tx.rows(
        "SELECT id, unit FROM kiosks WHERE EXISTS (SELECT 1 FROM accounts WHERE kiosk = kiosks.id) ORDER BY id"
    )
    return {row["id"]: row["unit"] for row in rows}


async def session(tx: Transaction, keys: Keys, kiosk: str) -> KioskSession | None:
    """Return what a kiosk is doing."""
    row = await tx.row(f"{SESSION} WHERE s.kiosk = :kiosk", kiosk=kiosk)
    return session_of(row, keys) if row else None


async def sessions(tx: Transaction, keys: Keys) -> list[KioskSession]:
    """Return what every kiosk is doing."""
    return [session_of(row, keys) for row in await tx.rows(f"{SESSION} ORDER BY s.kiosk")]


async def sessions_of(tx: Transaction, keys: Keys, inmate: str) -> list[KioskSession]:
    """Return what the kiosks are doing at which an inmate is signed in."""
    return [session_of(row, keys) for row in await tx.rows(OF_INMATE, inmate=inmate)]


def expect_sessions_of(tx: Transaction, inmate: str) -> None:
    """Say that ``sessions_of`` will be asked soon."""
    tx.expect(OF_INMATE, inmate=inmate)


def session_of(row: Row, keys: Keys) -> KioskSession:
    """Make a session of a row that has the kiosk's unit beside it."""
    draft = _unsealed(keys, row["draft"], row["inmate"])
    active_at = from_text(row["active_at"]) if row["active_at"] else None
    return KioskSession(
        row["kiosk"],
        row["unit"],
        row["language"],
        row["inmate"],
        row["view"],
        row["step"],
        draft,
        active_at,
        row["greets_in"],
        tuple(row["trail"].split()),
    )


async def save_session(tx: Transaction, keys: Keys, session: KioskSession) -> None:
    """Write what a kiosk is doing; a draft is sealed for its inmate alone."""
    await tx.run(
        "UPDATE kiosk_sessions SET language = :language, inmate = :inmate, view = :view, trail = :trail,"
        " step = :step, draft = :draft, active_at = :active_at WHERE kiosk = :kiosk",
        kiosk=session.kiosk,
        language=session.language,
        inmate=session.inmate,
        view=session.view,
        trail=" ".join(session.trail),
        step=session.step,
        draft=_sealed(keys, session.draft, session.inmate),
        active_at=maybe(session.active_at),
    )


async def keep_draft(tx: Transaction, keys: Keys, inmate: str, draft: Draft) -> None:
    """Keep an unfinished slip until this inmate signs in again (J3)."""
    await tx.run(
        "INSERT INTO drafts (inmate, sealed) VALUES (:inmate, :sealed)"
        " ON CONFLICT (inmate) DO UPDATE SET sealed = excluded.sealed",
        inmate=inmate,
        sealed=_sealed(keys, draft, inmate),
    )


async def take_draft(tx: Transaction, keys: Keys, inmate: str) -> Draft | None:
    """Return a kept draft and forget it."""
    row = await tx.row("DELETE FROM drafts WHERE inmate = :inmate RETURNING sealed", inmate=inmate)
    return _unsealed(keys, row["sealed"], inmate) if row else None


def _sealed(keys: Keys, draft: Draft | None, inmate: str | None) -> str | None:
    return keys.seal(json.dumps(asdict(draft)), f"draft of {inmate}") if draft else None


def _unsealed(keys: Keys, sealed: str | None, inmate: str | None) -> Draft | None:
    if not sealed:
        return None
    try:
        return _draft(**json.loads(keys.unseal(sealed, f"draft of {inmate}")))
    except KeyFault:
        # A kiosk must lock whatever happened to its row; the draft is lost, and nobody else's is in its place.
        log.warning("A draft was changed in the database, or sealed with another key; it is dropped")
        return None


def _draft(*, stage: str = Stage.REVIEW, **chosen: str | None) -> Draft:
    return Draft(**chosen, stage=Stage(stage))  # type: ignore[arg-type]  # as it was written down


async def save_tries(tx: Transaction, kiosk: str, number: str, wrong: int, pause_until: datetime | None) -> None:
    """Write how often a number was wrong at a kiosk."""
    await tx.run(
        "INSERT INTO pin_tries (kiosk, number, wrong, pause_until) VALUES (:kiosk, :number, :wrong, :pause_until)"
        " ON CONFLICT (kiosk, number) DO UPDATE SET wrong = excluded.wrong, pause_until = excluded.pause_until",
        kiosk=kiosk,
        number=number,
        wrong=wrong,
        pause_until=maybe(pause_until),
    )


async def forget_tries(tx: Transaction, kiosk: str, number: str) -> None:
    """Start counting afresh after a right PIN."""
    await tx.run("DELETE FROM pin_tries WHERE kiosk = :kiosk AND number = :number", kiosk=kiosk, number=number)


async def addresses_of(tx: Transaction, kiosk: str) -> list[Reader]:
    """Return the chats of a kiosk, in the language of who stands at it."""
    rows = await tx.rows(
        "SELECT a.network, a.chat_id, s.language FROM accounts a JOIN kiosk_sessions s ON s.kiosk = a.kiosk"
        " WHERE a.kiosk = :kiosk ORDER BY a.network, a.chat_id",
        kiosk=kiosk,
    )
    return [Reader(row["network"], row["chat_id"], row["language"], False, kiosk=kiosk) for row in rows]


@dataclass(frozen=True, slots=True)
class Screen:
    """A kiosk's chat on a network. One that ``rests`` is locked and was wiped; ``shown``: its chat shows just that.

    What is ``stuck`` is shown by nobody until it is written anew: it is held with an announcement, or was refused.
    It is to show this ``revision`` of this ``message``, and ``shows`` that one; none is 0.
    """

    kiosk: str
    chat_id: int
    language: str
    rests: bool
    shown: bool
    stuck: bool
    revision: int
    shows: int
    message: int


async def screens(tx: Transaction, network: str) -> list[Screen]:
    """Return every kiosk with what its chat on a network shows."""
    rows = await tx.rows(
        "SELECT k.id, k.language, a.chat_id, s.inmate IS NULL AND s.view = :welcome AS rests,"
        " CASE WHEN m.shown = m.revision AND m.message_id IS NOT NULL AND m.fault IS NULL THEN 1 ELSE 0 END AS shown,"
        " CASE WHEN m.held <> 0 OR m.fault IS NOT NULL THEN 1 ELSE 0 END AS stuck,"
        " COALESCE(m.revision, 0) AS revision, COALESCE(m.shown, 0) AS shows, COALESCE(m.id, 0) AS message"
        " FROM accounts a JOIN kiosks k ON k.id = a.kiosk JOIN kiosk_sessions s ON s.kiosk = k.id"
        " LEFT JOIN messages m ON m.network = a.network AND m.chat_id = a.chat_id AND m.key = :key"
        " WHERE a.network = :network ORDER BY k.id",
        network=network,
        key=SCREEN,
        welcome=WELCOME,
    )
    return [_screen(row) for row in rows]


def _screen(row: Row) -> Screen:
    return Screen(
        row["id"],
        row["chat_id"],
        row["language"],
        bool(row["rests"]),
        bool(row["shown"]),
        bool(row["stuck"]),
        row["revision"],
        row["shows"],
        row["message"],
    )
