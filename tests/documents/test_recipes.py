"""Recipes: a paper that was written as one line and read again is the same paper, to the byte."""

from typing import get_args

import pytest
from pydantic import ValidationError

from bot.documents import recipes
from bot.documents.attendance import Attendance
from bot.documents.pin_letters import PinLetter
from bot.documents.posters import ThemeNightPoster, WeekPoster
from bot.documents.recipes import KINDS, Paper
from tests.documents import test_attendance, test_invitations, test_pin_letters, test_posters
from tests.documents.test_posters import AR, NB, NOW

PAPERS: list[Paper] = [
    Attendance("Fjordheim", NOW, "nb", "Liste", test_attendance.FACTS, (("A", ("A01 Furu", "")),), "I tillegg", 2),
    test_invitations.SAID,
    PinLetter("Fjordheim", NOW, "A19", "493021", (test_pin_letters.AR, test_pin_letters.NB)),
    ThemeNightPoster(NOW, (NB, AR)),
    WeekPoster(NOW, (test_posters.week(2, 0, 1), test_posters.week())),
]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: type(paper).__name__)
def test_what_is_drawn_of_a_recipe_is_the_paper_itself(paper: Paper) -> None:
    [drawn] = [kind.drawn(paper) for kind in KINDS.values() if kind.said is type(paper)]
    recipe = recipes.written(paper)
    assert recipes.draw(recipe) == drawn
    assert "\n" not in recipe


def test_every_kind_of_paper_has_a_recipe() -> None:
    assert {kind.said for kind in KINDS.values()} == set(get_args(Paper)) == {type(paper) for paper in PAPERS}


@pytest.mark.parametrize("recipe", ["", "{}", "[]", '["poster"]', '["wallpaper", {}]'])
def test_what_is_no_recipe_draws_nothing(recipe: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        recipes.draw(recipe)


def test_a_recipe_of_another_version_that_lacks_something_draws_nothing() -> None:
    with pytest.raises(ValidationError):
        recipes.draw('["night_poster", {"made": "2027-01-13T09:00:00Z", "pages": [{"language": "nb"}]}]')
