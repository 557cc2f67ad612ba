"""One word for one thing: the glossary of CONTRIBUTING.md, held over what is said in bokmål and English."""

import re
from dataclasses import dataclass

import pytest

from tests.catalogues import INMATES, ROOT, STAFF, forms, read

PLACE = re.compile(r"\{\w+\}")
HEAD = "| bokmål | English | what it is |"


@dataclass(frozen=True)
class Term:
    """One row: what a thing is called, and never, by language; and whose catalogues are held to it."""

    words: dict[str, str]
    never: dict[str, str]
    held_for: str


def glossary() -> list[Term]:
    rows = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition(HEAD)[2].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [Term({"nb": nb, "en": en}, {"nb": no, "en": not_}, held) for nb, en, _what, no, not_, held in cells]


def said_to(readers: str, language: str) -> list[str]:
    domains = (INMATES,) if readers == "inmates" else (INMATES, STAFF)
    found = [text for domain in domains for each in read(language, domain) if each.id for text in forms(each.string)]
    return [PLACE.sub("", text) for text in found]


def any_of(words: str) -> re.Pattern[str]:
    each = [re.escape(word.strip()).replace(r"\*", r"\w*") for word in words.split(",")]
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("term", glossary(), ids=lambda term: term.words["nb"])
def test_a_thing_is_never_called_what_the_glossary_says_it_is_not(term: Term, language: str) -> None:
    if never := term.never[language]:
        assert [text for text in said_to(term.held_for, language) if any_of(never).search(text)] == []


@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_the_glossary_calls_things_is_said(language: str) -> None:
    words = [word for term in glossary() for word in term.words[language].split(",") if word.strip()]
    unsaid = [word for word in words if not any(find(word).search(text) for text in said_to("all", language))]
    assert len(words) > 18
    assert unsaid == []


def find(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word.strip().split()[0][:5])}", re.IGNORECASE)


def test_every_row_says_whose_it_is() -> None:
    assert {term.held_for for term in glossary()} == {"all", "inmates"}
