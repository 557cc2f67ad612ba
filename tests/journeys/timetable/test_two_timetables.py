"""The coordinators' timetables beside each other: what one does the other sees, and nobody another prison's."""

from bot.domain.people import Person, Role
from bot.store import chats, people
from tests.hub.whole_hub import Device, WholeHub, data_of, words_of
from tests.journeys.timetable.timetables import THURSDAY, open_session


async def test_a_second_cancel_from_another_page_is_refused_and_changes_nothing(hub: WholeHub) -> None:
    await open_session(hub)
    await hub["TK1"].press("Avlys", of="tider er tatt")
    first = await hub["TK1"].shows("Hvorfor skal økta avlyses?")
    data = data_of(first, "Syk")[0]
    await hub["TK1"].press("Syk")
    await hub["TK1"].shows("Økta er avlyst.")
    await hub.settled()
    rows = await hub.domain()
    await hub["TK1"].press_raw(first["id"], data)
    await hub["TK1"].alerted("Denne økta står ikke i timeplanen lenger. Nå ser du det nyeste.")
    await hub["TK1"].shows("Uke 2")
    await hub.settled()
    assert await hub.domain() == rows


async def test_the_switcher_shows_one_prison_the_other_or_both(hub: WholeHub) -> None:
    await hub["TK1"].say("/start")
    await hub["TK1"].press("Timeplan", of="Hva vil du gjøre?")
    both = await hub["TK1"].shows("Møterommet på Nordvik", "Servicetorget 1")
    assert "☑️ Alle" in words_of(both)
    await hub["TK1"].press("Nordvik overgangsbolig", of="Uke 2")
    nordvik = await hub["TK1"].until(lambda each: "☑️ Nordvik" in words_of(each), "Nordvik alone")
    assert "Møterommet på Nordvik" in nordvik["text"]
    assert "Servicetorget 1" not in nordvik["text"]
    await hub["TK1"].press("Fjordheim fengsel", of="Uke 2")
    fjordheim = await hub["TK1"].until(lambda each: "☑️ Fjordheim" in words_of(each), "Fjordheim alone")
    assert "Møterommet på Nordvik" not in fjordheim["text"]
    await hub["TK1"].press("Uka etter", of="Uke 2")
    after = await hub["TK1"].shows("Uke 3")
    assert "☑️ Fjordheim" in words_of(after)


async def second_coordinator(hub: WholeHub) -> Device:
    """TK2 serves Fjordheim alone."""
    assert hub.running.house is not None
    await hub.running.house.open_chat(900, "TK2", "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, Person("TK2", Role.COORDINATOR, "TK2", "nb", frozenset(), frozenset("ABC")))
        await chats.link_person(tx, "house", 900, "TK2")
    return Device(hub.http, 900, house=hub.running.house)


async def test_a_coordinator_without_nordvik_sees_nothing_of_it(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    await other.say("/start")
    await other.press("Timeplan", of="Hva vil du gjøre?")
    week = await other.shows("Servicetorget 1")
    assert "Nordvik" not in words_of(week)
    await other.press_raw(week["id"], "week:NV")
    await other.alerted("Denne knappen er for noen andre på servicetorget. Ingenting er endret.")
    for pressed in ("session:nav.N1.NR.2701150900:-", "off:nav.N1.NR.2701150900:ill:000000:-"):
        await other.press_raw(week["id"], pressed)
        await other.alerted("Denne økta står ikke i timeplanen lenger. Nå ser du det nyeste.")
    await hub.settled()
    assert await hub.rows("SELECT * FROM cancelled_sessions") == []


async def test_a_coordinators_button_in_anothers_chat_does_nothing(hub: WholeHub) -> None:
    await hub.settled()
    message = (await hub["N1"].messages())[-1]
    rows = await hub.domain()
    for data in (f"off:{THURSDAY}:ill:000000:-", "week:-", "session_new:-", f"session_move:{THURSDAY}:-", "today:-"):
        await hub["N1"].press_raw(message["id"], data)
        await hub["N1"].alerted("Denne knappen er for noen andre på servicetorget. Ingenting er endret.")
    await hub.settled()
    assert await hub.domain() == rows


async def test_a_session_that_a_colleague_cancels_while_it_is_moved_is_not_moved(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    await open_session(hub)
    await hub["TK1"].press("Flytt", of="tider er tatt")
    await hub["TK1"].press("Servicetorget 2", of="I hvilket rom?")
    await hub["TK1"].shows("Hvilken dag?")
    await open_session(hub, device=other)
    await other.press("Avlys", of="tider er tatt")
    await other.press("Syk", of="2 personer har avtale da.")
    await other.shows("Økta er avlyst.")
    await hub["TK1"].press("Som før", of="Hvilken dag?")
    await hub["TK1"].alerted("Denne økta står ikke i timeplanen lenger. Nå ser du det nyeste.")
    await hub["TK1"].shows("Uke 2")
    assert await hub.rows("SELECT * FROM sessions") == []


async def test_of_two_coordinators_on_the_same_page_the_second_is_told(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    for device in (hub["TK1"], other):
        await open_session(hub, device=device)
        await device.press("Avlys", of="tider er tatt")
        page = await device.shows("2 personer har avtale da.")
    await hub["TK1"].press("Syk")
    await hub["TK1"].shows("Økta er avlyst.")
    await other.shows("Uke 2")
    await hub.settled()
    rows = await hub.domain()
    await other.press_raw(page["id"], data_of(page, "Det var ikke noe rom")[0])
    await other.alerted("Denne økta står ikke i timeplanen lenger. Nå ser du det nyeste.")
    await other.shows("Uke 2")
    await hub.settled()
    assert await hub.domain() == rows
