"""What is done at the desk of the hub: staff, screens, sessions, settings, and chats that are lost."""

from bot.domain.chat.accounts import Away
from bot.domain.people import Role
from bot.domain.settings import Setting
from bot.domain.slips.slips import Reason
from bot.store import accounts as rows_of_accounts
from bot.usecases import retention, settings
from bot.usecases.chat import accounts
from bot.usecases.staff import staff
from bot.usecases.theme_nights import days
from bot.usecases.timetable import sessions
from bot.usecases.turn import Turn
from tests.views.deeds.doing import THURSDAY, Deed, by, later


async def _hire(turn: Turn) -> None:
    await staff.add(await by(turn, "ADM"), Role.PROVIDER, None, ["nav"], ["A"])


async def _rescope(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "N2")
    await staff.toggle_unit(turn, "N2", "N", member.revision)


async def _revoke(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "N1")
    await staff.revoke(turn, "N1", member.revision)


async def _revoke_all_of_a_service(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "H1")
    await staff.revoke(turn, "H1", member.revision)


async def _reads(turn: Turn) -> None:
    before = int(turn.hub.coordinator_reads)
    await settings.change(await by(turn, "ADM"), Setting.READS, 1 - before, before)


async def _idle(turn: Turn) -> None:
    before = int(turn.hub.lock_after.total_seconds())
    await settings.change(await by(turn, "ADM"), Setting.LOCK, before + 30, before)


async def _cancel_session(turn: Turn) -> None:
    week = await sessions.week(await by(turn, "TK1"), "-", THURSDAY)
    found = next(each for each in week if each.session.adviser == "N1" and each.talks)
    await sessions.cancel(turn, found.id, Reason.ILL, sessions.seen(found.hit(turn.now)))


async def _away(turn: Turn) -> None:
    for who in ("N1", "N2", "N3"):
        for reader in await _chats(turn, who):
            await rows_of_accounts.lose(turn.tx, Away(*reader, turn.now))


async def _chats(turn: Turn, who: str) -> list[tuple[str, int]]:
    rows = await turn.tx.rows("SELECT network, chat_id FROM accounts WHERE person = :who", who=who)
    return [(row["network"], row["chat_id"]) for row in rows]


async def _lost(turn: Turn) -> None:
    [place] = await _chats(turn, "N1")
    await accounts.lost(turn, Away(*place, turn.now).about)


async def _back(turn: Turn) -> None:
    [place] = await _chats(turn, "N1")
    await rows_of_accounts.regain(turn.tx, *place)
    await accounts.back(turn, Away(*place, turn.now).about)


async def _much_later(turn: Turn) -> None:
    later(turn, days=200)


async def _close_what_is_quiet(turn: Turn) -> None:
    await retention.close_quiet(turn)


async def _fill(turn: Turn) -> None:
    await days.fill_all(turn)


OFFICE = [
    Deed("office", "hire", _hire),
    Deed("office", "another scope", _rescope),
    Deed("office", "send away", _revoke),
    Deed("office", "a service without anybody", _revoke_all_of_a_service),
    Deed("office", "what coordinators read", _reads),
    Deed("office", "cancel a session", _cancel_session),
    Deed("office", "when screens lock", _idle),
    Deed("office", "reaches nobody", _lost, _away),
    Deed("office", "works again", _back, _away),
    Deed("office", "what nobody comes back to is closed", _close_what_is_quiet, _much_later),
    Deed("office", "the days are filled", _fill),
]
