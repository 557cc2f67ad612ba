"""What a theme night counted, for whoever plans the next one (J10)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.theme_nights.sign_ups import SignUp, Source, State

SUGGEST_ANOTHER = 4
"""When so many wait, a second theme night is suggested."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a night shows for planning: everybody who wanted to come, and what became of them."""

    wanted: int
    seated: int
    offered: int
    waiting: int
    entered: int
    came: int
    by_unit: Mapping[str, int]
    called_off: int = 0


def tally(line: Sequence[SignUp]) -> Tally:
    """Count a night's list. Who gave a seat back wanted to come as well; who was let in by mistake did not."""
    states = [each.state for each in line]
    seated = [each for each in line if each.seat is not None]
    by_unit = Counter(each.unit for each in seated)
    return Tally(
        wanted=sum(each.source is not Source.DOOR or each.state is not State.WITHDRAWN for each in line),
        seated=len(seated),
        offered=states.count(State.OFFERED),
        waiting=states.count(State.WAITING),
        entered=states.count(State.ENTERED),
        came=states.count(State.CAME),
        by_unit=dict(sorted(by_unit.items())),
        called_off=states.count(State.CALLED_OFF),
    )


def suggests_another(counted: Tally) -> bool:
    """Say whether so many wait that a second theme night is worth it (J10)."""
    return counted.waiting >= SUGGEST_ANOTHER
