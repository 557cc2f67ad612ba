"""Nothing is kept longer than it is of use: ended slips go, and quiet ones come to an end."""

from datetime import timedelta

from bot.domain.reminders import Kind
from bot.domain.slips import quiet
from bot.domain.slips import slips as rules
from bot.domain.slips.slips import Side, Slip
from bot.domain.subjects import TODAY, About, Subject
from bot.domain.theme_nights import tallies
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.store import claims, notices, reminders, sign_ups, subjects, theme_nights
from bot.store import slips as store
from bot.usecases.slips import steps
from bot.usecases.turn import Turn

AT_MOST = 500
"""So many slips a night; one turn holds the house's only transaction, and the next night goes on."""


def begin_day(turn: Turn) -> None:
    """Say that it is another day: what stands about the day before says so."""
    turn.touch(TODAY)


async def close_quiet(turn: Turn) -> list[Slip]:
    """End the slips that were answered, or whose talk did not happen, and of which nothing was heard for two weeks.

    What the inmate has not been told stays open for whoever is to tell it, but not longer than an ended slip is kept.
    """
    longest = turn.now - timedelta(days=turn.hub.retention_days)
    found = await store.quiet_since(turn.tx, quiet.quiet_since(turn.hub, turn.now))
    told = [slip for slip in found if not slip.news or (slip.last_at or slip.answer_by) < longest]
    return [await steps.keep(turn, slip, rules.close(slip, Side.HUB)) for slip in told[:AT_MOST]]


async def delete_lists(turn: Turn) -> list[str]:
    """Delete the lists of the nights that ended longer ago than slips are kept, with every message about them.

    How many wanted to come stays, for planning. Return the kiosks that showed one of them just now.
    """
    before = turn.now - timedelta(days=turn.hub.retention_days)
    await notices.delete_ended(turn.tx, before)
    nights = (await theme_nights.with_list_before(turn.tx, before))[:AT_MOST]
    shown = await subjects.at_kiosks(turn.tx, turn.keys, {Subject(About.LIST, str(night.id)) for night in nights})
    for night in nights:
        await _forget_list(turn, night)
    return shown


async def _forget_list(turn: Turn, night: ThemeNight) -> None:
    line = await sign_ups.of_theme_night(turn.tx, night.id)
    for each in line:
        await claims.give_back(turn.tx, each.holder)
        await reminders.cancel(turn.tx, f"{each.night}/{each.inmate}", [Kind.SEAT_PASSES])
    await theme_nights.keep_tally(turn.tx, night.id, tallies.tally(line))
    if line:
        await subjects.take_away(turn.tx, {Subject(About.LIST, str(night.id))})
        await turn.note("night_forgotten", night.holder)


async def delete_old(turn: Turn) -> list[str]:
    """Delete the slips that ended longer ago than they are kept, with every message about them; the log stays.

    Return the kiosks that showed one of them just now: they are to be locked.
    """
    codes = await store.ended_before(turn.tx, turn.now - timedelta(days=turn.hub.retention_days))
    codes = codes[:AT_MOST]
    if not codes:
        return []
    gone = {Subject(About.SLIP, code) for code in codes}
    shown = await subjects.at_kiosks(turn.tx, turn.keys, gone)
    await subjects.take_away(turn.tx, gone)
    for code in codes:
        await store.delete(turn.tx, code)
        await turn.note("delete", code)
    return shown
