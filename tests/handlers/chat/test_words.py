"""Words, dates and numbers as people say them, in each language and each direction of writing."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from telegram.ext import Application, ContextTypes

from bot import languages
from handlers import tables
from handlers.chat import words as module
from handlers.chat.context import Context, Tables
from handlers.chat.rows import BUTTON_LENGTH
from handlers.chat.words import ISOLATE, Words, is_checked, words, words_on_walls, words_to_inmates
from tests.catalogues import DOMAINS, WALLS, forms, spoken

OSLO = ZoneInfo("Europe/Oslo")
ELEVEN = datetime(2027, 1, 14, 10, 0, tzinfo=UTC)
SUMMER = datetime(2027, 7, 1, 6, 5, tzinfo=UTC)


def isolated(text: str) -> str:
    return f"{ISOLATE}{text}\u2069"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ("torsdag 14. januar", "11.00", "torsdag 14. januar kl. 11.00")),
        ("en", ("Thursday 14 January", "11:00", "Thursday 14 January at 11:00")),
    ],
)
def test_days_and_times_are_said_by_the_prisons_clock(language: str, said: tuple[str, str, str]) -> None:
    _ = words(language, OSLO)
    assert (_.day(ELEVEN), _.time(ELEVEN), _.day_and_time(ELEVEN)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "torsdag 1. juli kl. 08.05"), ("en", "Thursday 1 July at 08:05")]
)
def test_summer_time_is_known(language: str, said: str) -> None:
    assert words(language, OSLO).day_and_time(SUMMER) == said


def test_a_poster_says_days_in_its_language_with_the_digits_that_are_read_here() -> None:
    _ = words_on_walls("ar", OSLO)
    assert _ is not None
    assert (_.day(ELEVEN), _.time(ELEVEN)) == ("الخميس 14 يناير", "11:00")
    assert _.all_of("AB") == f"\u200f{isolated('A')} و{isolated('B')}"


def test_a_poster_in_a_language_without_a_catalogue_has_no_words_rather_than_norwegian_ones() -> None:
    assert words_on_walls("pl", OSLO) is None


def test_when_a_hub_is_put_together_every_catalogue_has_been_read() -> None:
    kept = (module._translations, is_checked)
    for each in kept:
        each.cache_clear()
    types = ContextTypes(context=Context, bot_data=Tables)
    tables.add_to(Application.builder().token("1:x").updater(None).job_queue(None).context_types(types).build())
    read_by_then = [each.cache_info().misses for each in kept]
    for domain in DOMAINS:
        for language in domain.whole:
            module._translations(language, domain.name)
    for language in WALLS.whole:
        is_checked(language)
    assert [each.cache_info().misses for each in kept] == read_by_then
    assert 0 not in read_by_then


def test_what_a_machine_wrote_is_not_checked_until_somebody_says_so() -> None:
    assert {language: is_checked(language) for language in WALLS.whole} == {"nb": True, "en": True, "ar": False}


def test_values_stand_in_a_row_as_people_say_them() -> None:
    _ = words("nb", OSLO)
    assert (_.all_of("ABC"), _.one_of("AB"), _.all_of("A")) == ("A, B og C", "A eller B", "A")


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("nb", 1, "1 lapp venter på deg"),
        ("nb", 0, "0 lapper venter på deg"),
        ("nb", 2, "2 lapper venter på deg"),
        ("en", 1, "1 slip waits for you"),
        ("en", 11, "11 slips wait for you"),
    ],
)
def test_numbers_have_the_plural_form_of_the_language(language: str, n: int, said: str) -> None:
    assert words(language, OSLO).n_("{n} slip waits for you", "{n} slips wait for you", n) == said


def test_a_language_that_is_not_shipped_speaks_norwegian() -> None:
    assert words("ti", OSLO)("No, thank you") == "Nei takk"
    assert words_to_inmates("ti", OSLO)("No, thank you") == "Nei takk"


def test_the_staff_read_what_is_said_to_inmates_and_not_the_other_way_round(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(module.log, "error", lambda said, *named: told.append(said % named))
    assert words("nb", OSLO)("No, thank you") == "Nei takk"
    assert words("nb", OSLO)("⬅️ Notices") == "⬅️ Oppslag"
    assert words_to_inmates("nb", OSLO)("⬅️ Notices") == "⬅️ Notices"
    assert told == ["A catalogue lacks words: ⬅️ Notices"]


def test_the_hubs_own_text_falls_back_to_norwegian() -> None:
    assert words("en", OSLO).of({"nb": "Bolig", "en": "Housing"}) == "Housing"
    assert words("en", OSLO).of({"nb": "Bolig"}) == "Bolig"


def test_from_left_to_right_nothing_is_isolated() -> None:
    assert words("nb", OSLO)("{code} · {service}", code="FJ-116", service="NAV") == "FJ-116 · NAV"


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Words]:
    """A language from right to left with six plural forms, made for this test."""
    catalogue = Catalog(locale="ar", domain=languages.INMATES)
    catalogue.add("{day} at {time}", "{day} الساعة {time}")
    catalogue.add("{code} {service}", "{service} {code}")
    catalogue.add("EEEE d MMMM", "EEEE d MMMM")
    catalogue.add("HH:mm", "HH:mm")
    # Babel's header for Arabic has a hundred before eleven.
    forms = ("صفر {n}", "واحد {n}", "اثنان {n}", "قليل {n}", "آخر {n}", "كثير {n}")
    catalogue.add(("{n} slip waits for you", "{n} slips wait for you"), forms)
    path = tmp_path / "ar" / "LC_MESSAGES" / f"{languages.INMATES}.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(languages, "LOCALES", tmp_path)
    module._translations.cache_clear()
    yield Words("ar", OSLO, languages.INMATES)
    module._translations.cache_clear()


def test_from_right_to_left_codes_and_names_are_isolated(arabic: Words) -> None:
    said = arabic("{code} {service}", code="FJ-116", service="NAV")
    assert said == f"{isolated('NAV')} {isolated('FJ-116')}"


def test_from_right_to_left_times_are_isolated_with_western_digits(arabic: Words) -> None:
    said = arabic.day_and_time(ELEVEN)
    assert said.endswith(f"الساعة {isolated('11:00')}")
    assert said.startswith(ISOLATE)
    assert "14" in said


@pytest.mark.parametrize(
    ("n", "form"), [(0, "صفر"), (1, "واحد"), (2, "اثنان"), (3, "قليل"), (11, "كثير"), (100, "آخر")]
)
def test_six_plural_forms_are_told_apart(arabic: Words, n: int, form: str) -> None:
    assert arabic.n_("{n} slip waits for you", "{n} slips wait for you", n) == f"{form} {isolated(str(n))}"


# ── how sentences are written ─────────────────────────────────────────────────────────────────────────────────────────

MOST_WORDS = 12
FILLED = re.compile(r"\{(\w+)\}")
TYPICAL = {
    "code": "FJ-116",
    "service": "NAV",
    "kiosk": "K-A",
    "unit": "A",
    "owner": "KB-A1",
    "value": "30",
    "time": "09.00",
}
"""What stands in a button's place as a rule; a number where nothing else is known."""

BLAMES = {
    "nb": re.compile(r"\b(må|måtte|burde|skyld|dessverre|ugyldig|forbudt|nektet|glemte?)\b", re.IGNORECASE),
    "en": re.compile(r"\b(must|should have|fault of yours|invalid|forbidden|denied|failed)\b", re.IGNORECASE),
}


def sentences_in(language: str) -> list[str]:
    """Return every sentence of a catalogue, with each place filled by one word."""
    texts = [FILLED.sub("ord", form) for message in spoken(language) for form in forms(message.string)]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?:])\s+", text)]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_sentence_has_twelve_words_at_most(language: str) -> None:
    assert [each for each in sentences_in(language) if len(re.findall(r"[^\W_][\w'’-]*", each)) > MOST_WORDS] == []


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_sentence_blames_or_commands(language: str) -> None:
    assert [each for each in sentences_in(language) if BLAMES[language].search(each)] == []


@cache
def labels() -> set[str]:
    """Return every sentence that stands on a button."""
    calls = [
        node
        for path in Path(module.__file__).parents[1].rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Button", "hidden"}
    ]
    firsts = [call.args[0] for call in calls if call.args]
    said = [each for each in firsts if isinstance(each, ast.Call) and ast.unparse(each.func) == "_" and each.args]
    return {each.args[0].value for each in said if isinstance(each.args[0], ast.Constant)}  # type: ignore[misc]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_button_is_short(language: str) -> None:
    catalogue = {forms(message.id)[0]: forms(message.string)[0] for message in spoken(language)}
    filled = {FILLED.sub(lambda place: TYPICAL.get(place[1], "30"), catalogue[label]) for label in labels()}
    assert len(filled) > 80
    assert {each for each in filled if len(each) > BUTTON_LENGTH} == set()
