"""What somebody can gain who sprays: by counting, and by trying many thousand times."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from bot.domain import people
from bot.domain.inmates.pins import PinCode
from bot.domain.people import Person, Role
from bot.domain.screen import closings
from bot.domain.screen.closings import Closing, keepers, may_open
from tests.domain.inmates.test_pins import FEWEST, allowed
from tests.proving import PROVE

PROMISED = Fraction(2, 1000)
OPENINGS = 100_000 if PROVE else 20_000
NUMBERS = [f"A{place:02}" for place in range(1, 19)]
CLOSED_AT = datetime(2027, 1, 13, 9, tzinfo=UTC)


def test_the_twentieth_try_is_the_one_that_is_not_looked_at() -> None:
    assert [closings.is_last(wrong) for wrong in (0, 18, 19, 20)] == [False, False, True, True]
    assert [closings.is_last(wrong, guesses=2) for wrong in (0, 17, 18, 19)] == [False, False, True, True]


def test_nineteen_guesses_are_within_what_is_promised_and_twenty_would_not_be() -> None:
    guesses = next(wrong for wrong in range(100) if closings.is_last(wrong))
    assert (guesses, Fraction(guesses, FEWEST) <= PROMISED < Fraction(guesses + 1, FEWEST)) == (19, True)
    one_time_code = Fraction(1, 10_000)
    assert one_time_code <= Fraction(1, FEWEST), "a guess at a code, in place of the PIN, is worth no more"


def test_three_wrong_tries_bring_a_pause_and_so_many_fewer_are_left_before_it() -> None:
    left = {wrong: closings.tries_left(wrong) for wrong in range(6)}
    assert left == {0: 3, 1: 2, 2: 1, 3: 0, 4: 0, 5: 0}
    assert {wrong for wrong in left if people.pause_after(wrong)} == {wrong for wrong in left if not left[wrong]}


@dataclass
class Wing:
    """Eighteen people with PINs that the rules let them make, one of whom has just got a one-time code.

    With ``pin_letters`` every other has a PIN letter as well, whose code is good beside the PIN.
    """

    random: Random
    pin_letters: bool = False
    secrets: dict[str, str] = field(default_factory=dict)
    code: PinCode = field(init=False)

    def __post_init__(self) -> None:
        self.code = PinCode(self.random.choice(NUMBERS), f"{self.random.randrange(10_000):04}", CLOSED_AT, "KB-A1")

    def opens(self, number: str, guess: str) -> bool:
        """Judge a guess as the hub does: a good code stands in place of the PIN."""
        if number != self.code.inmate or self.code.dead:
            by_pin_letter = self.pin_letters and f"{self.random.randrange(10_000):04}" == guess
            return by_pin_letter or self.secrets.setdefault(number, self.random.choice(allowed(number))) == guess
        self.code = self.code.missed()
        return self.code.stamp == guess

    def guesses(self, number: str) -> int:
        """Count a try as the hub does: at whoever has a PIN and a letter it is two."""
        return 2 if self.pin_letters and (number != self.code.inmate or self.code.dead) else 1


def sprays(random: Random, *, pin_letters: bool) -> bool:
    """Say whether somebody gets in who knows every number and the rules, from an opening to the next closing."""
    wing, wrong = Wing(random, pin_letters), 0
    tried, open_numbers = Counter[str](), list(NUMBERS)
    while True:
        number = random.choice(open_numbers)
        guesses = wing.guesses(number)
        if closings.is_last(wrong, guesses):
            return False
        if wing.opens(number, random.choice(allowed(number))):
            return True
        wrong += guesses
        tried[number] += 1
        if people.pause_after(tried[number] + 1):
            # Never so often at one number that it takes a pause.
            open_numbers.remove(number)


@pytest.mark.parametrize("letters", [False, True], ids=["without letters", "with letters everywhere"])
def test_whoever_sprays_gets_in_as_often_as_counting_says(letters: bool) -> None:
    random = Random(2027)
    got_in = sum(sprays(random, pin_letters=letters) for _ in range(OPENINGS))
    expected = OPENINGS * (18.5 if letters else 19) / FEWEST
    assert expected <= OPENINGS * PROMISED
    assert abs(got_in - expected) < 4 * expected**0.5


def test_that_a_kiosk_has_closed_is_told_to_officers_of_its_unit_who_hear_it_or_else_to_coordinators() -> None:
    def somebody(name: str, role: Role, units: str) -> Person:
        return Person(name, role, name, "nb", units=frozenset(units))

    officer, other = somebody("KB", Role.OFFICER, "A"), somebody("KX", Role.OFFICER, "C")
    coordinator, adviser = somebody("TK", Role.COORDINATOR, "AB"), somebody("N", Role.PROVIDER, "AB")
    everybody = [officer, other, coordinator, adviser]
    told = [keepers(unit, everybody, ("KB", "KX", "TK", "N")) for unit in "ABCN"]
    assert told == [[officer], [coordinator], [other], [coordinator]]
    assert [keepers(unit, everybody, ("TK",)) for unit in "AC"] == [[coordinator], [coordinator]]
    assert [keepers(unit, everybody, ()) for unit in "AC"] == [[officer], [other]], "they hear it when they can"
    assert [may_open(each, "A") for each in everybody] == [True, False, True, False]
    assert Closing("K-A", "A", 1, CLOSED_AT) != Closing("K-A", "A", 2, CLOSED_AT + timedelta(hours=1))
