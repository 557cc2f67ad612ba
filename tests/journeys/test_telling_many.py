"""The coordinator follows an announcement, holds it, goes on, stops it, and decides about who may not have it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.telling import broadcasts as pages
from tests.hub.announcing import ABOUT, CORRECTED, NEWS, announce, at_the_desk, tell
from tests.hub.whole_hub import WholeHub, whole_hub

STAFF = ["N1", "N2", "N3"]
IN_DOUBT = (
    "UPDATE messages SET fault = 'doubt', message_id = NULL, shown = 0 WHERE chat_id = :chat AND carries IS NOT NULL"
)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        await running.settled()
        yield running


async def change(hub: WholeHub, sql: str, **values: object) -> None:
    async with hub.running.database.transaction() as tx:
        await tx.run(sql, **values)


async def news(hub: WholeHub, who: str) -> list[str]:
    return [each["text"] for each in await hub[who].messages() if each["text"] in {NEWS, CORRECTED}]


async def test_the_page_says_by_itself_how_far_it_has_come(hub: WholeHub) -> None:
    await announce(hub, STAFF)
    assert await hub["TK1"].shows("📣 En beskjed til mange", "Vist på 0 av 0 skjermer, hos 0 av 3 ansatte.")
    await hub.settled()
    await hub.advance(4)
    await hub["TK1"].shows("hos 3 av 3 ansatte.", "✅ Alle har fått den.")
    assert [await news(hub, each) for each in STAFF] == [[NEWS]] * 3
    assert await hub.rows("SELECT kind FROM reminders WHERE kind = 'broadcast' AND done IS NULL") == []


async def test_it_is_paused_and_goes_on_and_the_log_says_so(hub: WholeHub) -> None:
    await announce(hub, STAFF, paused=True)
    await hub.advance(4)
    await hub["TK1"].shows("⏸️ Den er satt på pause. 3 venter fortsatt.")
    await hub.advance(60)
    assert await news(hub, "N1") == []
    await hub["TK1"].press("Fortsett")
    await hub.settled()
    await hub.advance(4)
    await hub["TK1"].shows("✅ Alle har fått den.")
    assert [action for _, action, _, _ in await hub.audit(ABOUT)] == [
        "broadcast",
        "broadcast_pause",
        "broadcast_go_on",
    ]


async def test_what_is_stopped_is_told_to_nobody_more(hub: WholeHub) -> None:
    number = await announce(hub, STAFF, paused=True)
    await hub["TK1"].press("Stopp")
    await hub["TK1"].shows("⏹️ Den er stoppet. Det som er vist, blir stående.")
    async with at_the_desk(hub) as context:
        tell(context, number, STAFF, CORRECTED)
    await hub.settled()
    assert [await news(hub, each) for each in STAFF] == [[]] * 3


async def test_a_stale_press_changes_nothing_and_shows_the_present(hub: WholeHub) -> None:
    number = await announce(hub, STAFF, paused=True)
    page = await hub["TK1"].press("Stopp")
    await hub["TK1"].shows("Den er stoppet")
    for verb in ("tell_pause", "tell_on", "tell_stop"):
        await hub.settled()
        await hub["TK1"].press_raw(page["id"], f"{verb}:{number}")
        await hub.settled()
        await hub["TK1"].alerted("Dette er gjort allerede. Nå ser du det nyeste.")
    for data in (f"tell_again:{number}:N1", "told_so_far:99", "tell_stop:99", "tell_again:99:N1"):
        await hub["TK1"].press_raw(page["id"], data)
        await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["TK1"].shows("Den er stoppet")


async def test_who_may_not_have_it_is_listed_and_gets_it_once_more_when_the_coordinator_says_so(hub: WholeHub) -> None:
    number = await announce(hub, STAFF)
    await hub.settled()
    await change(hub, IN_DOUBT, chat=hub["N2"].chat)
    await change(hub, "UPDATE broadcast_targets SET shown_at = NULL WHERE person = 'N2'")
    await hub.advance(4)
    await hub["TK1"].shows("hos 2 av 3 ansatte.", "❓ Ingen vet om 1 har fått den:", "• N2 · ")
    await hub["TK1"].press("Send igjen: N2")
    await hub.settled()
    await hub.advance(4)
    await hub["TK1"].shows("hos 3 av 3 ansatte.")
    assert await news(hub, "N2") == [NEWS, NEWS]
    assert await hub.audit("N2") == [("TK1", "broadcast_again", "N2", ABOUT)]
    assert number == 1


async def test_a_page_that_is_opened_again_stands_further_down_and_is_renewed_there(hub: WholeHub) -> None:
    number = await announce(hub, STAFF)
    await hub.settled()
    async with at_the_desk(hub) as context:
        await pages.show(context, number)
    await hub.settled()
    await hub.advance(4)
    [shown] = [each["text"] for each in await hub["TK1"].messages() if "📣" in each["text"]]
    assert "Alle har fått den" in shown


async def test_from_there_one_goes_back_to_the_notices(hub: WholeHub) -> None:
    await announce(hub, STAFF)
    await hub["TK1"].press("⬅️ Oppslag", of="Vist på")
    await hub["TK1"].shows("📣 Oppslag", "En beskjed til mange")


async def test_a_provider_cannot_stop_it(hub: WholeHub) -> None:
    number = await announce(hub, STAFF, paused=True)
    card = (await hub["N1"].messages())[-1]
    await hub["N1"].press_raw(card["id"], f"tell_on:{number}")
    await hub["N1"].alerted()
    await hub.settled()
    assert NEWS not in await hub["N1"].everything()
    assert (await hub.rows("SELECT state FROM broadcasts")) == [{"state": "paused"}]
