"""The administrator sees of each language whether it is whole, who wrote and read it, and who reads it aloud."""

from dataclasses import replace
from pathlib import Path

from bot.domain.chat.looks import Head
from bot.domain.chat.messages import Entry, Line, Reader, View
from handlers.chat.heads import small_print
from tests.handlers.staff.test_staff import open_page
from tests.hub.whole_hub import WholeHub, data_of, whole_hub

TITLE, MACHINE = "🔊 Språk og opplesing", "A machine translated this."
SIGNED = "SELECT language, person FROM signed_languages"


async def lines_of(hub: WholeHub, *wanted: str) -> list[str]:
    """Return the newest page of languages, where these words stand on it."""
    page = await hub["ADM"].shows(TITLE, *wanted)
    return [
        line for line in page["text"].split("\n") if line.startswith(("norsk bokmål", "engelsk", "arabisk", "somali"))
    ]


async def small_print_at(hub: WholeHub, kiosk: str) -> str:
    await hub.settled()
    return str((await hub[kiosk].messages())[-1]["face"]["head"]["small"])


async def test_the_administrator_sees_of_each_language_what_is_there(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await open_page(hub["ADM"], TITLE)
        assert await lines_of(hub, "engelsk") == [
            "norsk bokmål: alle setninger er der · den enkle stemmen til espeak-ng",
            "engelsk: alle setninger er der · den enkle stemmen til espeak-ng",
            "arabisk: på plakater · skrevet av en maskin · ingen stemme",
            "somali: opptak av mennesker",
        ]


async def test_where_nobody_reads_aloud_the_page_says_what_to_do(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        hub.running.dispatch.application.bot_data.voices = dict
        await open_page(hub["ADM"], TITLE)
        assert "engelsk: alle setninger er der · ingen stemme" in await lines_of(
            hub, "Installer espeak-ng på maskinen til servicetorget. Start så servicetorget på nytt."
        )


async def test_a_language_is_signed_off_and_posters_say_no_more_that_a_machine_wrote_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await open_page(hub["ADM"], TITLE)
        await hub["ADM"].press("✅ I orden: arabisk")
        assert "arabisk: på plakater · lest av ADM, ons. 13. jan. kl. 10.00 · ingen stemme" in await lines_of(
            hub, "lest av"
        )
        assert await hub.rows(SIGNED) == [{"language": "ar", "person": "ADM"}]
        assert "ar" not in hub.running.turns.hub.by_machine
        page = await hub["ADM"].shows(TITLE, "lest av")
        assert [data for data in data_of(page, "arabisk") if data] == ["language_again:ar"]
        await hub["ADM"].press("↩️ Angre: arabisk")
        await lines_of(hub, "arabisk: på plakater · skrevet av en maskin · ingen stemme")
        assert (await hub.rows(SIGNED), "ar" in hub.running.turns.hub.by_machine) == ([], True)
        assert await hub.audit("ar") == [
            ("ADM", "sign_language", "ar", "done"),
            ("ADM", "sign_language", "ar", "back"),
        ]


async def test_every_screen_says_in_small_print_who_wrote_its_words_until_they_are_signed_off(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        turns = hub.running.turns
        assert turns.described
        turns.described = replace(turns.described, by_machine=frozenset({"en"}))
        turns.hub = replace(turns.hub, by_machine=frozenset({"en"}))
        await hub["K-A"].press("English")
        await hub["K-A"].shows("Here you can ask for a talk")
        assert (await small_print_at(hub, "K-A"), await small_print_at(hub, "K-B")) == (MACHINE, "")
        await open_page(hub["ADM"], TITLE)
        await hub["ADM"].press("✅ I orden: engelsk")
        await lines_of(hub, "engelsk: alle setninger er der · lest av ADM")
        assert await small_print_at(hub, "K-A") == ""
        await hub["ADM"].press("↩️ Angre: engelsk")
        await lines_of(hub, "engelsk: alle setninger er der · skrevet av en maskin")
        assert await small_print_at(hub, "K-A") == MACHINE


def test_outside_the_house_the_small_print_is_the_last_line() -> None:
    outside, inside = (Reader("x", 1, "pl", leaves_house=leaves) for leaves in (True, False))
    last = Line(MACHINE)
    view = View((Line("Hei"),), head=Head("Fjordheim", "K-A", "", "Europe/Oslo", small=MACHINE))
    listed = replace(view, entries=(Entry((Line("En"),)),))
    assert small_print(view, outside) == replace(view, lines=(Line("Hei"), last))
    assert small_print(listed, outside) == replace(listed, entries=(*listed.entries, Entry((last,))))
    silent = replace(view, head=Head("Fjordheim", "K-A", "", "Europe/Oslo"))
    assert [small_print(each, outside) for each in (silent, View(()))] == [silent, View(())]
    assert small_print(view, inside) == view
