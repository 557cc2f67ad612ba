"""Each catalogue counts as its language does; one that does not is told, with what would be right."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.languages import plurals
from tests import catalogues
from tests.catalogues import DOMAINS, ROOT, WALLS, Domain

BABELS = "nplurals=2; plural=(n != 1);"


def catalogue(root: Path, language: str, header: str) -> Path:
    path = catalogues.path_of(language, WALLS, root)
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {header}\\n"\n', "utf-8")
    return path


def test_a_wrong_header_is_told_with_file_line_and_remedy(tmp_path: Path) -> None:
    catalogue(tmp_path, "se", BABELS)
    assert list(catalogues.faults("se", Catalog(), WALLS, tmp_path)) == [
        "locales/se/LC_MESSAGES/walls.po:4: Plural-Forms has 2 forms, and the language 3: one, two, other;"
        " write: Plural-Forms: nplurals=3; plural=(((n == 1)) ? 0 : ((n == 2)) ? 1 : 2);"
    ]


def test_a_header_that_cannot_be_read_is_told_and_nothing_falls_over(tmp_path: Path) -> None:
    catalogue(tmp_path, "nn", "nplurals=some; plural=many;")
    assert list(catalogues.faults("nn", Catalog(), WALLS, tmp_path)) == [
        "locales/nn/LC_MESSAGES/walls.po:4: Plural-Forms cannot be read; write: Plural-Forms: " + BABELS
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "en", "pl", "lt", "ro", "ar", "se"])
def test_a_new_catalogue_counts_as_its_language_does(language: str) -> None:
    new = catalogues.created(language, Catalog(), WALLS)
    assert (f"{new.plural_forms}", new.num_plurals) == (
        plurals.header(language),
        len(plurals.categories(language)),
    )


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.name)
def test_every_catalogue_that_is_shipped_counts_as_its_language_does(domain: Domain) -> None:
    for language in catalogues.languages_of(domain, ROOT):
        text = catalogues.path_of(language, domain, ROOT).read_text("utf-8")
        assert (language, plurals.fault(language, text)) == (language, None)
