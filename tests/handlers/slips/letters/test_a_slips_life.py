"""A provider without a chat: a whole slip's life by letter, each with what is allowed in it and not a word more."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import founding
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo import files
from bot.demo.files import OPENS
from bot.domain.chat.messages import Button, Line, View
from bot.domain.subjects import named
from bot.usecases.turn import Address, Wanted
from tests.faults.post_office import PostOffice, post_office, text_of
from tests.handlers.slips.letters.mailboxes import CALL, NEW, TALK, VISITORS, asks, hub_with, smtp_of, with_mailbox
from tests.hub.whole_hub import WholeHub, new_hub, whole_hub
from tests.hubfile.test_changing_staff import change
from tests.patience import until
from tests.watches.hushed import sings

DONE = "FJ-116, avdeling A: Du trenger ikke gjøre noe mer.\n"
OFF = "Samtalen mandag 18. januar kl. 18.00 blir ikke noe av.\n"
CANARY = "CANARY"


async def withdraws(hub: WholeHub, code: str = "FJ-116") -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("Mine samtaler")
    await kiosk.press(code, of="📋 Mine samtaler")
    await kiosk.press("Trekk lappen tilbake")
    await kiosk.press("Ja, trekk tilbake")
    await kiosk.press("Ferdig", of="Lappen er trukket tilbake")
    await hub.settled()


async def books(hub: WholeHub, adviser: str, code: str, label: str) -> None:
    await hub[adviser].press("Sett tid", of=code)
    await hub[adviser].press(label, of=code)
    await hub[adviser].shows(code, "✅")
    await hub.settled()


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return OPENS.replace(month=month, day=day, hour=hour, minute=minute)


# A slip's life
async def test_a_slip_is_one_letter_and_a_withdrawn_one_another_in_the_same_thread(
    tmp_path: Path, office: PostOffice
) -> None:
    async with hub_with(office, tmp_path) as hub:
        assert office.letters == []
        assert await asks(hub) == "FJ-116"
        assert office.told() == [NEW]
        await withdraws(hub)
    assert office.told() == [NEW, DONE]
    first, second = office.letters
    assert second["References"] == first["Message-ID"]
    assert {(each["To"], each["Subject"]) for each in office.letters} == {(VISITORS, "Samtalelapp FJ-116")}


async def test_a_booked_talk_its_day_and_its_end_by_letter(tmp_path: Path, office: PostOffice) -> None:
    async with hub_with(office, tmp_path) as hub:
        await asks(hub)
        await books(hub, "V1", "FJ-116", "18. jan. kl. 18.00")
        assert office.told() == [NEW, TALK]
        await hub.to(at(15, 15))
        talk = f"18.00 · FJ-116 · avdeling A · Besøksrom 2\n{CALL}"
        assert office.told()[2:] == [f"📅 Påminnelse for mandag 18. januar: 1 samtale\n{talk}"]
        await hub.to(at(18, 7, 30))
        assert office.told()[3:] == [f"☀️ I dag, mandag 18. januar: 1 samtale\n{talk}"]
        assert [letter["Subject"] for letter in office.letters[2:]] == ["Samtalelapp"] * 2
        await hub.to(at(18, 18, 31))
        await hub["V1"].press("Holdt", of="FJ-116")
        await hub["V1"].shows("FJ-116", "Samtalen ble holdt")
        await hub.settled()
    assert len(office.letters) == 4


async def test_a_talk_that_is_off_is_told_to_who_would_have_come(tmp_path: Path, office: PostOffice) -> None:
    async with hub_with(office, tmp_path) as hub:
        await asks(hub)
        await books(hub, "V1", "FJ-116", "18. jan. kl. 18.00")
        await hub.to(at(15, 15))
        await withdraws(hub)
    # The day's list has gone out; it gets no second letter, because the talk has one.
    assert office.told()[:2] + office.told()[3:] == [NEW, TALK, DONE + OFF]


async def test_a_talk_that_did_not_happen_is_no_letter_and_a_new_wish_is(tmp_path: Path, office: PostOffice) -> None:
    async with hub_with(office, tmp_path) as hub:
        await asks(hub)
        await books(hub, "V1", "FJ-116", "18. jan. kl. 18.00")
        await hub.to(at(18, 18, 31))
        sent = len(office.letters)
        await hub["V1"].press("Ble ikke noe av", of="FJ-116")
        await hub["V1"].press("Syk", of="FJ-116")
        await hub["V1"].shows("FJ-116", "Samtalen ble ikke noe av")
        await hub.settled()
        assert len(office.letters) == sent
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("Mine samtaler")
        await kiosk.press("FJ-116", of="📋 Mine samtaler")
        await kiosk.press("Ja, en ny tid")
        await hub.settled()
    assert office.told()[sent:] == [NEW.replace("onsdag 27. januar", "mandag 1. februar")]


async def test_a_slip_that_is_sent_on_is_done_with_and_new_to_its_next_owner(
    tmp_path: Path, office: PostOffice
) -> None:
    await new_hub(tmp_path)
    change(tmp_path, with_mailbox("G1", "gjeld@example.org", "en"))
    async with hub_with(office, tmp_path) as hub:
        before = len(office.letters)
        await asks(hub)
        await hub["V1"].press("Hører til andre", of="FJ-116")
        await hub["V1"].press("Økonomi og gjeld", of="FJ-116")
        await hub["G1"].shows("FJ-116")
        await hub.settled()
    assert office.told(VISITORS) == [NEW, DONE]
    english = "📋 New slip FJ-116, unit A.\nAnswer by Wednesday 27 January.\nCall the hub: 00 00 01 16\n"
    assert office.told("gjeld@example.org")[before:] == [english]


async def test_a_slip_that_a_colleague_has_taken_is_done_with(tmp_path: Path, office: PostOffice) -> None:
    await new_hub(tmp_path)
    change(tmp_path, with_mailbox("N2", "n2@example.org"))
    change(tmp_path, with_mailbox("N3", "n3@example.org"))
    async with hub_with(office, tmp_path) as hub:
        before = {who: len(office.told(who)) for who in ("n2@example.org", "n3@example.org")}
        await asks(hub, "NAV")
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N2"].shows("FJ-116", "En kollega har tatt lappen.")
        await hub.settled()
        await hub["N1"].press("14. jan. kl. 11.00", of="FJ-116")
        await hub["N1"].shows("FJ-116", "✅")
        await hub.settled()
        new = NEW.replace("27", "20")
        for who, count in before.items():
            assert office.told(who)[count:] == [new, DONE]


async def test_a_promise_by_letter_at_its_half_and_when_it_breaks(tmp_path: Path, office: PostOffice) -> None:
    await new_hub(tmp_path)
    change(tmp_path, with_mailbox("SK1", "sos@example.org"))
    async with hub_with(office, tmp_path) as hub:
        others = len(office.told("sos@example.org"))
        await asks(hub)
        await hub.to(at(20, 9))
        half = "⏰ FJ-116, avdeling A, venter på svar.\nSvar senest onsdag 27. januar.\n"
        assert office.told(VISITORS) == [NEW, half + CALL]
        await hub.to(at(27, 15))
        broken = f"❗ Løftet for FJ-116, avdeling A, ble ikke holdt.\nSvar senest fredag 29. januar.\n{CALL}"
        assert office.told(VISITORS)[2:] == [broken]
        assert [each for each in office.told("sos@example.org")[others:] if "FJ-116" in each] == [broken]
        await hub.to(at(28, 9))
        assert office.told(VISITORS)[3:] == [(half + CALL).replace("onsdag 27", "fredag 29")]
        await books(hub, "V1", "FJ-116", "1. feb. kl. 18.00")
        assert office.told(VISITORS)[4:] == [TALK.replace("18. januar", "1. februar")]
        assert [each for each in office.told("sos@example.org")[others:] if "FJ-116" in each] == [broken, DONE]


async def test_a_restart_writes_no_letter_twice(tmp_path: Path, office: PostOffice) -> None:
    for _ in range(3):
        async with hub_with(office, tmp_path) as hub:
            if not office.letters:
                await asks(hub)
                await hub.to(at(20, 9))
    assert len(office.letters) == 2


# Trouble
async def test_what_is_settled_before_its_letter_left_is_no_letter_at_all(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with post_office() as office:
        pass
    clock = MovableClock(OPENS, lambda: OPENS)
    async with whole_hub(tmp_path, clock=clock, smtp=smtp_of(office)) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.send_slip("Besøksvenner", "Noe annet")
        await kiosk.press("Mine samtaler")
        await kiosk.press("FJ-116", of="📋 Mine samtaler")
        await kiosk.press("Trekk lappen tilbake")
        await until(lambda: "they wait" in caplog.text, "no try")
        await kiosk.press("Ja, trekk tilbake")
        await kiosk.shows("Lappen er trukket tilbake")
        # A letter that was being tried just then might be out, and its end is owed until that is weighed once more.
        clock.set(OPENS + timedelta(minutes=2))
        await hub.settled()
        async with post_office(office):
            await asyncio.sleep(0.3)
            await hub.settled()
            assert office.letters == []
            assert await hub.rows("SELECT * FROM messages WHERE network = 'email'") == []


async def test_a_new_address_gets_what_is_open_and_the_old_one_nothing_more(tmp_path: Path, office: PostOffice) -> None:
    async with hub_with(office, tmp_path) as hub:
        await asks(hub)
    change(tmp_path, lambda text: text.replace(VISITORS, "new@example.org"))
    async with hub_with(office, tmp_path) as hub:
        await withdraws(hub)
    assert [(letter["To"], text_of(letter)) for letter in office.letters] == [
        (VISITORS, NEW),
        ("new@example.org", NEW),
        ("new@example.org", DONE),
    ]


async def test_an_address_that_is_taken_away_takes_nothing_back_and_gets_nothing_more(
    tmp_path: Path, office: PostOffice
) -> None:
    async with hub_with(office, tmp_path) as hub:
        await asks(hub)
    change(tmp_path, lambda text: text.replace(f", email: {VISITORS}", ""))
    async with hub_with(office, tmp_path) as hub:
        await withdraws(hub)
        assert await hub.rows("SELECT * FROM accounts WHERE network = 'email'") == []
        assert await hub.rows("SELECT * FROM messages WHERE network = 'email'") == []
        assert await hub.rows("SELECT id FROM people WHERE email IS NOT NULL") == []
    assert office.told() == [NEW]


# What never leaves
async def test_what_nobody_wrote_as_a_letter_is_none(tmp_path: Path, office: PostOffice) -> None:
    view = View((Line("B01 Lyng kommer ikke."),), ((Button("OK", "home"),),), about=named("B01"))
    async with hub_with(office, tmp_path) as hub:
        async with hub.running.turns.begin() as turn:
            turn.edge.wanted.append(Wanted(Address(person="V1"), "notice:1", lambda _: view))
        await hub["V1"].shows("B01 Lyng kommer ikke.")
        await hub.settled()
        assert await hub.rows("SELECT * FROM messages WHERE network = 'email'") == []
    assert office.letters == []


async def test_no_name_no_number_no_topic_and_no_pin_reaches_the_server_on_a_whole_journey(
    tmp_path: Path, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    people = tmp_path / "people.yaml"
    text = files.PEOPLE.read_text("utf-8").replace("alias: Furu", f"alias: {CANARY}1")
    people.write_text(text.replace('pin: "2101"', 'pin: "7391"'), "utf-8")
    hub_file = tmp_path / "hub.yaml"
    said = (
        files.HUB.read_text("utf-8").replace("nb: Noe annet", f"nb: {CANARY}2").replace("en: Something else", "en: X")
    )
    hub_file.write_text(
        said.replace("nb: Besøksvenner", f"nb: {CANARY}3").replace("nb: Frivillig V1", f"nb: {CANARY}4")
    )
    data = tmp_path / "data"
    await founding.create(Settings(data=data, demo=True), hub_file, people)
    change(data, with_mailbox("G1", "gjeld@example.org"))
    change(data, with_mailbox("SK1", "sos@example.org"))
    async with hub_with(office, data) as hub:
        kiosk, v1 = hub["K-A"], hub["V1"]
        for _ in range(2):
            await kiosk.sign_in("A01", "7391")
            await kiosk.send_slip(f"{CANARY}3", f"{CANARY}2")
            await kiosk.press("Ferdig")
            await hub.settled()
        await v1.shows("FJ-116", f"{CANARY}1")
        await books(hub, "V1", "FJ-116", "18. jan. kl. 18.00")
        await hub.to(at(18, 18, 31))
        await v1.press("Ble ikke noe av", of="FJ-116")
        await v1.press("Syk", of="FJ-116")
        await hub.settled()
        await v1.press("Hører til andre", of="FJ-117")
        await v1.press("Økonomi og gjeld", of="FJ-117")
        await hub.settled()
        await hub.to(at(27, 15))
    told = "\n".join(text_of(letter) for letter in office.letters)
    assert [each for each in ("FJ-116", "FJ-117", "Besøksrom 2", "ble ikke holdt") if each not in told] == []
    whole = told + "".join(str(letter) for letter in office.letters) + office.raw.decode()
    assert [never for never in (CANARY, "7391", "A01", "Syk") if never in whole] == []
    assert not sings(caplog.text)
