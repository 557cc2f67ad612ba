"""The way back from a further page of a list leads to the page before it, where one came from."""

from pathlib import Path

from tests.hub.whole_hub import whole_hub


async def test_back_from_the_second_page_of_what_is_here_leads_to_the_first(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.press("Hva finnes her?")
        await kiosk.press("Flere tjenester", of="Hva finnes her?")
        await kiosk.press("⬅️ Tilbake", of="Familie")
        await kiosk.press("⬅️ Tilbake", of="Flere tjenester")
        await kiosk.shows("Her kan du be om en samtale")
