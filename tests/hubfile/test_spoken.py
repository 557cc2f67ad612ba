"""Languages that a screen cannot speak whole: told with their line and a remedy, and the hub goes on without them."""

from pathlib import Path

import pytest

from bot import languages
from bot.hubfile import HubFileFault, KioskPlace, check_spoken, read_hub
from tests.hubfile.small import HUB

ONE, NONE = 'msgid "Hi"\nmsgstr "Cześć"\n\n', 'msgid "Hi"\nmsgstr ""\n\n'
HALF = 'msgid ""\nmsgstr ""\n\n' + ONE + NONE.replace("Hi", "Bye")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub with a whole language, a half one, and one that nobody has ever written."""
    whole = 'msgid ""\nmsgstr ""\n\n' + ONE + ONE.replace("Hi", "Bye")
    for language, text in {"nb": whole, "en": whole, "lt": whole, "pl": HALF}.items():
        path = tmp_path / "locales" / language / "LC_MESSAGES" / "inmates.po"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    monkeypatch.setattr(languages, "LOCALES", tmp_path / "locales")
    path = tmp_path / "hub.yaml"
    asked = HUB.replace("languages: [nb, en]", "languages: [nb, en, pl, lt, so, xx]")
    path.write_text(asked.replace("language: nb}", "language: pl}"), "utf-8")
    return path


def test_what_is_not_whole_is_told_with_its_line_and_what_to_do(hub: Path) -> None:
    with pytest.raises(HubFileFault) as fault:
        check_spoken(hub)
    known = "locales/ has no catalogue of it, but of en, lt, nb, pl; leave it out."
    assert list(fault.value.faults) == [
        "hub.yaml, line 4, languages.3: pl lacks 1 of 2 sentences;"
        " translate them in locales/pl/LC_MESSAGES/inmates.po, or leave it out.",
        f"hub.yaml, line 4, languages.5: so is spoken at no screen: {known}",
        f"hub.yaml, line 4, languages.6: xx is spoken at no screen: {known}",
    ]


def test_the_hub_goes_on_without_it_and_a_screen_that_greeted_in_it_greets_in_norwegian(hub: Path) -> None:
    described = read_hub(hub)
    assert (described.hub.languages, described.hub.posters) == (("nb", "en", "lt"),) * 2
    assert described.asked == ("nb", "en", "pl", "lt", "so", "xx")
    assert described.kiosks == (KioskPlace("K-A", "A", "nb"),)
