"""A notice is corrected and taken away in place, wherever it stands, and once."""

from bot.store import chats
from tests.hub.whole_hub import Device, WholeHub, data_of
from tests.journeys.notices.desk import GREETS, NOTICES, at, begins, newest, opens_desk, presses, publishes, says


async def test_a_corrected_text_stands_in_the_place_of_the_old_one_everywhere(hub: WholeHub) -> None:
    await publishes(hub, "Bibloteket er stengt", "The library is closed", "Betjenter")
    before = {who: (await hub[who].messages())[-1]["id"] for who in ("K-A", "KB-A1")}
    await opens_desk(hub)
    await presses(hub, "TK1", "Rett 1")
    await says(hub, "TK1", "Biblioteket er stengt")
    await presses(hub, "TK1", "Som før", "Rett det")
    await hub["K-A"].shows(GREETS, "📣 Biblioteket er stengt")
    await hub["KB-A1"].shows("📣 Biblioteket er stengt")
    for who, number in before.items():
        assert (await hub[who].messages())[-1]["id"] == number
        assert "Bibloteket" not in await hub[who].everything()
    assert await hub.rows(NOTICES) == [{"id": 1, "state": "published", "revision": 1}]


async def test_a_withdrawn_notice_leaves_the_screens_at_once_and_is_said_to_be_over(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    message = (await hub["KB-A1"].messages())[-1]["id"]
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Nei, behold den", "Ta ned 1")
    assert "Biblioteket" in await hub["K-A"].everything()
    await presses(hub, "TK1", "Ja, ta det ned")
    for kiosk in ("K-A", "K-B", "K-C"):
        assert "Biblioteket" not in await hub[kiosk].everything()
        assert "📣 Oppslag" not in await hub[kiosk].everything()
    assert (await hub["KB-A1"].messages())[-1]["id"] == message
    assert await newest(hub["KB-A1"]) == "Dette oppslaget gjelder ikke lenger."
    await hub["TK1"].shows("Ingen oppslag henger oppe, og ingen kommer.")
    assert await hub.audit("notice:1") == [
        ("TK1", "notice_published", "notice:1", "done"),
        ("TK1", "broadcast", "notice:1", "done"),
        ("TK1", "notice_withdrawn", "notice:1", "done"),
        ("TK1", "broadcast_stop", "notice:1", "done"),
    ]


async def test_who_is_asked_whether_to_take_it_down_reads_what_it_says_by_now(hub: WholeHub) -> None:
    await publishes(hub, "Bibloteket er stengt", "The library is closed")
    at_home = await second_chat(hub)
    for device in (hub["TK1"], at_home):
        await device.say("/start")
        await device.press("📣 Oppslag", of="Hva vil du gjøre?")
        await hub.settled()
    await at_home.press("Ta ned 1")
    await at_home.shows("Skal dette oppslaget tas ned overalt?", "Bibloteket")
    await hub.settled()
    await presses(hub, "TK1", "Rett 1")
    await says(hub, "TK1", "Biblioteket er stengt")
    await presses(hub, "TK1", "Som før", "Rett det")
    await at_home.shows("Skal dette oppslaget tas ned overalt?", "Biblioteket")
    assert "Bibloteket" not in await at_home.everything()
    assert "Skal dette" not in await hub["TK1"].everything()
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Ja, ta det ned")
    await at_home.shows("Ingen oppslag henger oppe, og ingen kommer.")
    assert "Skal dette" not in await at_home.everything()


async def second_chat(hub: WholeHub) -> Device:
    """Let TK1 have a second chat, at home."""
    assert hub.running.house is not None
    await hub.running.house.open_chat(901, "TK1 at home", "staff")
    async with hub.running.database.transaction() as tx:
        await chats.link_person(tx, "house", 901, "TK1")
    return Device(hub.http, 901, house=hub.running.house)


async def test_who_was_never_told_of_a_notice_is_not_told_that_it_is_over(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    assert hub.running.house is not None
    await hub.running.house.open_chat(901, "KB-A1 at home", "staff")
    async with hub.running.database.transaction() as tx:
        await chats.link_person(tx, "house", 901, "KB-A1")
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Ja, ta det ned")
    await hub["KB-A1"].shows("Dette oppslaget gjelder ikke lenger.")
    assert await Device(hub.http, 901, house=hub.running.house).messages() == []


async def test_at_night_what_ended_long_ago_is_deleted(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await publishes(hub, "Gymsalen er stengt", "The gym is closed")
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE notices SET ends = '2026-10-01T19:00:00.000000+00:00' WHERE id = 1")
    await hub.to(at(14, 4, 30))
    assert [row["id"] for row in await hub.rows(NOTICES)] == [2]


async def test_withdrawing_twice_withdraws_once(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1")
    page = (await hub["TK1"].messages())[-1]
    [yes] = data_of(page, "Ja, ta det ned")
    for _ in range(2):
        await hub["TK1"].press_raw(page["id"], yes)
    await hub.settled()
    assert await hub.rows(NOTICES) == [{"id": 1, "state": "withdrawn", "revision": 1}]


async def test_publishing_twice_publishes_once(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Gå videre", "Nå", "13. jan. kl. 20.00")
    page = (await hub["TK1"].messages())[-1]
    [publish] = data_of(page, "Heng det opp")
    for _ in range(2):
        await hub["TK1"].press_raw(page["id"], publish)
    await hub.settled()
    assert await hub.rows(NOTICES) == [{"id": 1, "state": "published", "revision": 0}]
