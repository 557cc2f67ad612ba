"""Papers with a secret on them: handed over in the house, gone in time, and nowhere left behind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import segno
from telegram import Update

from bot.delivery.limits import Limits
from bot.documents import paper, recipes
from bot.domain.people import Inmate
from bot.gateway import journal
from bot.store import database
from bot.store.database import Database
from handlers import tables
from handlers.chat.handed_over import hand_paper_over
from handlers.inmates.pin_letters import pin_letter
from tests.documents.pages import pages, words
from tests.documents.test_invitations import SAID, code_alone, modules
from tests.hub import loopback
from tests.hub.whole_hub import Device, DoesNotShow, WholeHub, whole_hub
from tests.journeys.slips.test_j01_happy_path import ADVISER_OUTSIDE, Outside, opened_outside
from tests.patience import Looks

PAPER = "Koden på papir"
MINUTE = 60
HASSEL = Inmate("A14", "A", "Hassel", "en")


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        await running.settled()
        yield running


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    async with opened_outside(tmp_path / "outside.db") as found:
        yield found


async def handed_over(hub: WholeHub, title: str = "N1") -> tuple[str, bytes]:
    """Ask for a code; return it with the paper that comes along."""
    await hub[title].say("/kode")
    code = (await hub[title].shows("/start "))["text"].partition("/start ")[2].split()[0]
    message = await hub[title].shows(PAPER)
    await hub.settled()
    file = await hub.http.get(f"/client/documents/{message['documents'][0]['file_id']}")
    return code, file.raise_for_status().content


async def papers_of(device: Device) -> list[str]:
    return [each["file_name"] for message in await device.messages() for each in message["documents"]]


def pieces(content: bytes) -> list[bytes]:
    """Samples from all over a file, without runs of zeros: what a search of a disk would look for."""
    samples = [content[start : start + 24] for start in range(200, len(content) - 24, 600)]
    return [sample for sample in samples if len(set(sample)) > 12]


def found_in(folder: Path, name: str, content: bytes) -> int:
    raw = b"".join(path.read_bytes() for path in folder.glob(f"{name}*"))
    return sum(piece in raw for piece in pieces(content))


async def until_gone_from(folder: Path, name: str, content: bytes) -> None:
    """Wait until the write-ahead log has been emptied as well."""
    async for _ in Looks(step=0.1):
        if not found_in(folder, name, content):
            return
    raise DoesNotShow(f"{found_in(folder, name, content)} pieces of the paper are still in {name}")


async def test_a_code_comes_on_paper_as_well(hub: WholeHub) -> None:
    code, paper = await handed_over(hub)
    assert await papers_of(hub["N1"]) == ["Invitasjon.pdf"]
    said = words(paper)
    assert (pages(paper), said[0], said[1]) == (1, "Fjordheim fengsel", "Invitasjon til servicetorget")
    assert f"/start {code}" in said
    assert "Den virker én gang, til onsdag 13. januar kl. 10.15." in said


async def test_where_there_is_no_telegram_the_square_says_the_line_to_write(hub: WholeHub) -> None:
    code, paper = await handed_over(hub)
    wanted = [list(row) for row in segno.make(f"/start {code}", error="m", micro=False).matrix]
    assert modules(code_alone(paper), len(wanted)) == wanted


async def test_a_paper_with_a_code_disappears_after_ten_minutes_and_never_was_in_a_file(
    hub: WholeHub, tmp_path: Path
) -> None:
    _, paper = await handed_over(hub)
    assert len(pieces(paper)) > 20
    await hub.advance(9 * MINUTE)
    assert await papers_of(hub["N1"]) == ["Invitasjon.pdf"]
    assert [found_in(tmp_path, name, paper) for name in ("samtalelapp.db", "house.db")] == [0, 0]
    await hub.advance(MINUTE)
    assert await papers_of(hub["N1"]) == []
    assert [found_in(tmp_path, name, paper) for name in ("samtalelapp.db", "house.db")] == [0, 0]
    assert await hub.rows("SELECT id FROM messages WHERE recipe IS NOT NULL OR key LIKE 'paper:%'") == []


@pytest.fixture
def soon_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (journal, database):
        monkeypatch.setattr(module, "TIDY_SECONDS", 0.2)


@pytest.mark.usefixtures("soon_tidied")
async def test_a_list_disappears_after_ten_minutes_and_leaves_no_bytes(hub: WholeHub, tmp_path: Path) -> None:
    coordinator, night = hub["TK1"], (await hub.rows("SELECT id FROM theme_nights ORDER BY id LIMIT 1"))[0]["id"]
    await coordinator.say("/start")
    page = await coordinator.shows("Hva vil du gjøre?")
    await hub.settled()
    await coordinator.press_raw(page["id"], f"attendance:{night}")
    message = await coordinator.until(lambda each: bool(each["documents"]), "a list")
    await hub.settled()
    paper = (await hub.http.get(f"/client/documents/{message['documents'][0]['file_id']}")).content
    assert found_in(tmp_path, "house.db", paper) > len(pieces(paper)) / 2
    await until_gone_from(tmp_path, "samtalelapp.db", paper)
    await hub.advance(10 * MINUTE)
    assert await papers_of(coordinator) == []
    await until_gone_from(tmp_path, "house.db", paper)


async def test_a_printed_paper_is_taken_away_at_once(hub: WholeHub) -> None:
    await handed_over(hub)
    await hub["N1"].press("Ferdig, ta bort")
    await hub.settled()
    assert await papers_of(hub["N1"]) == []
    assert await hub.rows("SELECT about FROM reminders WHERE kind = 'paper'") == []


async def test_each_paper_goes_by_itself(hub: WholeHub) -> None:
    await handed_over(hub)
    await hub.advance(5 * MINUTE)
    await hub["N1"].say("/kode")
    await hub.settled()
    assert await papers_of(hub["N1"]) == ["Invitasjon.pdf"] * 2
    await hub.advance(5 * MINUTE)
    assert await papers_of(hub["N1"]) == ["Invitasjon.pdf"]
    await hub.advance(5 * MINUTE)
    assert await papers_of(hub["N1"]) == []


async def test_a_paper_with_a_code_is_taken_away_by_a_restart(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await handed_over(hub)
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        assert await papers_of(hub["N1"]) == []
        assert await hub.rows("SELECT id FROM messages WHERE key LIKE 'paper:%'") == []


async def test_a_crash_while_a_paper_is_sent_leaves_no_second_one(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await handed_over(hub)
    async with await Database.open(tmp_path / "samtalelapp.db") as database, database.transaction() as tx:
        await tx.run(
            "UPDATE messages SET text = 'Et papir', passing = 0, recipe = :recipe, shown_document = NULL,"
            " message_id = NULL, shown = 0, sending = 1 WHERE key LIKE 'paper:%'",
            recipe=recipes.written(SAID),
        )
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        assert await papers_of(hub["N1"]) == ["Invitasjon.pdf"]
        await hub.advance(11 * MINUTE)  # the hub's clock goes on from its last tick
        assert await papers_of(hub["N1"]) == []


async def test_only_a_paper_can_be_put_away(hub: WholeHub) -> None:
    await handed_over(hub)
    card = await hub["N1"].shows("FJ-103")
    before = await hub.domain()
    await hub["N1"].press_raw(card["id"], "paper:done")
    await hub["N1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub.settled()
    assert card in await hub["N1"].messages()
    assert (await papers_of(hub["N1"]), await hub.domain()) == (["Invitasjon.pdf"], before)


async def test_a_paper_stays_in_the_house(tmp_path: Path, outside: Outside) -> None:
    token, url = outside.house.token, outside.address
    async with (
        whole_hub(tmp_path / "hub", telegram_token=token, telegram_api_url=url) as hub,
        loopback.client(url) as http,
    ):
        phone = Device(http, ADVISER_OUTSIDE)
        hub.running.turns.networks["telegram"].limits = Limits()  # the real one's pace would take seconds here
        await hub.until(lambda: bool(hub.running.turns.networks["telegram"].username), "answers from Telegram")
        code, paper = await handed_over(hub)
        link = f"https://t.me/samtalelapp_bot?start={code}"
        wanted = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
        assert modules(code_alone(paper), len(wanted)) == wanted
        await phone.say(f"/start {code}")
        await phone.shows("Velkommen!")
        await phone.say("/kode")
        await phone.shows("Den virker én gang")
        await hub.settled()
        assert await papers_of(phone) == []
        assert not any(request.startswith("sendDocument") for request in outside.requests)


async def test_whoever_asks_for_a_paper_from_outside_is_told_where_it_is(hub: WholeHub) -> None:
    hub.running.turns.networks["house"].leaves_house = True
    async with hub.running.turns.begin("house", hub["N1"].chat) as turn:
        context = tables.context_of(hub.running.dispatch.application, turn)
        await hand_paper_over(context, Update(7), pin_letter(context, HASSEL, "493021", turn.now, has_pin=False))
    await hub["N1"].shows("Papiret gis bare ut på husets eget nett.")
    assert await papers_of(hub["N1"]) == []
    assert await hub.rows("SELECT about FROM reminders WHERE kind = 'paper'") == []


async def test_a_pin_letter_speaks_the_inmates_language_and_bokmaal(hub: WholeHub) -> None:
    async with hub.running.turns.begin("house", hub["N1"].chat) as turn:
        context = tables.context_of(hub.running.dispatch.application, turn)
        letter = pin_letter(context, HASSEL, "493021", turn.now, has_pin=False)
    drawn = recipes.draw(letter.recipe)
    said = words(drawn)
    assert (letter.name, pages(drawn)) == ("PIN-brev A14", 1)
    assert {"A14", "493021", "Your code for the screen", "Koden din til skjermen"} <= set(said)
    assert said.index("2. Press the two digits of your number: 14.") < said.index("Koden din til skjermen")
    assert "Engangskoden virker én gang, til onsdag 13. januar kl. 10.00." in said
    assert "Hassel" not in "\n".join(said)
    assert "Koden du har, virker fortsatt." not in "\n".join(said)


async def test_a_pin_letter_for_who_has_a_pin_says_that_it_still_works_on_its_one_page(hub: WholeHub) -> None:
    async with hub.running.turns.begin("house", hub["N1"].chat) as turn:
        context = tables.context_of(hub.running.dispatch.application, turn)
        letter = pin_letter(context, HASSEL, "493021", turn.now, has_pin=True)
    drawn = recipes.draw(letter.recipe)
    assert pages(drawn) == 1
    said = " ".join(words(drawn))
    assert "The code that you have still works. Use it, and this letter ends." in said
    assert "Koden du har, virker fortsatt. Bruker du den, gjelder ikke brevet lenger." in said


async def test_whoever_asked_for_a_paper_that_cannot_be_drawn_is_told_so_in_its_place_and_may_try_again(
    hub: WholeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(paper, "FONTS", tmp_path / "none")
        await hub["N1"].say("/kode")
        told = await hub["N1"].shows("Arket kunne ikke lages.", "Start")
    await hub.settled()
    assert "si fra til administratoren" in told["text"]
    assert [PAPER in each["text"] for each in await hub["N1"].messages()].count(True) == 0
    await hub["N1"].say("/kode")
    assert (await hub["N1"].shows(PAPER))["documents"]
    assert await hub.rows("SELECT id FROM messages WHERE fault IS NOT NULL") == []
