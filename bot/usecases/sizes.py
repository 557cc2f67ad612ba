"""Whether a hub has room for one more: as many as its file may describe, and no more."""

from bot.domain import sizes as rules
from bot.store import people
from bot.usecases.turn import Turn


async def room_for_inmate(turn: Turn) -> None:
    """Refuse to add somebody where the hub has no room for more inmates."""
    rules.one_more_inmate(len(await people.inmates(turn.tx)))


async def room_for_staff(turn: Turn) -> None:
    """Refuse to add somebody where the hub has no room for more of the staff; whoever has left takes none."""
    rules.one_more_of_staff(len(await people.everybody(turn.tx)))


async def no_inmate_more(turn: Turn) -> bool:
    """Say whether the hub has no room for more inmates."""
    return len(await people.inmates(turn.tx)) >= rules.MOST["inmates"]


async def nobody_more(turn: Turn) -> bool:
    """Say whether the hub has no room for more of the staff."""
    return len(await people.everybody(turn.tx)) >= rules.MOST["staff"]
