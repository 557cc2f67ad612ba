"""The administrator sees who reads aloud in each language, and what to do where nobody does."""

from pathlib import Path

from tests.handlers.staff.test_staff import open_page
from tests.hub.whole_hub import whole_hub


async def test_the_administrator_sees_who_reads_aloud_in_each_language(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await open_page(hub["ADM"], "🔊 Opplesing")
        page = await hub["ADM"].shows("🔊 Opplesing", "engelsk")
    assert page["text"].split("\n") == [
        "🔊 Opplesing",
        "norsk bokmål: den enkle stemmen til espeak-ng",
        "engelsk: den enkle stemmen til espeak-ng",
        "somali: opptak av mennesker",
    ]


async def test_where_nobody_reads_aloud_the_page_says_what_to_do(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        hub.running.dispatch.application.bot_data.voices = dict
        await open_page(hub["ADM"], "🔊 Opplesing")
        page = await hub["ADM"].shows("🔊 Opplesing", "engelsk")
    assert page["text"].split("\n") == [
        "🔊 Opplesing",
        "norsk bokmål: ingen stemme",
        "engelsk: ingen stemme",
        "Installer espeak-ng på maskinen til servicetorget. Start så servicetorget på nytt.",
    ]
