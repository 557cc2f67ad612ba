"""The board: this week for a big screen, open to the house, with nothing about anybody."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo import files
from bot.domain.theme_nights.theme_nights import State
from tests.hub.devices import real_hub
from tests.hub.translated_theme_night import planned
from tests.hub.whole_hub import WholeHub, whole_hub

WEEK = "/board/week"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        await running.settled()
        yield running


async def board(hub: WholeHub, prison: str = "", languages: str = "") -> list[dict[str, Any]]:
    answer = await hub.http.get(WEEK, params={"prison": prison, "languages": languages})
    return list(answer.raise_for_status().json()["pages"])


def rows_of(page: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(day["name"], row["time"], row["what"]) for day in page["days"] for row in day["rows"]]


async def test_the_week_stands_there_in_the_hubs_languages_with_its_theme_nights(hub: WholeHub) -> None:
    await planned(hub)
    norwegian, english = await board(hub)
    assert (norwegian["language"], english["language"]) == ("nb", "en")
    assert ("Torsdag 14. januar", "17.00–19.00", "Temakveld: Bolig – veien ut") in rows_of(norwegian)
    assert ("Thursday 14 January", "17:00–19:00", "Theme night: Housing – the way out") in rows_of(english)
    assert ("Torsdag 14. januar", "09.00–15.00", "NAV") in rows_of(norwegian)


async def test_two_advisers_side_by_side_are_one_line(hub: WholeHub) -> None:
    assert [what for _day, _time, what in rows_of((await board(hub))[0])].count("NAV") == 1


async def test_today_is_marked_also_where_nobody_is_here(hub: WholeHub) -> None:
    days = (await board(hub))[0]["days"]
    assert [(day["name"], day["today"], day["nothing"]) for day in days if day["today"]] == [
        ("Onsdag 13. januar", "I dag", "Ingen er her i dag.")
    ]


async def test_what_is_cancelled_is_gone_at_once(hub: WholeHub) -> None:
    await planned(hub, state=State.CANCELLED)
    before = rows_of((await board(hub))[0])
    coordinator = hub["TK1"]
    await coordinator.say("/start")
    await coordinator.press("Timeplan")
    await coordinator.press("fre. 15. 09.00 SK1", of="Uke 2")
    await coordinator.press("Avlys")
    await coordinator.press("Syk")
    await coordinator.shows("avlyst")
    after = rows_of((await board(hub))[0])
    assert "Temakveld: Bolig – veien ut" not in {what for *_, what in before}
    assert set(before) - set(after) == {("Fredag 15. januar", "09.00–12.00", "Sosialkonsulenten")}


async def test_each_prison_has_its_board_and_a_third_one_has_none(hub: WholeHub) -> None:
    await planned(hub, prison="NV", room="NR", units=("N",))
    other = (await board(hub, "NV"))[0]
    assert (other["prison"], [what for *_, what in rows_of(other)]) == (
        "Nordvik overgangsbolig",
        ["Temakveld: Bolig – veien ut", "NAV"],
    )
    assert "Temakveld: Bolig – veien ut" not in {what for *_, what in rows_of((await board(hub))[0])}
    assert (await hub.http.get(WEEK, params={"prison": "XX"})).status_code == 404


async def test_no_name_number_or_alias_stands_on_it(hub: WholeHub) -> None:
    await planned(hub)
    shown = " ".join([(await hub.http.get(WEEK, params={"prison": each})).text for each in ("FJ", "NV")])
    staff = yaml.safe_load(files.HUB.read_text("utf-8"))["staff"]
    people = yaml.safe_load(files.PEOPLE.read_text("utf-8"))["inmates"]
    personal = {*staff, *(name for each in staff.values() for name in each["name"].values())}
    personal |= {*people, *(str(each["alias"]) for each in people.values() if "alias" in each)}
    assert len(personal) > 60
    assert {each for each in personal if re.search(rf"\b{re.escape(each)}\b", shown)} == set()
    assert not re.search(r"FJ-\d|seats|made_by|host", shown)


async def test_a_language_that_lacks_a_text_is_not_half_shown(hub: WholeHub) -> None:
    await planned(hub, topic={"nb": "Bare norsk"})
    assert [page["language"] for page in await board(hub)] == ["nb"]


async def test_the_languages_of_posters_can_be_asked_for(hub: WholeHub) -> None:
    await planned(hub)
    norwegian, arabic = await board(hub, languages="ar-nb-xx")
    assert norwegian["language"] == "nb"
    assert (arabic["direction"], arabic["title"]) == ("rtl", "الأسبوع \u20682\u2069")
    assert {time for _day, time, _what in rows_of(arabic)} >= {"\u206817:00–19:00\u2069"}


async def test_the_doors_show_it_without_a_cookie_and_with_strict_headers(tmp_path: Path) -> None:
    async with real_hub(tmp_path / "hub") as hub:
        for kind in ("staff", "kiosk"):
            stranger = await hub.browser(kind)
            page, week = await stranger.get("/board"), await stranger.get(WEEK)
            chats = await stranger.get("/client/chats")
            assert [each.status_code for each in (page, week, chats)] == [200, 200, 401]
            for answer in (page, week):
                assert "default-src 'none'" in answer.headers["content-security-policy"]
                assert "set-cookie" not in answer.headers
            assert week.headers["cache-control"] == "no-store"
            assert (await stranger.post(WEEK)).status_code == 405


async def test_who_asks_far_too_often_waits(hub: WholeHub) -> None:
    answers = [await hub.http.get(WEEK) for _ in range(60)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 429)
