"""Keeping the chats of the staff to what somebody can still need."""

from bot.domain import calendar
from bot.domain.chat import chats as rules
from bot.domain.chat.chats import Facts, Kept
from bot.domain.notices.notices import State
from bot.domain.people import Person
from bot.store import accounts, clearing, closings, notices, theme_nights
from bot.store import slips as store
from bot.usecases.turn import Turn


async def no_longer_needed(turn: Turn) -> list[tuple[Person, str]]:
    """Return the messages of the staff's chats that nobody can need any more: whose, and the key of each."""
    found = await clearing.in_chats_of_staff(turn.tx)
    await clearing.forget_moved(turn.tx)
    return [(each.person, each.key) for each in rules.over(found, await _facts(turn, found))]


async def _facts(turn: Turn, found: list[Kept]) -> Facts:
    codes = {code for each in found if (code := each.use.slip)}
    nights = await theme_nights.ending_after(turn.tx, turn.now - 2 * rules.WEEK)
    standing = await notices.ending_after(turn.tx, turn.now - rules.WEEK)
    return Facts(
        today=calendar.today(turn.hub, turn.now),
        now=turn.now,
        slips={slip.code: slip for slip in await store.of_codes(turn.tx, codes)},
        theme_nights={night.id: night.ends for night in nights},
        notices={notice.id: notice.ends for notice in standing if notice.state is State.PUBLISHED},
        away=frozenset(each.about for each in await accounts.every_away(turn.tx)),
        closed=frozenset(each.about for each in await closings.closed(turn.tx)),
    )
