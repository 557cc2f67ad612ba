"""How whole a language is at the screens, and which ones a machine wrote, whichever of their catalogues it was."""

from pathlib import Path

import pytest

from bot import languages
from bot.languages import wholeness

HEAD = 'msgid ""\nmsgstr ""\n\n'
SLIPS = 'msgid "{n} slip"\nmsgid_plural "{n} slips"\n'
ENGLISH = 'msgid "Hi"\nmsgstr "Hi"\n\n' + SLIPS + 'msgstr[0] "{n} slip"\nmsgstr[1] "{n} slips"\n'


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the hub a catalogue of two sentences."""
    put(tmp_path, "en", "inmates", ENGLISH)
    monkeypatch.setattr(languages, "LOCALES", tmp_path)
    return tmp_path


def put(locales: Path, language: str, readers: str, text: str, above: str = "# Words\n") -> None:
    path = locales / language / "LC_MESSAGES" / f"{readers}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(above + HEAD + text, "utf-8")


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("", 2),
        ('msgid "Hi"\nmsgstr "Cześć"\n', 1),
        ('#, fuzzy\nmsgid "Hi"\nmsgstr "Cześć"\n', 2),
        ('msgid "Hi"\nmsgstr ""\n', 2),
        (SLIPS + 'msgstr[0] "{n} list"\nmsgstr[1] "{n} listy"\nmsgstr[2] ""\n', 2),
        (SLIPS + 'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n', 1),
    ],
)
def test_what_is_not_translated_or_marked_fuzzy_is_lacking(locales: Path, text: str, lacks: int) -> None:
    put(locales, "pl", "inmates", text)
    assert (wholeness.lacks("pl"), wholeness.lacks("en"), wholeness.lacks("lt")) == (lacks, 0, None)
    assert wholeness.sentences() == 2


@pytest.mark.parametrize("readers", [languages.INMATES, languages.STAFF, languages.WALLS])
def test_a_language_is_a_machines_if_one_of_its_catalogues_is(locales: Path, readers: str) -> None:
    for each in (languages.INMATES, languages.STAFF, languages.WALLS):
        put(locales, "pl", each, "")
        put(locales, "lt", each, 'msgid "ikke kontrollert"\nmsgstr "a"\n')
    put(locales, "pl", readers, "", f"# {wholeness.NOT_CHECKED}: written by a machine\n")
    assert wholeness.by_machine() == {"pl"}


def test_the_languages_that_are_shipped_are_a_machines_but_for_two() -> None:
    assert wholeness.by_machine() == {"nn", "pl", "lt", "ro", "ar", "se"}
    assert [wholeness.lacks(each) for each in ("nb", "en")] == [0, 0]
