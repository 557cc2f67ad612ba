"""The rules of putting a theme night together: what is asked, what is refused at once, what an answer becomes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot import hubfile
from bot.demo import files
from bot.demo.files import OPENS
from bot.domain.chat.flows import last_of, next_of
from bot.domain.refusals import DayClosed, Refusal, TextTooLong, UnitClosed
from bot.domain.theme_nights import edits
from bot.domain.theme_nights import plans as rules
from bot.domain.theme_nights.checks import publish
from bot.domain.theme_nights.refusals import NightPast, NobodyInvited, RoomNotForUnits, SeatsOutOfBounds
from bot.domain.theme_nights.theme_nights import State, ThemeNight

HUB = hubfile.read_hub(files.HUB).hub
SAID: dict[str, Any] = {
    "prison": "FJ",
    "topic_nb": "Jobb",
    "topic_en": "",
    "host": "",
    "service": "nav",
    "day": "2027-01-26",
    "hours": "1800-1930",
    "units": ["A", "B"],
    "room": "R6",
    "seats": 20,
}
DRAFT = {**SAID, "ask": rules.to_ask(HUB, ["FJ", "NV"])}


def night(**changes: Any) -> ThemeNight:
    return rules.theme_night_of({**DRAFT, **changes}, HUB, "TK1", OPENS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=HUB.zone)


def test_the_questions_come_one_after_the_other_and_go_back() -> None:
    empty = {"ask": DRAFT["ask"]}
    asked = []
    while name := next_of(empty["ask"], empty):
        asked.append(name)
        empty[name] = SAID[name]
    assert asked == list(SAID)
    assert last_of(empty["ask"], empty) == "seats"
    assert last_of(DRAFT["ask"], {}) == ""


def test_in_one_prison_it_is_not_asked_for() -> None:
    assert "prison" not in rules.to_ask(HUB, ["FJ"])


def test_a_night_has_good_defaults() -> None:
    made = night()
    assert (made.starts, made.ends, made.closes) == (at(26, 18), at(26, 19, 30), at(25, 15))
    assert (made.state, made.topic, made.caps, made.languages) == (State.DRAFT, {"nb": "Jobb"}, {}, ())
    assert (made.opens, made.lottery, made.women, made.interpreter) == (None, False, False, None)


@pytest.mark.parametrize(
    ("name", "said", "refusal"),
    [
        ("topic_nb", "x" * 61, TextTooLong),
        ("host", "x" * 41, TextTooLong),
        ("about_en", "x" * 301, TextTooLong),
        ("day", "2027-01-12", NightPast),
        ("day", "2027-03-25", DayClosed),
        ("units", [], NobodyInvited),
        ("units", ["A", "C"], RoomNotForUnits),
        ("cap_A", 0, SeatsOutOfBounds),
    ],
)
def test_what_cannot_be_is_refused_at_once(name: str, said: Any, refusal: type[Refusal]) -> None:
    hub = HUB if name != "units" or not said else without_talk_rooms()
    with pytest.raises(refusal):
        rules.check(DRAFT, name, said, hub, OPENS)


def without_talk_rooms() -> Any:
    return replace(HUB, rooms={key: room for key, room in HUB.rooms.items() if room.capacity and key != "R3"})


def test_hours_that_have_begun_or_for_which_doors_are_locked_are_refused() -> None:
    with pytest.raises(NightPast):
        rules.check({**DRAFT, "day": "2027-01-13"}, "hours", "0900-1000", HUB, OPENS)
    with pytest.raises(UnitClosed):
        rules.check({**DRAFT, "hours": "1930-2100"}, "units", ["A"], HUB, OPENS)


def test_only_rooms_that_the_units_may_be_in_together_are_offered_the_largest_first() -> None:
    assert rules.rooms(HUB, ["A", "B"])[0] == "R6"
    assert "CELL" not in rules.rooms(HUB, ["A"])
    assert "R6" not in rules.rooms(HUB, ["A", "C"])
    assert rules.seats(HUB, "R6") == ["20", "15", "12", "10"]


WORDS = ["topic_nb", "about_pl", "host", "service", "when", "who", "seats", "cap_A", "languages", "interpreter"]
MORE = ["opens", "closes", "after"]


@pytest.mark.parametrize("word", WORDS + MORE)
def test_everything_about_a_draft_can_be_changed_and_the_same_answer_changes_nothing(word: str) -> None:
    made = night()
    assert edits.can_change(made, word)
    draft = edits.changing(made, HUB, word)
    same = {**draft, **draft["was"]}
    assert replace(made, **edits.changes(same, made, HUB, OPENS)) == made
    assert not edits.clashes(same, made, HUB)


@pytest.mark.parametrize("word", ["prison", "cap_C", "cap", "topic", "host_nb", "nothing", "women"])
def test_what_is_no_question_is_not_asked(word: str) -> None:
    assert not edits.can_change(night(), word)


def test_of_a_published_night_the_day_the_units_and_the_room_stay() -> None:
    shown = publish(night(topic_en="A job"), HUB, OPENS)
    asked = [word for word in WORDS + MORE if edits.can_change(shown, word)]
    assert asked == ["topic_nb", "about_pl", "host", "seats", "cap_A", "interpreter", "closes"]


def test_what_somebody_else_changed_meanwhile_is_noticed() -> None:
    made = night()
    draft = edits.changing(made, HUB, "host")
    assert edits.clashes(draft, night(host="Noen andre"), HUB)
    assert not edits.clashes(draft, night(seats=10), HUB)


def test_another_day_moves_when_the_list_closes() -> None:
    made = night()
    draft = {**edits.changing(made, HUB, "when"), "day": "2027-01-20", "hours": "1700-1830"}
    changed = edits.changes(draft, made, HUB, OPENS)
    assert (changed["starts"], changed["closes"]) == (at(20, 17), at(19, 15))


def test_other_units_take_the_caps_of_those_that_are_gone_with_them() -> None:
    made = replace(night(), caps={"A": 4, "B": 5})
    draft = {**edits.changing(made, HUB, "who"), "units": ["B"], "room": "R5", "seats": 12}
    assert edits.changes(draft, made, HUB, OPENS)["caps"] == {"B": 5}
