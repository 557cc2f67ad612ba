"""Another contact officer: from that moment each officer's page tells of their own people, and of nobody else's."""

from datetime import timedelta
from pathlib import Path

from bot.demo.files import OPENS
from tests.hub.whole_hub import WholeHub, data_of, whole_hub


async def given_to(hub: WholeHub, inmate: str, officer: str) -> None:
    """Let the coordinator give somebody another contact officer."""
    tk1 = hub["TK1"]
    await tk1.say("/meny")
    await tk1.press("📒 Innsatte", of="Hei")
    await tk1.press(f"Avdeling {inmate[0]}", of="📒")
    await tk1.press(inmate, of=f"{inmate} · ")
    await tk1.press("👮 Kontaktbetjent")
    await tk1.press(officer, of=f"Hvem er kontaktbetjent for {inmate}?")
    await tk1.shows(f"· {officer}")
    await hub.settled()


async def test_the_answers_and_movements_follow_the_inmate_to_the_new_officer(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for officer in ("KB-A2", "KB-A3"):
            await hub[officer].say("/svar")
        await hub["KB-A2"].shows("3 svar å fortelle", "A04")
        await hub["KB-A3"].shows("1 svar å fortelle")
        await given_to(hub, "A04", "KB-A3")
        before = await hub["KB-A2"].shows("2 svar å fortelle")
        after = await hub["KB-A3"].shows("2 svar å fortelle", "A04")
        assert "A04" not in await hub["KB-A2"].everything()
        assert data_of(after, "FJ-110 Fortalt") != []
        assert "FJ-110" not in str(before)
        await hub.to(OPENS + timedelta(hours=22))
        await hub["KB-A2"].shows("🚶", "A05 Selje")
        await hub["KB-A3"].shows("🚶", "2 svar å fortelle")
        await hub.settled()
        await given_to(hub, "A05", "KB-A3")
        await hub["KB-A3"].shows("🚶", "A05 Selje", "3 svar å fortelle")
        await hub["KB-A2"].shows("🚶", "A06 Osp", "1 svar å fortelle")
        assert "A05" not in await hub["KB-A2"].everything()
