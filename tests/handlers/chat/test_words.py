"""Words, dates and numbers as people say them, in each language and each direction of writing."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from telegram.ext import Application, ContextTypes

from bot import languages
from bot.domain.chat.tongues import marked
from bot.domain.inmates.inmates import LANGUAGES
from bot.domain.services import said_in
from bot.languages import plurals, wholeness
from handlers import tables
from handlers.chat import words as module
from handlers.chat.context import Context, Tables
from handlers.chat.rows import BUTTON_LENGTH
from handlers.chat.words import ISOLATE, Words, spoken_by_staff, words, words_on_walls, words_to_inmates
from tests.catalogues import DOMAINS, INMATES, STAFF, forms, spoken

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
    assert words_on_walls("ti", OSLO) is None


@pytest.mark.parametrize(
    ("language", "said", "short"),
    [
        ("nb", "torsdag 14. januar kl. 11.00", "tor. 14. jan. kl. 11.00"),
        ("nn", "torsdag 14. januar kl. 11.00", "to. 14. jan. kl. 11.00"),
        ("en", "Thursday 14 January at 11:00", "Thu 14 Jan at 11:00"),
        ("pl", "czwartek, 14 stycznia, godz. 11:00", "czw. 14 sty, godz. 11:00"),
        ("lt", "sausio 14 d., ketvirtadienis, 11:00", "saus. 14 d., kt, 11:00"),
        ("ro", "joi, 14 ianuarie, ora 11:00", "joi 14 ian., ora 11:00"),
        ("ar", f"{isolated('الخميس 14 يناير')} الساعة {isolated('11:00')}", None),
        # Babel has the months of Northern Sami in the nominative alone, which a date does not take.
        ("se", "duorasdat 14.1. dii. 11.00", "duor 14.1. dii. 11.00"),
    ],
)
def test_a_poster_says_days_and_times_as_its_language_does(language: str, said: str, short: str | None) -> None:
    _ = words_on_walls(language, OSLO)
    assert _ is not None
    assert (_.day_and_time(ELEVEN), _.short_time(ELEVEN) if short else None) == (said, short)


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("pl", "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"),
        ("lt", "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio"),
    ],
)
def test_a_month_stands_in_the_case_that_a_date_takes(language: str, months: str) -> None:
    _ = words_on_walls(language, OSLO)
    assert _ is not None
    days = [_.day(ELEVEN.replace(month=month)) for month in range(1, 13)]
    assert [month for month, day in zip(months.split(), days, strict=True) if month not in day] == []


@pytest.mark.parametrize(
    ("language", "texts", "said"),
    [
        ("nb", {"nb": "Bolig", "en": "Housing"}, "Bolig"),
        ("nb", {"en": "Housing"}, f"{marked('Housing', 'en')} (på engelsk)"),
        ("en", {"nb": "Bolig"}, f"{marked('Bolig', 'nb')} (in Norwegian)"),
        ("en", {"nn": "Bustad"}, f"{marked('Bustad', 'nn')} (in Norwegian)"),
        ("nb", {"nn": "Bustad", "en": "Housing"}, "Bustad"),
        ("en", {"nb": "NAV", "nn": "NAV"}, "NAV"),
        ("en", {}, ""),
    ],
)
def test_an_inmate_is_told_in_which_language_a_text_is_that_lacks_theirs(
    language: str, texts: dict[str, str], said: str
) -> None:
    assert words_to_inmates(language, OSLO).of(texts) == said
    on_walls = words_on_walls(language, OSLO)
    assert on_walls
    assert (on_walls.of(texts), words(language, OSLO).of(texts)) == (said_in(texts, language),) * 2


def test_northern_sami_has_the_words_that_babel_lacks() -> None:
    _ = words_on_walls("se", OSLO)
    assert _ is not None
    assert (_.one_of("ABC"), _.one_of("A"), _.all_of("ABC")) == ("A, B dahje C", "A", "A, B ja C")
    assert [each for each in LANGUAGES if _.name_of(each) == each] == []


def test_when_a_hub_is_put_together_every_catalogue_has_been_read() -> None:
    kept = (module._translations, wholeness._lacks, spoken_by_staff)
    for each in kept:
        each.cache_clear()
    types = ContextTypes(context=Context, bot_data=Tables)
    tables.add_to(Application.builder().token("1:x").updater(None).job_queue(None).context_types(types).build())
    read_by_then = [each.cache_info().misses for each in kept]
    for domain in DOMAINS:
        for language in domain.whole:
            module._translations(language, domain.name)
    for language in languages.spoken():
        wholeness.lacks(language)
    spoken_by_staff()
    assert [each.cache_info().misses for each in kept] == read_by_then
    assert 0 not in read_by_then


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


def test_the_staff_read_their_own_language_and_what_no_screen_says_in_it_in_norwegian(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("nn/LC_MESSAGES/staff.po", "nb/LC_MESSAGES/inmates.po"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes((languages.LOCALES / name).read_bytes())
    monkeypatch.setattr(languages, "LOCALES", tmp_path)
    module._translations.cache_clear()
    _ = Words("nn", OSLO)
    module._translations.cache_clear()
    assert (_("🔒 List closes"), _("No, thank you")) == ("🔒 Lista stengjer", "Nei takk")
    assert (_.language, _.day_and_time(ELEVEN)) == ("nn", "torsdag 14. januar kl. 11.00")


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
    assert words("nn", OSLO).of({"nb": "Bolig", "en": "Housing"}) == "Bolig"


def test_from_left_to_right_nothing_is_isolated() -> None:
    assert words("nb", OSLO)("{code} · {service}", code="FJ-116", service="NAV") == "FJ-116 · NAV"


HEADERS = (f"Plural-Forms: {plurals.header('ar')}", "Plural-Forms: nplurals=six; plural=(n !! 1);", "X-Forms: none;")
"""A right one, one that cannot be read, and none: whatever stands there, the hub counts by the language's rules."""


@pytest.fixture(params=HEADERS)
def arabic(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Words]:
    """A language from right to left with six plural forms, made for this test."""
    catalogue = Catalog(locale="ar", domain=languages.INMATES)
    catalogue.add("{day} at {time}", "{day} الساعة {time}")
    catalogue.add("{code} {service}", "{service} {code}")
    catalogue.add("EEEE d MMMM", "EEEE d MMMM")
    catalogue.add("HH:mm", "HH:mm")
    forms = ("صفر {n}", "واحد {n}", "اثنان {n}", "قليل {n}", "كثير {n}", "آخر {n}")
    catalogue.add(("{n} slip waits for you", "{n} slips wait for you"), forms)
    path = tmp_path / "ar" / "LC_MESSAGES" / f"{languages.INMATES}.po"
    path.parent.mkdir(parents=True)
    written = BytesIO()
    write_po(written, catalogue)
    path.write_text(re.sub(r"Plural-Forms: .*;", request.param, written.getvalue().decode()), "utf-8")
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
    "nn": re.compile(r"\b(må|måtte|burde|skuld|dessverre|diverre|ugyldig|forbode|nekta|gløymde?)\b", re.IGNORECASE),
    "en": re.compile(r"\b(must|should have|fault of yours|invalid|forbidden|denied|failed)\b", re.IGNORECASE),
}


LOOKED_FOR = {"🔑 Glemt koden?"}
"""What somebody who has forgotten theirs looks for on the pad: a question of their own."""


def sentences_in(language: str) -> list[str]:
    """Return every sentence of a catalogue, with each place filled by one word."""
    texts = [FILLED.sub("ord", form) for message in spoken(language) for form in forms(message.string)]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?:])\s+", text)]


@pytest.mark.parametrize("language", STAFF.whole)
def test_a_sentence_has_twelve_words_at_most(language: str) -> None:
    assert [each for each in sentences_in(language) if len(re.findall(r"[^\W_][\w'’-]*", each)) > MOST_WORDS] == []


@pytest.mark.parametrize("language", STAFF.whole)
def test_no_sentence_blames_or_commands(language: str) -> None:
    assert {each for each in sentences_in(language) if BLAMES[language].search(each)} - LOOKED_FOR == set()


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


@pytest.mark.parametrize("language", STAFF.whole)
def test_a_button_is_short(language: str) -> None:
    catalogue = {forms(message.id)[0]: forms(message.string)[0] for message in spoken(language)}
    said = {catalogue[label] for label in labels() if language in INMATES.whole or label in catalogue}
    filled = {FILLED.sub(lambda place: TYPICAL.get(place[1], "30"), each) for each in said}
    assert len(filled) > 80
    assert {each for each in filled if len(each) > BUTTON_LENGTH} == set()
