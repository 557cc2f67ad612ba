"""A slip that is being made goes on where it was left, with what was chosen and can be chosen still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.slips import drafts
from bot.domain.slips.slips import Draft, Stage
from tests.hub.real_turns import demo_hub

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
WISH = "nav.N1.R1.2701140800"
WHOLE = Draft("nav", "klage", WISH, "N1", Stage.TIMES)
ASKS_NOTHING = next(each for each in HUB.services.values() if not each.topics and each.bookable)


def test_a_draft_lies_behind_the_pages_that_lead_to_where_it_was_left() -> None:
    found = {stage: drafts.stages_to(replace(WHOLE, stage=stage), HUB.services["nav"]) for stage in Stage}
    assert found == {
        Stage.TOPICS: (Stage.TOPICS,),
        Stage.REVIEW: (Stage.TOPICS, Stage.REVIEW),
        Stage.TIMES: (Stage.TOPICS, Stage.REVIEW, Stage.TIMES),
    }


def test_a_service_without_topics_asks_for_none() -> None:
    found = {stage: drafts.stages_to(Draft(ASKS_NOTHING.key, stage=stage), ASKS_NOTHING) for stage in Stage}
    assert found == {
        Stage.TOPICS: (Stage.REVIEW,),
        Stage.REVIEW: (Stage.REVIEW,),
        Stage.TIMES: (Stage.REVIEW, Stage.TIMES),
    }


def test_who_chooses_the_same_service_again_keeps_what_was_chosen() -> None:
    new = Draft("nav", adviser="N1", stage=Stage.TOPICS)
    assert drafts.begun(WHOLE, new) == Draft("nav", "klage", WISH, "N1", Stage.TOPICS)
    anybody = replace(WHOLE, adviser=None)
    assert drafts.begun(anybody, new) == Draft("nav", "klage", WISH, None, Stage.TOPICS)


def test_who_cannot_be_met_any_more_is_not_met_in_what_was_begun_either() -> None:
    assert drafts.begun(WHOLE, Draft("nav", stage=Stage.TOPICS)) == Draft("nav", "klage", WISH, None, Stage.TOPICS)


def test_who_chooses_another_service_begins_anew() -> None:
    new = Draft("bolig", stage=Stage.TOPICS)
    assert [drafts.begun(present, new) for present in (WHOLE, None)] == [new, new]


def test_what_comes_back_is_what_was_left() -> None:
    assert drafts.come_back(WHOLE, HUB.services["nav"], NOW) == WHOLE
    assert drafts.come_back(Draft("nav"), HUB.services["nav"], NOW) == Draft("nav")


@pytest.mark.parametrize("late", [timedelta(days=1), timedelta(days=30)])
def test_a_wish_for_a_time_that_has_passed_does_not_come_back(late: timedelta) -> None:
    assert drafts.come_back(WHOLE, HUB.services["nav"], NOW + late) == replace(WHOLE, wish=None)


def test_a_topic_that_the_service_has_no_more_does_not_come_back() -> None:
    service = replace(HUB.services["nav"], topics=())
    assert drafts.come_back(WHOLE, service, NOW) == replace(WHOLE, topic=None)


def test_it_is_left_at_the_page_of_it_that_was_seen_last() -> None:
    assert [drafts.left_at(WHOLE, page).stage for page in ("topics", "review", "home", "urgent")] == [
        Stage.TOPICS,
        Stage.REVIEW,
        Stage.TIMES,
        Stage.TIMES,
    ]
