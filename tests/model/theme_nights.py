"""Theme nights among the talks: lists, lines, freed seats, the door, and nights that are cancelled."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bot.domain.people import Role
from bot.domain.theme_nights import theme_nights as rules
from bot.domain.theme_nights.theme_nights import State, Why
from bot.usecases.theme_nights import sign_ups, theme_nights
from tests.domain.theme_nights.test_theme_nights import NIGHT
from tests.model.house import House
from tests.model.prison import ESCORTED, KIOSKS

INVITED = ESCORTED[:3]
OPEN = "SELECT night, inmate, unit, revision FROM sign_ups WHERE state IN ('entered', 'waiting', 'offered', 'seated')"
PUBLISHED = "SELECT id, revision, starts, ends FROM theme_nights WHERE state = 'published' ORDER BY id"


class ThemeNights(House):
    """What coordinators, inmates and officers do with theme nights; a seat is wanted by more than there are."""

    @initialize(seats=st.integers(1, 2))
    def a_theme_night_to_begin_with(self, seats: int) -> None:
        self.run(self.try_as("TK1", lambda turn: self._publish(turn, 3, seats, lottery=False)))
        for inmate in INVITED:
            self._at_screen(inmate, lambda turn: sign_ups.join(turn, 1))

    @rule(days=st.integers(1, 6), seats=st.integers(1, 2), lottery=st.booleans(), seldom=st.integers(0, 1))
    def publish_a_theme_night(self, days: int, seats: int, lottery: bool, seldom: int) -> None:
        if seldom:
            self.run(self.try_as("TK1", lambda turn: self._publish(turn, days, seats, lottery=lottery)))

    async def _publish(self, turn: Any, days: int, seats: int, *, lottery: bool) -> None:
        starts = self._begins(turn.now, days)
        night = replace(
            NIGHT,
            id=0,
            state=State.DRAFT,
            starts=starts,
            ends=starts + timedelta(minutes=90),
            closes=rules.usual_closing(turn.hub, starts, turn.now),
            seats=seats,
            caps={"A": 1},
            lottery=lottery,
        )
        draft = await theme_nights.create(turn, night)
        await theme_nights.publish(turn, draft.id, draft.revision)

    def _begins(self, now: datetime, days: int) -> datetime:
        return now.replace(hour=17, minute=0, second=0, microsecond=0) + timedelta(days=days)

    def _at_screen(self, inmate: Any, work: Any) -> None:
        self.run(self.attempt(self.hub.as_inmate(inmate.id, KIOSKS[inmate.unit]), work))

    def _some(self, data: st.DataObject, sql: str) -> Any:
        found = self.run(self.hub.rows(sql))
        return data.draw(st.sampled_from(found)) if found else None

    @rule(data=st.data(), inmate=st.sampled_from(INVITED))
    def join(self, data: st.DataObject, inmate: Any) -> None:
        if night := self._some(data, PUBLISHED):
            self._at_screen(inmate, lambda turn: sign_ups.join(turn, night["id"]))

    @rule(data=st.data(), what=st.sampled_from(("withdraw", "accept", "decline")), by_staff=st.booleans())
    def answer(self, data: st.DataObject, what: str, by_staff: bool) -> None:
        mine = self._some(data, OPEN)
        if mine is None:
            return
        deed: Any = getattr(sign_ups, what)
        if by_staff:
            who = data.draw(st.sampled_from(self.with_role(Role.COORDINATOR | Role.OFFICER)))
            work = lambda turn: deed(turn, mine["night"], mine["revision"], mine["inmate"])  # noqa: E731  a turn's work
            self.run(self.try_as(who.id, work))
        else:
            inmate = self.inmates[mine["inmate"]]
            self._at_screen(inmate, lambda turn: deed(turn, mine["night"], mine["revision"]))

    @rule(data=st.data(), seats=st.integers(1, 4))
    def change_the_seats(self, data: st.DataObject, seats: int) -> None:
        if night := self._some(data, PUBLISHED):
            changed = lambda turn: theme_nights.change(turn, night["id"], night["revision"], seats=seats)  # noqa: E731  a turn's work
            self.run(self.try_as("TK1", changed))

    @rule(data=st.data(), why=st.sampled_from(Why), seldom=st.integers(0, 3))
    def cancel_a_theme_night(self, data: st.DataObject, why: Why, seldom: int) -> None:
        night = self._some(data, PUBLISHED)
        if night and seldom == 3:
            self.run(self.try_as("TK1", lambda turn: theme_nights.cancel(turn, night["id"], night["revision"], why)))

    @rule(data=st.data(), inmate=st.sampled_from(INVITED), came=st.booleans())
    def at_the_door(self, data: st.DataObject, inmate: Any, came: bool) -> None:
        night = self._some(data, PUBLISHED)
        if night is None:
            return
        early = datetime.fromisoformat(night["starts"]) - timedelta(minutes=30)
        if timedelta(0) < early - self.clock.now() < timedelta(hours=9):
            self.run(self._pass(early - self.clock.now()))
        self.run(self.try_as("TK1", lambda turn: sign_ups.tick(turn, night["id"], inmate.id, came=came)))
        self.run(self.try_as("TK1", lambda turn: sign_ups.walk_in(turn, night["id"], inmate.id)))
