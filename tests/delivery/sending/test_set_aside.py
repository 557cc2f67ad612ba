"""A network says no for good: the card comes anew, the old one does nothing, and the coordinator knows what did not."""

from collections.abc import Callable
from pathlib import Path

from tests.faults.far_away import Refusal, hub_of, move_out, outside
from tests.hub.whole_hub import WholeHub, data_of, words_of

FIXED, TOO_OLD = (400, "Bad Request: message can't be edited"), (400, "Bad Request: message can't be deleted")
NO = (400, "Bad Request: the chat does not want it")


def refuses(**methods: Refusal) -> Callable[[str], Refusal | None]:
    return methods.get


async def send_slip(hub: WholeHub) -> str:
    await hub["K-A"].sign_in("A01", "2101")
    return await hub["K-A"].send_slip("NAV")


async def test_a_card_that_cannot_be_changed_comes_anew_and_a_press_on_the_old_one_changes_nothing(
    tmp_path: Path,
) -> None:
    async with outside(tmp_path) as there, hub_of(tmp_path / "hub", there) as hub:
        await move_out(hub)
        code = await send_slip(hub)
        old = await there.device.shows(f"Ny samtalelapp {code}")
        there.refuses = refuses(editMessageText=FIXED, deleteMessage=TOO_OLD)
        await hub["N2"].press("Sett tid", of=code)
        await hub["N2"].press("kl.", of=code)
        new = await there.device.shows(code, "Samtale ")
        await hub.settled()
        there.refuses = refuses()
        rows = await hub.domain()
        await there.device.press_raw(old["id"], data_of(old, "Sett tid")[0])
        await there.device.alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        assert (old["id"] != new["id"], await hub.domain()) == (True, rows)
        assert await left_behind(hub) == [{"about": "N1"}]


async def left_behind(hub: WholeHub) -> list[dict[str, str]]:
    return await hub.rows("SELECT DISTINCT about FROM audit WHERE action = 'left_behind'")


async def test_the_coordinator_sees_how_many_did_not_arrive_and_whose_they_were(tmp_path: Path) -> None:
    async with outside(tmp_path) as there, hub_of(tmp_path / "hub", there) as hub:
        await move_out(hub)
        there.refuses = refuses(sendMessage=NO)
        code = await send_slip(hub)
        await hub.settled()
        await hub["TK1"].say("/idag")
        page = await hub["TK1"].shows("I dag, ", "Meldinger som ikke kom fram: 1")
        assert "• N1 · Veileder N1: 1" in words_of(page).splitlines()
        there.refuses = refuses()
        await hub["N2"].press("Sett tid", of=code)
        await there.device.shows(code)
        await hub.settled()
        await hub["TK1"].loses("ikke kom fram")


async def test_the_night_forgets_what_did_not_arrive_and_is_of_no_use_any_more(tmp_path: Path) -> None:
    async with outside(tmp_path) as there, hub_of(tmp_path / "hub", there) as hub:
        await move_out(hub)
        there.refuses = refuses(sendMessage=NO)
        code = await send_slip(hub)
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press(code)
        await hub["K-A"].press("Trekk lappen tilbake")
        await hub["K-A"].press("Ja, trekk tilbake")
        await hub.settled()
        assert await did_not_arrive(hub) == ["✉️ Meldinger som ikke kom fram: 1"]
        there.refuses = refuses()
        await hub.advance(24 * 3600)
        assert await did_not_arrive(hub) == []


async def did_not_arrive(hub: WholeHub) -> list[str]:
    await hub["TK1"].say("/idag")
    await hub["TK1"].shows("I dag, ")
    await hub.settled()
    return [line for line in (await hub["TK1"].everything()).splitlines() if "ikke kom fram" in line]
