"""J14: whoever is asked for consent, and does not read, hears the question in their own language."""

from pathlib import Path

from tests.hub.whole_hub import whole_hub

RECORDED = Path(__file__).parents[2] / "bot" / "demo" / "recordings" / "so" / "staff-writes-for-you.wav"


async def test_the_officers_page_lets_somebody_hear_in_somali_what_they_are_asked(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = hub["KB-A1"]
        await officer.say("/meny")
        await officer.press("✍️ Skriv for noen")
        await officer.press("A10")
        page = await officer.shows("skriver for deg")
        path = f"/client/chats/{officer.chat}/messages/{page['id']}/voice"
        told = (await officer.http.get(path)).json()["sentences"]
        [number] = [at for at, each in enumerate(told) if "so" in each["voices"]]
        assert told[number]["text"].endswith("skriver for deg.")
        heard = await officer.http.get(f"{path}/{number}?language=so")
        assert (heard.content, heard.headers["cache-control"]) == (RECORDED.read_bytes(), "no-store")
        in_norwegian = await officer.http.get(f"{path}/{number}")
        assert in_norwegian.headers["content-type"] == "audio/wav"
        assert not (tmp_path / "spoken").exists()
