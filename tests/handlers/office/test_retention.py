"""Nothing is kept longer than it is of use: the file, its write-ahead log and every chat have forgotten it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.files import OPENS
from bot.store import database
from tests.handlers.staff.test_staff import open_page
from tests.hub.whole_hub import WholeHub, whole_hub
from tests.patience import Looks

OLD = "FJ-101"


def bytes_of(data: Path) -> bytes:
    files = (path for path in sorted(data.rglob("*")) if path.is_file())
    return b"".join(path.read_bytes() for path in files if path.name != "hub.yaml")


async def until_tidied(data: Path, word: bytes, most: int = 0) -> None:
    """Wait until the write-ahead log has been emptied and the files have a word no more often than this."""
    async for _ in Looks(step=0.1):
        if bytes_of(data).count(word) <= most:
            return


async def keep_for(hub: WholeHub, days: int) -> None:
    await open_page(hub["ADM"], "⚙️ Innstillinger", "Ta vare på lapper")
    await hub["ADM"].shows("Nå: 90 dager")
    await hub["ADM"].say(str(days))
    await hub["ADM"].shows(f"Nå: {days} dag")


def night(after: int) -> datetime:
    return OPENS.replace(hour=4, minute=30) + timedelta(days=after)


async def nights(hub: WholeHub, to: int, since: int = 2) -> None:
    """Go on in steps, as a hub does that runs for weeks."""
    for after in range(since, to + 1, 3):
        await hub.to(night(after))
    await hub.to(night(to))


async def test_an_ended_slip_is_gone_from_the_file_and_from_every_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TIDY_SECONDS", 0.2)
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].sign_in("A01", "2101")
        code = await hub["K-A"].send_slip("NAV", "Klage på vedtak")
        card = await hub["N1"].shows(code, "Klage på vedtak")
        await hub["N1"].say("/lapper")
        await hub["N1"].until(lambda each: each["id"] > card["id"] and code in each["text"], "the card below")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press(code)
        await hub["K-A"].press("Trekk lappen tilbake")
        await hub["K-A"].press("Ja, trekk")
        await hub["K-A"].press("Ferdig")
        await keep_for(hub, 3)
        await hub.to(night(3))
        assert await hub.rows("SELECT code FROM slips WHERE code = :code", code=code) != []
        assert await hub.rows("SELECT code FROM slips WHERE code = :code", code=OLD) == [], "ended a day earlier"
        await hub.to(night(4))
        for name in ("N1", "N2", "N3", "G1"):
            told = await hub[name].everything()
            assert code not in told
            assert OLD not in told
        left = {
            name: [row for row in rows if code in str(row) or OLD in str(row)]
            for name, rows in (await hub.domain()).items()
        }
        assert {name: rows for name, rows in left.items() if rows} == {}
        assert code not in str(await hub.rows("SELECT * FROM messages"))
        assert ("hub", "delete", code, "done") in await hub.audit(code)
        await until_tidied(tmp_path, b"klage")
        raw = bytes_of(tmp_path)
    raw += bytes_of(tmp_path)
    assert b"klage" not in raw, "the topic of the only slip about it"
    text = raw.decode("utf-8", "replace")
    audit = [row for row in text.split("\n") if f"📋 Samtalelapp {code}" in row or f"Ny samtalelapp {code}" in row]
    assert audit == []
    assert "FJ-110" in text


async def test_a_slip_with_almost_the_same_code_stays(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        async with hub.running.database.transaction() as tx:
            await tx.run("UPDATE slips SET ended_at = '2026-01-01T00:00:00.000000+00:00' WHERE code = 'FJ-101'")
            await tx.run(
                "INSERT INTO messages (network, chat_id, key, text, buttons, neutral, lane, revision, shown)"
                " VALUES ('nowhere', 1, 'slip:FJ-1010', 'FJ-1010 XFJ-101', '[]', 0, 0, 1, 1)"
            )
            await tx.run(
                "INSERT INTO messages (network, chat_id, key, text, buttons, neutral, lane, revision, shown)"
                " VALUES ('nowhere', 1, 'said:1', 'om FJ-101, og mer', '[]', 0, 0, 1, 1)"
            )
            await tx.run(
                "INSERT INTO message_subjects (message, subject) SELECT id,"
                " CASE key WHEN 'said:1' THEN 'slip:FJ-101' ELSE 'slip:FJ-1010' END"
                " FROM messages WHERE network = 'nowhere'"
            )
        await hub.to(night(1))
        assert await hub.rows("SELECT key FROM messages WHERE network = 'nowhere'") == [{"key": "slip:FJ-1010"}]


@pytest.mark.long
async def test_what_nobody_comes_back_to_is_closed_but_not_before_it_was_told(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.advance(27 * 3600)
        for code in ("FJ-103", "FJ-105"):
            await hub["N1"].press("Ble ikke noe av", of=code)
            await hub["N1"].press("Syk", of=code)
            await hub["N1"].shows(code, "Samtalen ble ikke noe av.")
        await hub["K-A"].sign_in("A07", "2107")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press("FJ-103")
        await hub["K-A"].shows("FJ-103", "Vil du ha")
        await hub["K-A"].press("Ferdig")
        await nights(hub, 20)
        states = await hub.rows("SELECT code, state FROM slips WHERE code IN ('FJ-103', 'FJ-105') ORDER BY code")
        assert states == [{"code": "FJ-103", "state": "closed"}, {"code": "FJ-105", "state": "not_held"}]
        assert ("hub", "close", "FJ-103", "done") in await hub.audit("FJ-103")
        await hub["N1"].shows("FJ-103", "Ferdig. Vi hørte ikke noe mer på to uker.")
        await nights(hub, 95, since=21)
        assert await hub.rows("SELECT state FROM slips WHERE code = 'FJ-105'") == [{"state": "closed"}]


async def test_a_kiosk_that_shows_a_deleted_slip_is_locked(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(night(1) - timedelta(minutes=31))
        await hub["K-A"].sign_in("A03", "2103")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press("FJ-101")
        await hub["K-A"].shows("FJ-101")
        async with hub.running.database.transaction() as tx:
            await tx.run("UPDATE slips SET ended_at = '2026-01-01T00:00:00.000000+00:00' WHERE code = 'FJ-101'")
            await tx.run("DELETE FROM reminders WHERE about = 'K-A'")
        await hub.to(night(1))
        await hub["K-A"].shows("Trykk på avdelingen din")
        assert "FJ-101" not in await hub["K-A"].everything()
