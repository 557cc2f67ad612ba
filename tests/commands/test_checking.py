"""check tells of a catalogue that counts wrongly, with its place and what would be right."""

import shutil
from argparse import Namespace
from pathlib import Path

import pytest

from bot import languages
from bot.commands.checking import check_hub
from tests.hubfile.small import HUB


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    path = tmp_path / "hub.yaml"
    path.write_text(HUB, "utf-8")
    return path


@pytest.fixture
def northern_sami(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the hub a catalogue with the header of a language that has two forms."""
    locales = shutil.copytree(languages.LOCALES, tmp_path / "locales")
    path = locales / "se" / "LC_MESSAGES" / "walls.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "utf-8")
    monkeypatch.setattr(languages, "LOCALES", locales)


async def test_what_is_shipped_counts_rightly(hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await check_hub(Namespace(hub=hub, people=None)) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("northern_sami")
async def test_a_catalogue_that_counts_wrongly_is_told(hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(languages.CatalogueFault) as told:
        await check_hub(Namespace(hub=hub, people=None))
    assert capsys.readouterr().out == f"{hub} is right: Lillevik fengsel, 2 services, 1 units.\n"
    assert str(told.value) == (
        "locales/se/LC_MESSAGES/walls.po, line 3: Plural-Forms has 2 forms, and the language 3: one, two, other;"
        " write: Plural-Forms: nplurals=3; plural=(((n == 1)) ? 0 : ((n == 2)) ? 1 : 2);"
    )
