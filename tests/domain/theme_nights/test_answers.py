"""News about theme nights: what is worth telling, and what cannot wait."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.refusals import MoveNotPossible, Stale
from bot.domain.theme_nights import answers as rules
from bot.domain.theme_nights import joining, seats, sign_ups
from bot.domain.theme_nights.seats import Passed
from bot.domain.theme_nights.sign_ups import Move, SignUp, Source, State
from tests.hub.real_turns import demo_hub
from tests.hub.theme_nights import CLOSES, STARTS, a_draft

NOON = datetime.fromisoformat("2027-01-13T12:00+01:00")
HUB = demo_hub()
NIGHT = a_draft(NOON, id=1)


def a_sign_up(state: State = State.SEATED, **changes: object) -> SignUp:
    seat = 1 if state in sign_ups.HAVE_SEAT else None
    made = SignUp(1, "B01", "B", state, 1, NOON, seat=seat, unit_seat=seat, news=True)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", list(State))
def test_what_became_of_a_sign_up_is_told_unless_its_owner_did_it(state: State) -> None:
    knows = {State.ENTERED, State.WITHDRAWN, State.CAME}
    assert rules.worth_telling(a_sign_up(state), NIGHT, NOON) is (state not in knows)
    assert not rules.worth_telling(a_sign_up(state, news=False), NIGHT, NOON)
    assert not rules.worth_telling(a_sign_up(state), NIGHT, STARTS), "the theme night has begun"


def test_what_was_told_already_is_refused() -> None:
    assert rules.untold(a_sign_up(), NIGHT, NOON) == a_sign_up()
    with pytest.raises(Stale):
        rules.untold(a_sign_up(news=False), NIGHT, NOON)


@pytest.mark.parametrize(
    ("sign_up", "now", "at_once"),
    [
        (a_sign_up(), NOON, False),
        (a_sign_up(source=Source.PAPER), NOON, True),
        (a_sign_up(source=Source.STAFF), NOON, True),
        (a_sign_up(State.OFFERED, offer_until=NOON + timedelta(hours=23)), NOON, True),
        (a_sign_up(State.OFFERED, offer_until=NOON + timedelta(hours=24)), NOON, False),
        (a_sign_up(), CLOSES, False),
        (a_sign_up(), STARTS.replace(hour=9), True),
        (a_sign_up(news=False, source=Source.PAPER), NOON, False),
    ],
)
def test_what_ends_before_the_next_noon_or_came_from_no_screen_cannot_wait(
    sign_up: SignUp, now: datetime, *, at_once: bool
) -> None:
    assert rules.hurries(sign_up, NIGHT, HUB, now) is at_once


def test_a_tick_is_taken_back_to_the_seat_and_who_walked_in_gives_it_back() -> None:
    came = a_sign_up(State.CAME)
    assert joining.ticked(came, Move.NOT_HERE).seat == 1
    back = joining.ticked(replace(came, source=Source.DOOR), Move.NOT_HERE)
    assert (back.state, back.seat, back.unit_seat) == (State.WITHDRAWN, None, None)
    with pytest.raises(MoveNotPossible):
        joining.ticked(came, Move.ARRIVE)


def test_why_somebody_waits_is_said_as_it_is() -> None:
    waits = a_sign_up(State.WAITING, inmate="A09", unit="A")
    of_a = [a_sign_up(inmate=f"A{n:02}", unit="A", seat=n, unit_seat=n) for n in range(1, 9)]
    full = [*of_a, *(a_sign_up(inmate=f"B{n:02}", seat=n + 8, unit_seat=n) for n in range(1, 13))]
    assert seats.why_waiting(NIGHT, HUB, [*full, waits], (), waits) is Passed.FULL
    assert seats.why_waiting(NIGHT, HUB, [*of_a, waits], (), waits) is Passed.UNIT_FULL
    assert seats.why_waiting(NIGHT, HUB, [waits], {"A09"}, waits) is Passed.BUSY
    assert seats.why_waiting(NIGHT, HUB, [waits], (), waits) is Passed.NEXT
