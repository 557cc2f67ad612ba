"""What is done at the desk of the hub: staff, screens, sessions, settings, and chats that are lost."""

from bot.domain.chat.accounts import Away
from bot.domain.people import Role
from bot.domain.settings import Setting
from bot.domain.slips.slips import Reason
from bot.domain.subjects import About
from bot.domain.timetable import plans as plans_of
from bot.store import accounts as rows_of_accounts
from bot.store.moments import to_text
from bot.usecases import languages, retention, settings
from bot.usecases.chat import accounts, desks, owed
from bot.usecases.chat.flows import At
from bot.usecases.staff import staff
from bot.usecases.theme_nights import coming
from bot.usecases.timetable import plans, sessions
from bot.usecases.turn import Turn
from handlers.timetable.plans import FLOW
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


async def _sign_language(turn: Turn) -> None:
    await languages.sign(await by(turn, "ADM"), "ar")


async def _take_language_back(turn: Turn) -> None:
    await languages.take_back(await by(turn, "ADM"), "ar")


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


async def _say_to_n2(turn: Turn, fault: str | None = None) -> None:
    """Let N2 be owed the answer to something that was pressed; with a ``fault`` the network has refused it."""
    [(network, chat)] = await _chats(turn, "N2")
    await turn.tx.run(
        "INSERT INTO messages (network, chat_id, key, of_use, text, buttons, neutral, lane, revision, shown, fault,"
        " wanted_at) VALUES (:network, :chat, 'said:0', 'moment:', 'Takk.', '[]', 1, 0, 1, 0, :fault, :at)",
        network=network,
        chat=chat,
        fault=fault,
        at=to_text(turn.now),
    )


async def _owed(turn: Turn) -> None:
    await _say_to_n2(turn)
    later(turn, hours=1)


async def _weigh(turn: Turn) -> None:
    await owed.weigh(turn, "house")


async def _not_arrived(turn: Turn) -> None:
    await _say_to_n2(turn, "Forbidden")
    owed.not_arrived(turn)


async def _refused_long_ago(turn: Turn) -> None:
    await _say_to_n2(turn, "Forbidden")
    later(turn, hours=1)


async def _forget_refused(turn: Turn) -> None:
    await owed.forget_refused(turn)


async def _before_midnight(turn: Turn) -> None:
    turn.now = turn.now.replace(hour=22, minute=59, second=59)


async def _another_day(turn: Turn) -> None:
    later(turn, seconds=1)
    retention.begin_day(turn)


async def _ended_long_ago(turn: Turn) -> None:
    await by(turn, "SK1")
    await turn.tx.run("UPDATE slips SET state = 'closed', ended_at = :at WHERE code = 'FJ-110'", at=to_text(turn.now))
    later(turn, days=200)


async def _delete_old(turn: Turn) -> None:
    await retention.delete_old(turn)
    await retention.delete_lists(turn)


async def _new_session(turn: Turn) -> None:
    await _put_together(await by(turn, "TK1"))


async def _put_together(turn: Turn, **more: str) -> None:
    draft = {"prison": "-", "service": "bolig", "adviser": "H1", "room": "R2", "day": "2027-01-15", "minutes": "30"}
    desk = await desks.begin(turn, plans.TASK, **draft, hours="0900-1200", **more)
    seen = (
        sessions.seen(await sessions.hit_by_move(turn, more["moving"], plans_of.session_of(desk.draft))) if more else ""
    )
    await plans.finish(At(FLOW, turn, desk), seen)


async def _moved_session(turn: Turn) -> None:
    week = await sessions.week(await by(turn, "TK1"), "-", THURSDAY + sessions.WEEK)
    found = next(each for each in week if each.session.adviser == "H1")
    await _put_together(turn, moving=found.id)


async def _fill(turn: Turn) -> None:
    await coming.fill_all(turn)


OFFICE = [
    Deed("office", "hire", _hire),
    Deed("office", "another scope", _rescope),
    Deed("office", "send away", _revoke),
    Deed("office", "a service without anybody", _revoke_all_of_a_service),
    Deed("office", "what coordinators read", _reads),
    Deed("office", "cancel a session", _cancel_session),
    Deed("office", "when screens lock", _idle),
    Deed("office", "sign a language off", _sign_language),
    Deed("office", "let a language be read again", _take_language_back, _sign_language),
    Deed("office", "reaches nobody", _lost, _away),
    Deed("office", "works again", _back, _away),
    Deed("office", "what nobody comes back to is closed", _close_what_is_quiet, _much_later),
    Deed("office", "the days are filled", _fill),
    Deed("office", "comes too late", _weigh, _owed),
    Deed("office", "does not arrive", _not_arrived),
    Deed("office", "is of no use any more", _forget_refused, _refused_long_ago),
    Deed("office", "it is another day", _another_day, _before_midnight),
    Deed("office", "what ended long ago goes", _delete_old, _ended_long_ago, frozenset({About.SLIP, About.LIST})),
    Deed("office", "a new session", _new_session),
    Deed("office", "move a session", _moved_session),
]
