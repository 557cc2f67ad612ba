"""Plural forms: each language has as many as it has, each number takes its own, and a wrong header is told."""

from gettext import c2py

import pytest

from bot.domain.inmates.inmates import LANGUAGES
from bot.languages import plurals

SHIPPED = ("nb", "nn", "en", "pl", "lt", "ro", "ar", "se")
NUMBERS = (0, 1, 2, 3, 11, 12, 21, 22, 25, 100, 101, 111)


@pytest.mark.parametrize(
    ("language", "categories", "taken"),
    [
        ("nb", ("one", "other"), (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
        ("nn", ("one", "other"), (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
        ("en", ("one", "other"), (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
        ("se", ("one", "two", "other"), (2, 0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2)),
        ("pl", ("one", "few", "many"), (2, 0, 1, 1, 2, 2, 2, 1, 2, 2, 2, 2)),
        ("lt", ("one", "few", "other"), (2, 0, 1, 1, 2, 2, 0, 1, 1, 2, 0, 2)),
        ("ro", ("one", "few", "other"), (1, 0, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1)),
        ("ar", ("zero", "one", "two", "few", "many", "other"), (0, 1, 2, 3, 4, 4, 4, 4, 4, 5, 5, 4)),
    ],
)
def test_every_number_takes_its_form(language: str, categories: tuple[str, ...], taken: tuple[int, ...]) -> None:
    assert plurals.categories(language) == categories
    assert tuple(plurals.form_of(language, n) for n in NUMBERS) == taken


@pytest.mark.parametrize("language", dict.fromkeys((*SHIPPED, *LANGUAGES)))
def test_the_header_of_a_language_counts_as_the_language_does(language: str) -> None:
    count = c2py(plurals.header(language).partition("plural=")[2].rstrip(";"))
    assert [count(n) for n in range(1001)] == [plurals.form_of(language, n) for n in range(1001)]
    assert plurals.fault(language, f'msgid ""\nmsgstr ""\n"Plural-Forms: {plurals.header(language)}\\n"\n') is None


def test_a_million_takes_the_last_form_where_the_language_has_one_of_its_own_for_it() -> None:
    assert plurals.form_of("es", 1_000_000) == 1


def test_the_header_is_the_one_that_everybody_writes_where_that_is_right() -> None:
    assert plurals.header("nb") == "nplurals=2; plural=(n != 1);"


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        ("se", "nplurals=2; plural=(n != 1);", "has 2 forms, and the language 3: one, two, other"),
        ("nb", "nplurals=2; plural=(n > 1);", "gives 0 form 0, and the language form 1: one, other"),
        ("nb", "nplurals=2; plural=(n !! 1);", "cannot be read"),
        ("nb", "nplurals=2; plural=(n % 0);", "cannot be read"),
        ("nb", "nplurals=two; plural=(n != 1);", "cannot be read"),
        ("nb", "", "cannot be read"),
    ],
)
def test_a_wrong_header_is_told_with_its_line_and_what_would_be_right(language: str, said: str, told: str) -> None:
    text = f'# Words\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {said}\\n"\n'
    right = plurals.header(language)
    assert plurals.fault(language, text) == (5, f"Plural-Forms {told}; write: Plural-Forms: {right}")


def test_a_hundred_before_eleven_is_told_in_arabic() -> None:
    few = "n%100>=3 && n%100<=10"
    said = f"nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : {few} ? 3 : n%100>=0 && n%100<=2 ? 4 : 5);"
    _line, told = plurals.fault("ar", f'"Plural-Forms: {said}\\n"') or (0, "")
    assert told.startswith("Plural-Forms gives 11 form 5, and the language form 4: zero, one, two, few, many, other;")


def test_a_catalogue_without_the_header_is_told() -> None:
    assert plurals.fault("nb", 'msgid ""\nmsgstr ""\n') == (
        1,
        "Plural-Forms is missing; write: Plural-Forms: nplurals=2; plural=(n != 1);",
    )
