"""The page reads a message aloud: sentence by sentence, each marked as it begins, and silent at once when stopped."""

from pathlib import Path
from typing import Any

from playwright.async_api import expect

from bot.gateway.bot_api.calls import answer
from bot.voices.speaking import Voices
from tests.browser.screens import DESK, screens
from tests.hub.whole_hub import WholeHub, whole_hub

PLAYS = """async ([chat, message, count, stopAt, language]) => {
  const { Voice } = await import("/static/voice.js");
  const house = { get: async (path) => (await fetch(path)).json() };
  const voice = new Voice(house, chat);
  const begun = [];
  const end = await new Promise((resolve) => {
    const mark = (n, sentence) => {
      begun.push([n, sentence.text]);
      if (n === stopAt) voice.stop();
    };
    voice.play(message, count, mark, resolve, language);
  });
  return { begun, end, playing: voice.isPlaying };
}"""


async def send(hub: WholeHub, text: str) -> tuple[int, int]:
    assert hub.running.house
    chat = hub["K-A"].chat
    sent = await answer(hub.running.house, "sendMessage", {"chat_id": chat, "text": text})
    return chat, int(sent["message_id"])


async def take_away(hub: WholeHub, chat: int, message: int) -> None:
    assert hub.running.house
    await answer(hub.running.house, "deleteMessage", {"chat_id": chat, "message_id": message})


async def test_the_demo_says_how_to_get_a_voice_where_there_is_none(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, DESK) as page:
        said = page.page.get_by_text("Installer espeak-ng")
        await expect(page.page.get_by_text("Tavla for storskjerm")).to_be_visible()
        await expect(said).to_be_hidden()
        assert hub.running.doorkeeper
        hub.running.doorkeeper.reading.voices = Voices()
        await page.page.reload()
        await expect(said).to_be_visible()


async def test_a_message_is_read_sentence_by_sentence_and_stops_at_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, DESK) as page:
        chat, message = await send(hub, "🎉\nHei. Ja.\nNei.")

        async def plays(count: int | None, stop_at: int | None = None, language: str = "") -> Any:
            return await page.page.evaluate(PLAYS, [chat, message, count, stop_at, language])

        await page.page.mouse.click(1, 1)
        whole = [[0, "Hei."], [1, "Ja."], [2, "Nei."]]
        assert await plays(None) == {"begun": whole, "end": 3, "playing": False}
        assert await plays(2) == {"begun": whole[:2], "end": 2, "playing": False}
        assert await plays(None, stop_at=1) == {"begun": whole[:2], "end": 2, "playing": False}
        assert await plays(None, language="so") == {"begun": [], "end": 0, "playing": False}
        await take_away(hub, chat, message)
        assert await plays(None) == {"begun": [], "end": 0, "playing": False}
