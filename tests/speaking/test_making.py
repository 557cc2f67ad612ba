"""All neutral sentences made beforehand: told as it goes, begun anew where it was, and old ones taken away."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.services import Hub
from bot.hubfile import read_hub
from bot.speaking import making
from bot.speaking.making import Progress, forget_old, make_all
from bot.speaking.sayings import Sayings
from bot.voices.kept import Kept
from bot.voices.programs import ProgramFault
from bot.voices.recordings import Recordings
from bot.voices.speaking import Voices
from tests.hubfile.small import HUB
from tests.voices.test_speaking import Counts


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub that says its own words alone: a whole catalogue is for the benchmarks."""
    monkeypatch.setattr(Sayings, "_of_catalogue", lambda _: iter(()))
    (tmp_path / "hub.yaml").write_text(HUB, "utf-8")
    return read_hub(tmp_path / "hub.yaml").hub


OWN = {
    "NAV",
    "Arbeid og penger.",
    "Veilederne",
    "Noe annet",
    "Sosialkonsulent",
    "Vi finner ut av det.",
    "Rom",
    "Rom to",
}


async def test_every_sentence_is_made_once_and_it_is_told_how_far_it_is(tmp_path: Path, hub: Hub) -> None:
    engine = Counts()
    voices = Voices({"nb": engine}, Recordings(), Kept(tmp_path / "spoken"))
    told = [each async for each in make_all(voices, hub)]
    assert told == [Progress("nb", made, 8) for made in (4, 8)]
    assert str(told[0]) == "nb 4 of 8"
    assert ({*engine.asked}, len(engine.asked)) == (OWN, 8)


async def test_what_was_interrupted_goes_on_where_it_was(tmp_path: Path, hub: Hub) -> None:
    engine = Counts()
    voices = Voices({"nb": engine}, Recordings(), Kept(tmp_path / "spoken"))
    making_all = make_all(voices, hub)
    assert await anext(making_all) == Progress("nb", 4, 8)
    await making_all.aclose()
    assert len([each async for each in make_all(voices, hub)]) == 2
    assert len(engine.asked) == 8


async def test_what_could_not_be_made_is_counted(tmp_path: Path, hub: Hub) -> None:
    voices = Voices({"nb": Counts(fault=ProgramFault("it ended with 1"))}, Recordings(), Kept(tmp_path / "spoken"))
    told = [each async for each in make_all(voices, hub)]
    assert (told[-1], str(told[-1])) == (Progress("nb", 8, 8, 8), "nb 8 of 8, 8 failed")


async def test_what_is_not_said_any_more_is_taken_away(tmp_path: Path, hub: Hub) -> None:
    kept = Kept(tmp_path / "spoken")
    voices = Voices({"nb": Counts()}, Recordings(), kept)
    _ = [each async for each in make_all(voices, hub)]
    assert forget_old(voices, hub, kept) == 0
    fewer = replace(hub, services={"nav": hub.services["nav"]})
    assert making.forget_old(voices, fewer, kept) == 2
    assert len(list(kept.folder.iterdir())) == 6
