"""What an officer does for an inmate stays in the house, whatever is pressed or typed on a network that leaves it."""

from pathlib import Path

from tests.hub.whole_hub import Device, WholeHub, whole_hub
from tests.journeys.slips.test_j01_happy_path import personal

OUTSIDE = "Dette gjøres ved en skjerm i huset."


async def step_of(hub: WholeHub, person: str) -> int:
    await hub.settled()
    return int((await hub.rows("SELECT step FROM desks WHERE person = :person", person=person))[0]["step"])


async def forge(hub: WholeHub, device: Device, person: str, *presses: str) -> None:
    """Press what no button there says, as somebody with a chat program of their own could."""
    for press in presses:
        page = (await device.messages())[-1]
        await device.press_raw(page["id"], press.format(step=await step_of(hub, person)))
        await hub.settled()


async def test_no_page_about_an_inmate_leaves_the_house_even_if_its_buttons_are_forged(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        hub.running.turns.networks["house"].leaves_house = True
        officer = hub["KB-A1"]
        await officer.say("/start")
        await hub.settled()
        await officer.press("Skriv for noen")
        await officer.shows(OUTSIDE)
        async with hub.running.database.transaction() as tx:
            await tx.run("INSERT INTO desks (person, step) VALUES ('KB-A1', 0) ON CONFLICT DO NOTHING")
        await forge(hub, officer, "KB-A1", "behalf_for:A03", "behalf_say:{step}:yes", "behalf_say:{step}:nav")
        await forge(
            hub, officer, "KB-A1", "behalf_done:{step}:klage", "sent", "doors", "pin_for:A03", "pin_seen:{step}"
        )
        await forge(hub, officer, "KB-A1", "doors", "paper", "paper_say:{step}:none", "paper_say:{step}:now")
        await forge(hub, officer, "KB-A1", "paper_say:{step}:A01", "paper_say:{step}:nav", "paper_done:{step}:klage")
        for _ in range(3):
            await hub["K-A"].sign_in("A17", "9999")
            await hub["K-A"].press("Tilbake")
        await officer.shows("Skjermen K-A: en kode tar en pause")
        await hub.settled()
        slips = await hub.rows("SELECT code, inmate FROM slips WHERE written_by = 'KB-A1' ORDER BY code")
        assert slips == [{"code": "FJ-116", "inmate": "A03"}, {"code": "FJ-117", "inmate": "A01"}]
        said = "\n".join(str(message) for message in await officer.messages()).replace("Kontaktbetjent KB-A1", "")
        assert personal().findall(said) == []
        assert "Kode til" not in said
        card = await hub["N1"].shows("FJ-116")
        assert "kontaktbetjent" not in card["text"].lower()
        paper = await hub["N1"].shows("FJ-117")
        assert "papirlapp" not in paper["text"].lower()
