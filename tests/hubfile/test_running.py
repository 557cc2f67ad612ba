"""What only a hub that exists can know of its hub.yaml is told when it starts; a language more is spoken at once."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import founding, languages
from bot.config import Settings
from bot.domain.inmates.inmates import LANGUAGES
from bot.hubfile import HubFileFault
from bot.languages import own_name
from handlers.chat import words
from tests.hub.whole_hub import new_hub, whole_hub
from tests.hubfile.small import changed

WITHOUT_NORDVIK = (
    ("prisons: { NV: Nordvik overgangsbolig }", "prisons: {}"),
    ('  N: { name: Nordvik, doors: ["07:00-22:00"], prison: NV }\n', ""),
    ("  K-N: { unit: N, language: nb }\n", ""),
)


async def test_what_rows_speak_of_stays_in_hub_yaml(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    described = tmp_path / "hub.yaml"
    text = changed(described.read_text("utf-8"), WITHOUT_NORDVIK).replace("[A, B, C, N]", "[A, B, C]")
    lines = re.sub(r"^  (NR|KB-N1): .*\n(    .*\n)+", "", text, flags=re.MULTILINE).splitlines()
    at_nordvik = lines.index("      room: NR") - 2
    described.write_text("\n".join(lines[:at_nordvik] + lines[at_nordvik + 8 :]), "utf-8")
    with pytest.raises(HubFileFault) as fault:
        await founding.invite(Settings(data=tmp_path, demo=True), "N1")
    assert str(fault.value) == (
        "hub.yaml has no unit N, but people, slips, talks or theme nights in the database "
        "speak of them. Keep them in the file; a service that has ended is kept with bookable: false."
    )


@pytest.fixture
def albanian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the hub one catalogue more, as somebody who translates it does: a file, and nothing else."""
    folder = tmp_path / "locales"
    shutil.copytree(languages.LOCALES, folder)
    (folder / "sq" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    catalogue = (folder / "nb" / "LC_MESSAGES" / "inmates.po").read_text("utf-8")
    said = catalogue.replace('msgstr "Hei! Her kan du be om en samtale."', 'msgstr "Këtu mund të kërkosh një bisedë."')
    assert said != catalogue
    (folder / "sq" / "LC_MESSAGES" / "inmates.po").write_text(said, "utf-8")
    monkeypatch.setattr(languages, "LOCALES", folder)
    words.words_to_inmates.cache_clear()
    yield
    words.words_to_inmates.cache_clear()


@pytest.mark.usefixtures("albanian")
async def test_the_kiosk_offers_and_speaks_a_language_as_soon_as_it_has_a_catalogue(tmp_path: Path) -> None:
    await new_hub(tmp_path / "data")
    described = tmp_path / "data" / "hub.yaml"
    text = described.read_text("utf-8").replace("languages: [nb, en] ", "languages: [nb, en, sq] ")
    described.write_text(text.replace("languages: [nb, en]\n", "languages: [nb, en, sq]\n"), "utf-8")
    async with whole_hub(tmp_path / "data") as hub:
        welcome = await hub["K-A"].shows("Hei! Her kan du be om en samtale.")
        labels = [button["text"] for row in welcome["buttons"] for button in row if "language:" in button["data"]]
        assert labels == ["Norsk", "English", "Shqip"]
        await hub["K-A"].press("Shqip")
        await hub["K-A"].shows("Këtu mund të kërkosh një bisedë.")


def test_every_language_that_people_may_speak_calls_itself_by_a_name() -> None:
    names = {language: own_name(language) for language in LANGUAGES}
    assert [language for language, name in names.items() if name.lower() == language] == []
    assert (names["pl"], names["ar"], names["uk"], names["nb"]) == ("Polski", "العربية", "Українська", "Norsk bokmål")
