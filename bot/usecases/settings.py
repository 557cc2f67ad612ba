"""Changing what the hub does, without a file and without a restart; the log is the history (F52)."""

from bot.domain import settings as rules
from bot.domain import subjects
from bot.domain.audit import Entry
from bot.domain.people import BY_PHONE
from bot.domain.refusals import Stale
from bot.domain.settings import Setting
from bot.store import audit, people
from bot.store import settings as store
from bot.usecases import hub
from bot.usecases.turn import Turn

SHOWN = 5


async def change(turn: Turn, setting: Setting, value: int, shown: int) -> None:
    """Change a setting that stood at ``shown``; if somebody has changed it since, nothing happens."""
    if rules.value_of(turn.hub, setting) != shown:
        raise Stale
    rules.checked(turn.hub, setting, value)
    if value == shown:
        return
    await store.put(turn.tx, setting, str(value), turn.person.id, turn.now)
    await turn.note("setting", str(setting), str(value))
    await hub.recompose(turn)
    if setting is Setting.READS and not value:
        await _close_slips(turn)


async def _close_slips(turn: Turn) -> None:
    """Let nothing that the coordinators have read of a slip stand in their chats any longer (F22)."""
    named = subjects.named(*(each.id for each in await people.inmates(turn.tx)))
    for coordinator in await people.with_role(turn.tx, BY_PHONE):
        turn.hide(coordinator.id, named)


async def history(turn: Turn, setting: Setting) -> list[Entry]:
    """Return the newest changes of a setting, the newest first."""
    return await audit.of_setting(turn.tx, setting, SHOWN)
