"""A chat of the staff holds what is alive, and every press has an answer that can be seen."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.sending.carrying import PLACEHOLDER
from bot.demo.files import OPENS
from bot.domain.chat.messages import Line, Reader, View
from bot.store import clearing, people, showing
from bot.store.typed_lines import STANDS
from tests.delivery.sender.post import CARD, Post
from tests.hub.real_turns import StillClock
from tests.hub.whole_hub import Device, WholeHub, whole_hub, words_of

Begin = Callable[[WholeHub], Awaitable[None]]
DAY = timedelta(days=1)
STAFF = ("TK1", "VL", "KB-A2", "N1", "SK1")
AS_MUCH_AS = 9
"""So many messages are alive in a chat of the demo's staff beside those about slips, however long it has been used."""


async def a_day(hub: WholeHub) -> None:
    """Do what people do every day: look at the day, go back, look again, ask what there is to do."""
    for name in STAFF:
        for command in ("/start", "/idag", "/hjelp", "/idag", "/start"):
            await hub[name].say(command)
            await hub.settled()
    for command in ("/lapper", "/lapper"):
        await hub["N1"].say(command)
        await hub.settled()


@pytest.mark.long
async def test_after_a_month_a_chat_holds_no_more_than_after_some_days(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        counts: dict[str, list[int]] = {name: [] for name in STAFF}
        for day in range(31):
            await hub.to(OPENS + day * DAY)
            if day % 3 == 0:
                await a_day(hub)
            await hub.to(OPENS.replace(hour=5) + (day + 1) * DAY)
            for name in STAFF:
                counts[name].append(len(await hub[name].titles()))
        texts = [await hub[name].everything() for name in STAFF]
        slips = (await hub.rows("SELECT COUNT(*) AS n FROM slips"))[0]["n"]
    # A slip has a card, and perhaps a reminder of its promise.
    assert {name: max(each) for name, each in counts.items() if max(each) > AS_MUCH_AS + 2 * slips} == {}
    assert {name: max(counts[name]) for name in ("TK1", "VL", "KB-A2") if max(counts[name]) > AS_MUCH_AS} == {}
    assert [text for text in texts if "lenger ned" in text or PLACEHOLDER in text.splitlines()] == []


async def typed(device: Device) -> list[str]:
    return [each["text"] for each in await device.messages() if each["sender"] == "user"]


async def test_what_the_staff_type_leaves_their_chats_once_it_has_been_read(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for name in (*STAFF, "ADM", "REV"):
            for line in ("/start", "/hjelp", "/idag", "/svar", "/kode", "hei", "/start feil", "FJ-103", "x" * 4096):
                await hub[name].say(line)
            await hub.settled()
            assert (name, await typed(hub[name])) == (name, [])


TOO_LONG = "y" * 200


async def says(hub: WholeHub, *lines: str) -> None:
    for line in lines:
        await hub["TK1"].say(line)
        await hub.settled()


async def at_a_notice(hub: WholeHub) -> None:
    await says(hub, "/start")
    await hub["TK1"].press("Oppslag", of="Hva vil du gjøre?")
    for label in ("Nytt oppslag", "Fjordheim", "Vanlig"):
        await hub["TK1"].press(label)
        await hub.settled()


async def at_a_night(hub: WholeHub) -> None:
    await says(hub, "/start")
    await hub["TK1"].press("Temakvelder", of="Hva vil du gjøre?")
    for label in ("Ny temakveld", "Fjordheim"):
        await hub["TK1"].press(label)
        await hub.settled()


WAYS_TO_A_TEXT = pytest.mark.parametrize("begin", [at_a_notice, at_a_night])


@WAYS_TO_A_TEXT
async def test_a_text_that_is_too_long_stays_until_it_is_shortened_and_what_was_taken_does_not(
    tmp_path: Path, begin: Begin
) -> None:
    async with whole_hub(tmp_path) as hub:
        await begin(hub)
        await says(hub, "Biblioteket er stengt", TOO_LONG)
        assert await typed(hub["TK1"]) == [TOO_LONG]
        await says(hub, "z" * 201)
        assert await typed(hub["TK1"]) == ["z" * 201], "the one that is to be shortened now stands there alone"
        await says(hub, "The library is closed")
        assert await typed(hub["TK1"]) == []


async def goes_home(hub: WholeHub) -> None:
    await hub["TK1"].press("Startside", of="på dette språket")


async def begins_another_task(hub: WholeHub) -> None:
    await at_a_night(hub)


async def takes_the_last_answer_back(hub: WholeHub) -> None:
    await hub["TK1"].press("Tilbake", of="på dette språket")


async def lets_two_nights_pass(hub: WholeHub) -> None:
    await hub.to(OPENS.replace(hour=5) + 2 * DAY)


GIVEN_UP = [goes_home, begins_another_task, takes_the_last_answer_back, lets_two_nights_pass]


@pytest.mark.parametrize("give_up", GIVEN_UP)
async def test_a_text_that_is_too_long_goes_when_nobody_shortens_it(tmp_path: Path, give_up: Begin) -> None:
    async with whole_hub(tmp_path) as hub:
        await at_a_notice(hub)
        await says(hub, TOO_LONG)
        assert await typed(hub["TK1"]) == [TOO_LONG]
        await give_up(hub)
        await hub.settled()
        assert await typed(hub["TK1"]) == []


async def test_a_text_that_is_too_long_goes_with_the_pages_of_an_old_scope(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["N3"].say("/start")
        await hub.settled()
        await hub["N3"].press("Foreslå temakveld", of="Hva vil du gjøre?")
        await hub["N3"].press("Foreslå temakveld", of="Ingen temakveld")
        await hub["N3"].press("Fjordheim", of="I hvilket fengsel?")
        await hub["N3"].shows("Hva handler temakvelden om?")
        await hub["N3"].say(TOO_LONG)
        await hub.settled()
        assert await typed(hub["N3"]) == [TOO_LONG]
        await says(hub, "/start")
        page = await hub["TK1"].press("Ansatte", of="Hva vil du gjøre?")
        await hub["TK1"].shows("👥 De som jobber her")
        await hub["TK1"].press_raw(page["id"], "scope:N3")
        await hub["TK1"].press("Bolig", of="N3 · Veileder N3")
        await hub["TK1"].shows("☑️ 🏠 Bolig")
        await hub.settled()
        assert await typed(hub["N3"]) == []


async def test_a_text_that_is_too_long_leaves_the_chat_of_somebody_who_is_sent_away(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await at_a_notice(hub)
        await says(hub, TOO_LONG)
        async with hub.running.turns.begin() as turn:
            await people.retire(turn.tx, "TK1")
        await hub.settled()
        assert await hub.rows("SELECT key FROM messages WHERE key LIKE 'typed:%'") == [], "the house has let it go"


async def test_a_text_that_is_too_long_stays_over_a_restart_and_is_still_known(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await at_a_notice(hub)
        await says(hub, TOO_LONG)
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        assert await typed(hub["TK1"]) == [TOO_LONG]
        await says(hub, "Biblioteket er stengt")
        assert await typed(hub["TK1"]) == []


async def test_what_a_line_says_that_stays_stands_in_no_row(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await at_a_notice(hub)
        await says(hub, TOO_LONG)
        rows = await hub.rows("SELECT text, buttons, shown = revision AS stands FROM messages WHERE key LIKE 'typed:%'")
        assert rows == [{"text": STANDS, "buttons": None, "stands": 1}]
        async with hub.running.turns.begin() as turn:
            await showing.forget_shown(turn.tx, "house")
        assert await hub.rows("SELECT key FROM messages WHERE key LIKE 'typed:%'") == [], "it is not sent as the hub's"


async def test_what_is_brought_down_in_the_house_leaves_nothing_above(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for _ in range(3):
            await hub["TK1"].say("/start")
            await hub["TK1"].say("/idag")
            await hub["N1"].say("/lapper")
            await hub.settled()
        for name in ("TK1", "N1"):
            lines = await hub[name].titles()
            assert [line for line in lines if "lenger ned" in line or "se nedenfor" in line] == []
        assert len([line for line in await hub["TK1"].titles() if line.startswith("Hei, ")]) == 1


@pytest.mark.parametrize("hours", [1, 47, 49])
async def test_outside_the_house_only_what_is_too_old_to_be_deleted_says_where_the_new_one_is(
    post: Post, hours: int
) -> None:
    await post.want("a page")
    await post.settled()
    reader = Reader("house", 201, "nb", leaves_house=True)
    async with post.database.transaction() as tx:
        now = StillClock().now() + timedelta(hours=hours, minutes=-1)
        await clearing.move_down(tx, reader, CARD, View((Line("further down"),)), now)
    post.sender.wake.set()
    await post.settled()
    edited = [("editMessageText", "further down")]
    assert post.wire.told()[1:] == (edited if hours > 48 else [("deleteMessage", None)])
    async with post.database.transaction() as tx:
        await clearing.forget_moved(tx)
    assert await post.rows() == []


async def test_yesterdays_page_is_gone_in_the_morning_with_its_buttons(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["KB-A2"].say("/idag")
        await hub["KB-A2"].shows("onsdag 13. januar")
        await hub.to(OPENS.replace(hour=5) + DAY)
        assert [each for each in await hub["KB-A2"].messages() if "13. januar" in words_of(each)] == []


async def test_pressing_the_language_that_is_spoken_says_which_it_is(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].press("Norsk")
        await hub["K-A"].alerted("Språket er norsk.")
        await hub["K-A"].press("English")
        await hub["K-A"].shows("Hi! Here you can ask for a talk.")
        await hub["K-A"].press("English")
        await hub["K-A"].alerted("The language is English.")


async def test_an_empty_pad_says_that_there_is_nothing_to_delete(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].press("Avdeling A")
        await hub["K-A"].press("⌫ Slett")
        await hub["K-A"].alerted("Det er ingenting å slette.")


async def test_a_choice_that_is_made_already_says_so(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["TK1"].say("/idag")
        await hub["TK1"].press("☑️ Alle")
        await hub["TK1"].alerted("Slik er det nå.")


async def test_a_press_that_changes_something_needs_no_words_for_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["TK1"].say("/idag")
        await hub["TK1"].press("Nordvik")
        await hub["TK1"].shows("☑️ Nordvik")
        await hub.settled()
        assert await hub["TK1"].alert() is None
