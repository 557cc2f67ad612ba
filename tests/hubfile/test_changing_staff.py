"""People and kiosks come and go in hub.yaml: nobody inherits what was another's, and nothing waits for who has left."""

from collections.abc import Callable
from pathlib import Path

from bot import founding
from bot.config import Settings
from bot.demo import files
from tests.hub.whole_hub import WholeHub, whole_hub

N2 = "  N2: { role: provider, language: nb, services: [nav],"
X1 = "  X1: { role: provider, language: nb, services: [bolig],"
ALL_UNITS = " units: [A, B, C], name: { nb: Rådgiver X1, en: Adviser X1 } }"
NAV_HOURS = "service: nav\n      advisers: [N2]\n      room: R1"
HOUSING_HOURS = "service: bolig\n      advisers: [X1]\n      room: R2"


def change(data: Path, how: Callable[[str], str]) -> None:
    file = data / "hub.yaml"
    file.write_text(how(file.read_text("utf-8")), "utf-8")


def without_n2(text: str) -> str:
    """N2's place in the list is X1's now, and so are N2's hours."""
    assert N2 in text
    assert NAV_HOURS in text
    return text.replace(N2, X1).replace("Veileder N2,", "Rådgiver X1,").replace(NAV_HOURS, HOUSING_HOURS)


async def ids(hub: WholeHub) -> dict[str, int]:
    return {chat["title"]: chat["id"] for chat in (await hub.http.get("/client/chats")).json()}


async def test_a_new_colleague_sees_nothing_of_who_was_there_before(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["N2"].shows("FJ-106", "A06 Osp")
        before = await ids(hub)
    change(tmp_path, without_n2)
    async with whole_hub(tmp_path) as hub:
        await hub["X1"].shows("FJ-102")
        assert "FJ-106" not in await hub["X1"].everything()
        after = await ids(hub)
    assert "N2" not in after
    assert after["X1"] not in before.values()


async def test_somebody_added_first_in_the_file_gets_a_chat(tmp_path: Path) -> None:
    async with whole_hub(tmp_path):
        pass
    change(tmp_path, lambda text: text.replace("staff:\n", f"staff:\n{X1}{ALL_UNITS}\n"))
    async with whole_hub(tmp_path) as hub:
        await hub["X1"].shows("FJ-102")
        await hub["N1"].shows("FJ-103")


async def test_a_code_for_somebody_just_added_can_be_made_before_the_hub_runs(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, demo=True)
    await founding.create(settings, files.HUB, files.PEOPLE)
    change(tmp_path, lambda text: text.replace("staff:\n", f"staff:\n{X1}{ALL_UNITS}\n"))
    assert await founding.invite(settings, "X1")


async def test_the_talk_of_a_colleague_who_has_left_can_be_answered_by_another(tmp_path: Path) -> None:
    async with whole_hub(tmp_path):
        pass
    change(tmp_path, without_n2)
    async with whole_hub(tmp_path) as hub:
        await hub.advance(28 * 3600)
        await hub["N1"].press("Holdt", of="FJ-106")
        await hub["N1"].shows("FJ-106", "Samtalen ble holdt.")


async def test_an_account_is_one_persons_alone(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["N1"].say("/kode")
        code = (await hub["N1"].shows("/start "))["text"].partition("/start ")[2].split()[0]
        await hub["G1"].say(f"/start {code}")
        await hub["G1"].shows("Denne kontoen tilhører noen andre på servicetorget.")
        assert await hub.rows("SELECT person FROM accounts WHERE person IN ('N1', 'G1') ORDER BY person") == [
            {"person": "G1"},
            {"person": "N1"},
        ]
