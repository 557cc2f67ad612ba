"""Answers to hand over: each slip in one plain sentence, to own inmates only, and closed once it has been told."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.files import OPENS
from tests.hub.whole_hub import Device, WholeHub, data_of, new_hub, whole_hub, words_of

CHANGED = "Dette er endret i mellomtiden. Nå ser du det nyeste."
OTHERS = "En annen følger opp denne personen. Ingenting er endret."
NOTHING = "Ingen svar å fortelle nå."
HEARD_UNTIL = "Du kan svare til og med onsdag 27. januar. Etter det er lappen ferdig."


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def sent(hub: WholeHub, number: str, service: str = "NAV", topic: str = "Hopp over") -> str:
    await hub["K-A"].sign_in(number, f"21{number[1:]}")
    code = await hub["K-A"].send_slip(service, topic)
    await hub["K-A"].press("Ferdig")
    await hub.settled()
    return code


async def answers_of(hub: WholeHub, officer: str) -> str:
    await hub.settled()
    await hub[officer].say("/svar")
    await hub.settled()
    return words_of([each for each in await hub[officer].messages() if "å fortelle" in each["text"]][-1])


def text_of(page: str) -> list[str]:
    """Return the lines of a page about slips, without title and buttons."""
    return [line for line in page.splitlines()[1:] if "FJ-" not in line and "Startside" not in line]


async def news(hub: WholeHub, code: str) -> int:
    await hub.settled()
    return int((await hub.rows("SELECT news FROM slips WHERE code = :code", code=code))[0]["news"])


async def test_each_news_is_said_in_plain_words_without_its_topic(hub: WholeHub) -> None:
    assert await sent(hub, "A01", topic="Klage på vedtak") == "FJ-116"
    n1, officer = hub["N1"], hub["KB-A1"]
    await n1.press("Trenger mer tid", of="FJ-116")
    await n1.press("27. jan.", of="FJ-116")
    assert text_of(await answers_of(hub, "KB-A1")) == [
        "Svaret ditt tar litt lengre tid.",
        "Du beholder plassen din i køen. Ny beskjed senest onsdag 27. januar.",
    ]
    await n1.press("Sett tid", of="FJ-116")
    await n1.press("14. jan. kl. 11.00", of="FJ-116")
    await n1.press("Avlys", of="✅ Samtale torsdag 14. januar kl. 11.00")
    await n1.press("Syk", of="FJ-116")
    assert text_of(await answers_of(hub, "KB-A1")) == [
        "Samtalen din er avlyst. Det er ikke din feil.",
        "Du beholder plassen din i køen. Ny beskjed senest fredag 15. januar.",
    ]
    await n1.press("Hører til andre", of="FJ-116")
    await n1.press("Økonomi og gjeld", of="FJ-116")
    assert text_of(await answers_of(hub, "KB-A1")) == [
        "Lappen din er sendt videre til Økonomi og gjeld. Svar senest fredag 15. januar."
    ]
    await hub["G1"].press("Svar uten møte", of="FJ-116")
    await hub["G1"].press("2", of="Hvilket svar")
    said = text_of(await answers_of(hub, "KB-A1"))
    assert said == ["Økonomi og gjeld svarer: Vi har sendt deg et brev. En betjent gir deg det.", HEARD_UNTIL]
    await officer.press("Ny samtale", of="FJ-116")
    await officer.shows(NOTHING)
    await hub["G1"].shows("FJ-116", "Svar senest")
    await hub.to(OPENS + timedelta(days=7, hours=6))
    assert text_of(await answers_of(hub, "KB-A1"))[0].startswith("Vi lovet deg svar. Det klarte vi ikke. Beklager.")
    assert "Klage" not in await officer.everything()


async def test_a_silent_service_is_only_a_talk(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    described = (tmp_path / "hub.yaml").read_text("utf-8")
    described = described.replace("    icon: 💰\n", "    icon: 💰\n    silent: true\n")
    (tmp_path / "hub.yaml").write_text(described, "utf-8")
    async with whole_hub(tmp_path) as hub:
        await sent(hub, "A01")
        await hub["N1"].press("Hører til andre", of="FJ-116")
        await hub["N1"].press("Økonomi og gjeld", of="FJ-116")
        assert text_of(await answers_of(hub, "KB-A1")) == ["Lappen din er sendt videre. Svar senest onsdag 20. januar."]
        await hub["G1"].press("Svar uten møte", of="FJ-116")
        await hub["G1"].press("2", of="Hvilket svar")
        said = text_of(await answers_of(hub, "KB-A1"))
        assert said == ["Svaret er: Vi har sendt deg et brev. En betjent gir deg det.", HEARD_UNTIL]
        assert "gjeld" not in await hub["KB-A1"].everything()


async def an_offer_to_a06(hub: WholeHub) -> Device:
    await hub["N2"].press("Annen tid", of="FJ-106")
    await hub["N2"].press("14. jan. kl. 11.00", of="FJ-106")
    await hub["KB-A2"].shows("Det er nytt å fortelle nå: FJ-106, avdeling A.")
    await hub["KB-A2"].press("Vis svarene", of="FJ-106")
    await hub["KB-A2"].shows("Du kan få samtale torsdag 14. januar kl. 11.00, Servicetorget 1. Passer det?")
    await hub.settled()
    return hub["KB-A2"]


async def test_an_offer_is_accepted_for_the_inmate_as_at_the_kiosk(hub: WholeHub) -> None:
    officer = await an_offer_to_a06(hub)
    await officer.press("FJ-106 Ja, det passer")
    await hub["N2"].shows("FJ-106", "✅ Samtale torsdag 14. januar kl. 11.00")
    await officer.shows("FJ-106, avdeling A: ordnet.")
    rows = await hub.rows("SELECT state, news, last_side, last_actor FROM slips WHERE code = 'FJ-106'")
    assert rows == [{"state": "booked", "news": 0, "last_side": "inmate", "last_actor": "KB-A2"}]
    assert (await hub.audit("FJ-106"))[-1] == ("KB-A2", "accept", "FJ-106", "done")


async def test_an_offer_is_declined_for_the_inmate_and_the_second_press_changes_nothing(hub: WholeHub) -> None:
    officer = await an_offer_to_a06(hub)
    page = await officer.shows("Passer det?")
    await officer.press("FJ-106 Nei takk")
    await hub["N2"].shows("FJ-106", "Den innsatte sa nei")
    await officer.press_raw(page["id"], data_of(page, "Ja, det passer")[0])
    await officer.alerted(CHANGED)
    assert await hub.rows("SELECT state FROM slips WHERE code = 'FJ-106'") == [{"state": "waiting"}]


async def test_told_twice_is_told_once(hub: WholeHub) -> None:
    await answers_of(hub, "KB-A3")
    page = await hub["KB-A3"].shows("A07 Lønn · FJ-103")
    await hub["KB-A3"].press_raw(page["id"], data_of(page, "Fortalt")[0])
    await hub["KB-A3"].press_raw(page["id"], data_of(page, "Fortalt")[0])
    await hub["KB-A3"].alerted(CHANGED)
    await hub["KB-A3"].shows(NOTHING)
    assert [each for each in await hub.audit("FJ-103") if each[1] == "told"] == [("KB-A3", "told", "FJ-103", "done")]


async def test_what_was_read_at_a_screen_is_gone_from_the_list_and_a_late_press_shows_the_list_as_it_is(
    hub: WholeHub,
) -> None:
    await answers_of(hub, "KB-A3")
    page = await hub["KB-A3"].shows("A07 Lønn · FJ-103")
    await hub["K-A"].sign_in("A07", "2107")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press("FJ-103")
    await hub["KB-A3"].shows(NOTHING)
    await hub["KB-A3"].press_raw(page["id"], data_of(page, "Fortalt")[0])
    await hub["KB-A3"].alerted(CHANGED)
    assert [each for each in await hub.audit("FJ-103") if each[1] == "told"] == []


@pytest.mark.parametrize("verb", ["told", "suits", "suits_not", "new_talk"])
@pytest.mark.parametrize("slip", ["FJ-103", "FJ-999"])
async def test_an_officer_outside_the_scope_is_told_the_same_as_if_there_were_no_such_slip(
    hub: WholeHub, verb: str, slip: str
) -> None:
    page = await answers_of(hub, "KB-A1")
    assert NOTHING in page
    await hub["KB-A1"].press_raw((await hub["KB-A1"].shows(NOTHING))["id"], f"{verb}:{slip}:2")
    await hub["KB-A1"].alerted(OTHERS)
    assert await news(hub, "FJ-103") == 1
    assert "A07" not in await hub["KB-A1"].everything()


async def test_no_list_has_another_officers_inmates(hub: WholeHub) -> None:
    pages = {name: await answers_of(hub, name) for name in hub.devices if name.startswith("KB-")}
    shown = {
        name: {word for word in ("Selje", "Osp", "Lønn", "Mose", "Skar", "Rogn") if word in page}
        for name, page in pages.items()
    }
    assert {name: words for name, words in shown.items() if words} == {
        "KB-A2": {"Selje", "Osp", "Rogn"},
        "KB-A3": {"Lønn"},
        "KB-B1": {"Mose", "Skar"},
    }
    everybody = await answers_of(hub, "SK1")
    assert all(word in everybody for words in shown.values() for word in words)


async def test_reading_the_list_is_logged_and_so_is_news_that_come_onto_an_open_one(hub: WholeHub) -> None:
    await answers_of(hub, "KB-A1")
    await sent(hub, "A01")
    await hub["N1"].press("Trenger mer tid", of="FJ-116")
    await hub["N1"].press("27. jan.", of="FJ-116")
    await hub["KB-A1"].shows("1 svar å fortelle", "A01 Furu · FJ-116")
    await hub.settled()
    assert (await hub.audit("FJ-116"))[-1] == ("KB-A1", "read", "FJ-116", "done")
    officers = await hub.rows("SELECT DISTINCT actor FROM audit WHERE action = 'read' AND actor LIKE 'KB-%'")
    assert officers == [{"actor": "KB-A1"}]


async def test_news_of_a_talk_far_away_wait_for_the_morning(hub: WholeHub) -> None:
    await sent(hub, "A01")
    await hub["N1"].press("Trenger mer tid", of="FJ-116")
    await hub["N1"].press("27. jan.", of="FJ-116")
    await hub["N1"].shows("FJ-116", "27. januar")
    await hub.settled()
    assert await hub["KB-A1"].messages() == []
    await hub.to(OPENS + timedelta(hours=21, minutes=30))
    await hub["KB-A1"].shows("1 svar å fortelle")


async def test_outside_the_house_nobody_reads_who_it_is_or_what_a_service_answers(hub: WholeHub) -> None:
    await sent(hub, "A01")
    await hub["N1"].press("Svar uten møte", of="FJ-116")
    await hub["N1"].press("2", of="Hvilket svar")
    await hub.settled()
    hub.running.turns.networks["house"].leaves_house = True
    page = await answers_of(hub, "KB-A1")
    assert page.splitlines()[1:3] == ["▪️ FJ-116, avdeling A", "Det er nytt. Les det inne på huset."]
    assert "Fortalt" not in page  # nobody has told what they could not read
    page = await answers_of(hub, "KB-A3")
    assert "Du har samtale torsdag 14. januar kl. 09.30, Servicetorget 1." in page
    assert not any(word in page for word in ("A07", "Lønn"))


async def test_news_of_many_stand_on_sheets_and_all_of_them_can_be_told_at_once(hub: WholeHub) -> None:
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE inmates SET officer = 'KB-A3'")
        await tx.run("UPDATE slips SET news = 1 WHERE code IN ('FJ-102', 'FJ-110', 'FJ-111', 'FJ-115')")
    page = await answers_of(hub, "KB-A3")
    assert page.startswith("🗣️ 9 svar å fortelle")
    codes = {row["code"] for row in await hub.rows("SELECT code FROM slips WHERE news = 1")}
    assert {code for code in codes if code in page} == codes
    await hub["KB-A3"].press("Fortalt")
    await hub["KB-A3"].shows("🗣️ 8 svar å fortelle")
