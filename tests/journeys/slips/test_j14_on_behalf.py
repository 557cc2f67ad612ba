"""J14: an officer writes for somebody who does not come to a screen, with consent, in five taps."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.refusals import SlipThereAlready
from bot.usecases.slips import drafts
from tests.hub.real_turns import real_turns
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, new_hub, whole_hub
from tests.weeks.carers import with_a_silent_service

SLIPS = "SELECT code, inmate, topic, state, source, written_by FROM slips WHERE code > 'FJ-115' ORDER BY code"
BEHALF = "Skriv for noen"


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message["buttons"] for button in row]


async def start(hub: WholeHub, who: str = "KB-A1") -> Device:
    """Open the start page; a button can be pressed when the hub knows that it is there."""
    await hub[who].say("/start")
    await hub[who].shows("Hva vil du gjøre?")
    await hub.settled()
    return hub[who]


async def as_far_as_services(device: Device, inmate: str = "A10 Alm") -> None:
    await device.press(BEHALF)
    await device.press(inmate, of="Hvem skriver du for?")
    await device.press("Ja, det er greit")
    await device.shows("vil", "snakke med?")


async def write_for(device: Device, inmate: str, service: str, topic: str = "Send") -> None:
    await as_far_as_services(device, inmate)
    await device.press(service, of="snakke med?")
    await device.press(topic, of="kan lese lappen")


async def the_slip_of_this_morning_is_sent_on(hub: WholeHub) -> None:
    """A10 asked the social adviser this morning; until that slip is somewhere else, a second one is not needed."""
    await hub["SK1"].press("Hører til andre", of="FJ-115")
    await hub["SK1"].press("Bolig", of="FJ-115")
    await hub["SK1"].shows("FJ-115", "Sendt videre")


async def new_slips(hub: WholeHub) -> list[dict[str, Any]]:
    await hub.settled()
    return await hub.rows(SLIPS)


async def test_j14_from_the_start_page_to_sent_in_five_taps_with_the_consent_on_record(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await the_slip_of_this_morning_is_sent_on(hub)
        officer = await start(hub)
        taps = 0

        async def tap(label: str, *seen: str) -> Message:
            nonlocal taps
            taps += 1
            await officer.press(label)
            return await officer.shows(*seen)

        people = await tap("Skriv for noen", "Hvem skriver du for?")
        assert [each for each in labels(people) if each[0] == "A"] == [
            "A01 Furu",
            "A02 Gran",
            "A03 Bjørk",
            "A10 Alm",
            "A13 Einer",
            "A16 Pil",
        ]
        consent = await tap("A10 Alm", "språk: somali")
        assert "Kontaktbetjent KB-A1 skriver for deg. Er det greit? Du kan si nei." in consent["text"]
        await tap("Ja, det er greit", "Hvem vil A10 snakke med?")
        await tap("Jeg vet ikke", "Sosialkonsulenten i fengselet kan lese lappen.")
        receipt = await tap("Send", "Lappen er sendt for A10")
        assert taps == 5
        assert receipt["text"] == (
            "✅ Lappen er sendt for A10. Nummeret er FJ-116.\n"
            "Svar senest fredag 15. januar.\n"
            "Sosialkonsulenten i fengselet kan lese lappen.\n"
            "Den kan trekkes tilbake ved skjermen."
        )
        assert await new_slips(hub) == [
            {
                "code": "FJ-116",
                "inmate": "A10",
                "topic": None,
                "state": "waiting",
                "source": "officer",
                "written_by": "KB-A1",
            }
        ]
        assert await hub.audit("FJ-116") == [
            ("KB-A1", "send", "FJ-116", "officer"),
            ("KB-A1", "consent", "FJ-116", "oral"),
        ]
        card = await hub["SK1"].shows("FJ-116", "A10 Alm, språk: somali", "Det trengs tolk.")
        assert "Skrevet av kontaktbetjenten. Den innsatte sa ja." in card["text"]


async def test_j14_the_inmate_sees_who_wrote_it_and_withdraws(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await the_slip_of_this_morning_is_sent_on(hub)
        await start(hub, "KB-A1")
        await write_for(hub["KB-A1"], "A10 Alm", "Jeg vet ikke")
        await hub["KB-A1"].shows("Lappen er sendt for A10")
        kiosk = hub["K-A"]
        await kiosk.sign_in("A10", "2110")
        await kiosk.press("Mine samtaler")
        await kiosk.press("FJ-116")
        await kiosk.shows("Kontaktbetjent KB-A1 skrev denne lappen for deg.")
        await kiosk.press("Trekk lappen tilbake")
        await kiosk.press("Ja, trekk tilbake")
        await hub["SK1"].shows("FJ-116", "Trukket tilbake")
        assert [slip["state"] for slip in await new_slips(hub)] == ["withdrawn"]


async def test_j14_a_topic_sends_and_the_officer_reads_only_code_and_state_afterwards(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await write_for(officer, "A03", "NAV", "Klage på vedtak")
        await officer.press("Sendt av meg", of="Lappen er sendt for A03")
        await officer.shows("📤 Sendt av meg\nFJ-116: Venter på svar innen onsdag 20. januar.")
        await hub["N1"].shows("FJ-116", "Tema: Klage på vedtak")
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("kl. 09.00", of="FJ-116")
        await hub["N1"].shows("FJ-116", "✅ Samtale")
        await officer.say("/sendt")
        await officer.shows("FJ-116: Har fått tid.")
        await hub.settled()
        said = await officer.everything()
        assert "Klage" not in said
        assert "kl. 09.00" not in said


async def test_j14_no_ends_it_kindly_and_nothing_is_kept(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await hub.settled()
        await officer.press(BEHALF)
        await officer.press("A10 Alm")
        await officer.shows("Er det greit?")
        before = await hub.rows("SELECT COUNT(*) AS n FROM audit")
        message = await officer.press("Nei")
        await officer.shows("Det er helt greit. Ingenting er skrevet ned.")
        await officer.press_raw(message["id"], data_of(message, "Nei")[0])
        await officer.alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        await hub.settled()
        assert await new_slips(hub) == []
        assert await hub.rows("SELECT task, draft FROM desks WHERE person = 'KB-A1'") == [{"task": None, "draft": None}]
        assert (await hub.rows("SELECT COUNT(*) AS n FROM audit"))[0]["n"] == before[0]["n"] + 1, "only the refusal"
        await officer.press("Startside")
        await officer.shows("Hva vil du gjøre?")


async def test_j14_send_pressed_twice_sends_once_and_the_receipt_stays(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await as_far_as_services(officer)
        await officer.press("NAV")
        page = await officer.shows("NAV", "kan lese lappen", "Send uten tema")
        for _ in range(3):
            await officer.press_raw(page["id"], data_of(page, "Send uten tema")[0])
        await officer.shows("Lappen er sendt for A10. Nummeret er FJ-116.")
        assert [slip["code"] for slip in await new_slips(hub)] == ["FJ-116"]
        await officer.shows("Lappen er sendt for A10. Nummeret er FJ-116.")


async def test_j14_a_service_with_an_open_slip_is_not_offered_and_an_old_button_tells_its_code(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await as_far_as_services(officer, "A01 Furu")
        before = await officer.shows("Hvem vil A01 snakke med?")
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].send_slip("NAV")
        await officer.press_raw(before["id"], data_of(before, "NAV")[0])
        assert (await officer.alerted()).endswith("Det er lapp FJ-116.")
        shown = await officer.shows("Hvem vil A01 snakke med?", "har åpen lapp hos tjenester som ikke vises her")
        assert data_of(shown, "NAV") == []
        assert [slip["code"] for slip in await new_slips(hub)] == ["FJ-116"]


@asynccontextmanager
async def with_debts_in_silence(folder: Path) -> AsyncIterator[WholeHub]:
    """Run the demo's prison, where others learn of a slip to the debt adviser only that there is a talk."""
    await new_hub(folder)
    file = folder / "hub.yaml"
    file.write_text(with_a_silent_service(file.read_text("utf-8")), "utf-8")
    async with whole_hub(folder) as hub:
        yield hub


async def services_for(hub: WholeHub, inmate: str) -> tuple[str, list[str]]:
    """Return what an officer sees who writes for somebody: what is said, and which services are there to choose."""
    officer = await start(hub)
    await as_far_as_services(officer, inmate)
    await hub.settled()
    page = await officer.shows(f"Hvem vil {inmate[:3]} snakke med?")
    return page["text"], labels(page)


SILENT_ALREADY = "Det finnes en åpen lapp til denne tjenesten. Ingenting er endret."


async def sends_in_silence(hub: WholeHub, number: str) -> None:
    await hub["K-A"].sign_in(number, f"21{number[1:]}")
    await hub["K-A"].send_slip("Økonomi og gjeld")
    await hub["K-A"].press("Ferdig")
    await hub.settled()


@pytest.mark.parametrize("inmate", ["A13 Einer", "A10 Alm"], ids=["no other slip is open", "another slip is open"])
async def test_j14_a_slip_to_a_silent_service_changes_nothing_that_an_officer_sees(tmp_path: Path, inmate: str) -> None:
    async with with_debts_in_silence(tmp_path) as hub:
        before = await services_for(hub, inmate)
        assert "💰 Økonomi og gjeld" in before[1]
        await sends_in_silence(hub, inmate[:3])
        assert await services_for(hub, inmate) == before


async def test_j14_a_second_slip_to_a_silent_service_is_refused_without_the_code_of_the_first(tmp_path: Path) -> None:
    async with with_debts_in_silence(tmp_path) as hub:
        await sends_in_silence(hub, "A13")
        officer = await start(hub)
        await as_far_as_services(officer, "A13 Einer")
        await officer.press("Økonomi og gjeld")
        assert await officer.alerted() == SILENT_ALREADY
        await hub.settled()
        assert "FJ-116" not in await officer.everything()
        refused = await hub.rows("SELECT actor, about, outcome FROM audit WHERE action = 'refused'")
        assert refused == [{"actor": "KB-A1", "about": "behalf_say", "outcome": "SlipThereAlready"}]


async def test_of_a_silent_service_only_the_one_whose_slip_it_is_is_told_the_code(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        known = hub.turns.hub
        silent = {key: replace(each, silent=True) for key, each in known.services.items()}
        hub.turns.hub = replace(known, services=silent)
        slip = await hub.send("B01", "gjeld")
        async with hub.as_inmate("B01") as turn:
            with pytest.raises(SlipThereAlready) as own:
                await drafts.at_once(turn, "gjeld")
        async with hub.as_adviser("SK1") as turn:
            with pytest.raises(SlipThereAlready) as others:
                await drafts.may_write(turn, "B01", "gjeld")
    assert (own.value.args, others.value.args) == ((slip.code,), ())


async def test_j14_one_that_comes_from_the_screen_meanwhile_is_enough(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await as_far_as_services(officer)
        await officer.press("NAV")
        await officer.shows("Send uten tema")
        await hub["K-A"].sign_in("A10", "2110")
        assert await hub["K-A"].send_slip("NAV") == "FJ-116"
        await officer.press("Send uten tema")
        assert (await officer.alerted()).endswith("Det er lapp FJ-116.")
        assert [slip["source"] for slip in await new_slips(hub)] == ["screen"]


@pytest.mark.parametrize("number", ["A04", "B01", "Z99"])
async def test_j14_an_officer_does_not_know_inmates_of_others(tmp_path: Path, number: str) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await officer.press(BEHALF)
        page = await officer.shows("Hvem skriver du for?")
        await hub.settled()
        await officer.press_raw(page["id"], f"behalf_for:{number}")
        await officer.alerted("En annen følger opp denne personen. Ingenting er endret.")
        assert await new_slips(hub) == []


async def test_j14_an_inmate_who_gets_another_officer_in_between_is_out_of_reach(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await as_far_as_services(officer)
        await officer.press("NAV")
        await officer.shows("Send uten tema")
        async with hub.running.database.transaction() as tx:
            await tx.run("UPDATE inmates SET officer = 'KB-A2' WHERE id = 'A10'")
        await officer.press("Send uten tema")
        await officer.alerted("En annen følger opp denne personen. Ingenting er endret.")
        assert await new_slips(hub) == []


async def test_j14_without_the_yes_nothing_can_be_sent(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = await start(hub)
        await officer.press(BEHALF)
        await officer.press("A10 Alm")
        page = await officer.shows("Er det greit?")
        step = data_of(page, "Ja, det er greit")[0].split(":")[1]
        for forged in (f"behalf_say:{step}:nav", f"behalf_done:{step}:-"):
            await officer.press_raw(page["id"], forged)
            await officer.alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        await hub.settled()
        assert await new_slips(hub) == []
        await officer.shows("Er det greit?")


async def test_j14_the_social_adviser_writes_for_everybody_page_by_page(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adviser = await start(hub, "SK1")
        await adviser.press(BEHALF)
        await adviser.press("Flere", of="A01 Furu")
        await adviser.press("Flere", of="B01 Lyng")
        await adviser.press("C05 Rype", of="Hvem skriver du for?")
        await adviser.press("Ja, det er greit")
        await adviser.press("Bolig")
        await adviser.press("Et sted å bo", of="kan lese lappen")
        await adviser.shows("Lappen er sendt for C05")
        card = await hub["H1"].shows("FJ-116", "C05 Rype")
        assert "Skrevet av sosialkonsulenten. Den innsatte sa ja." in card["text"]


async def test_j14_on_a_network_that_leaves_the_house_nobody_is_named(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        hub.running.turns.networks["house"].leaves_house = True
        officer = await start(hub)
        for door in (BEHALF, "Hjelp med kode", "Papirlapper"):
            await officer.press(door)
            page = await officer.shows("Dette gjøres ved en skjerm i huset.")
            assert labels(page) == ["⬅️ Startside"]
            await officer.press("Startside")
            await officer.shows("Hva vil du gjøre?")
