"""Anything in any order, as it comes in a prison: after every step the rows still fit together.

The use cases, the database and what is due are the real ones; time jumps, the hub is closed and opened again, and
people press what they see.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant

from bot.domain.slips.slips import State
from bot.usecases.hub import composed
from tests.hub.real_turns import demo_hub
from tests.model.slips import ENDED
from tests.model.theme_nights import ThemeNights
from tests.proving import PROVE
from tests.watches import invariants

LONGEST_UNTOLD = timedelta(days=20)
"""Five working days and all that may lie between them, Easter and closing days too."""


class Prison(ThemeNights):
    """Slips of four people, everything that staff and time do to them, and what is always true of them."""

    def __init__(self) -> None:
        super().__init__()
        self.told: set[str] = set()

    @invariant()
    def everything_fits_together(self) -> None:
        if self.opened:
            self.run(invariants.check(self.hub.rows, demo_hub()))
            self.run(invariants.check_due(self.hub.turns, self.clock.now()))

    @invariant()
    def every_slip_is_there_once_until_its_time_is_over(self) -> None:
        if self.opened:
            deleted = {
                row["about"] for row in self.run(self.hub.rows("SELECT about FROM audit WHERE action = 'delete'"))
            }
            assert not deleted & set(self.known)
            assert deleted | set(self.known) == self.sent

    @invariant()
    def a_promise_never_lies_in_the_past(self) -> None:
        waiting = self.slips_in(State.WAITING)
        assert all(slip.answer_by > self.clock.now() for slip in waiting)

    @invariant()
    def what_is_open_has_a_date_ahead(self) -> None:
        if self.opened:
            offers = [
                slip
                for slip in self.slips_in(State.OFFERED)
                if slip.offer_until and slip.offer_until <= self.clock.now()
            ]
            talks = self.run(
                self.hub.rows("SELECT slip FROM bookings WHERE outcome = 'live' AND ends <= :at", at=self._long_ago())
            )
            assert (offers, talks) == ([], [])

    def _long_ago(self) -> str:
        return (self.clock.now() - LONGEST_UNTOLD).isoformat(timespec="microseconds")

    @invariant()
    def whoever_has_a_slip_may_answer_it(self) -> None:
        able = {each.id: each for each in self.staff}
        taken = [slip for slip in self.known.values() if slip.adviser and slip.state not in ENDED]
        lost = [slip for slip in taken if slip.adviser not in able]
        lost += [slip for slip in taken if not able[str(slip.adviser)].answers(slip.service, slip.unit)]
        assert lost == []

    @invariant()
    def the_hub_is_what_its_rows_make_it(self) -> None:
        if self.opened:
            self.run(self._compare())

    async def _compare(self) -> None:
        async with self.hub.turns.database.reading() as tx:
            assert await composed(tx, demo_hub()) == self.hub.turns.hub

    @invariant()
    def nobody_is_reminded_of_what_has_ended(self) -> None:
        if self.opened:
            rows = self.run(self.hub.rows("SELECT key FROM messages WHERE key LIKE 'reminder:%' AND text IS NOT NULL"))
            keys = {row["key"] for row in rows}
            assert [key for key in keys - self.told if self.known[key.split(":")[1]].state in ENDED] == []
            self.told |= keys

    @invariant()
    def nothing_that_is_due_is_left_undone(self) -> None:
        if self.opened:
            late = self.run(self.hub.rows("SELECT * FROM reminders WHERE done IS NULL"))
            now = self.clock.now().isoformat(timespec="microseconds")
            assert [row for row in late if row["at"] <= now] == []

    @property
    def opened(self) -> bool:
        return bool(self.staff)


TestAPrison = pytest.mark.long(Prison.TestCase)
TestAPrison.settings = settings(
    max_examples=400 if PROVE else 15,
    stateful_step_count=60 if PROVE else 40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, *((Phase.shrink,) if PROVE else ())),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
