"""Changing what the hub does, without a file and without a restart; the log is the history (F52)."""

from bot.domain import settings as rules
from bot.domain.audit import Entry
from bot.domain.refusals import Stale
from bot.domain.settings import Setting
from bot.store import audit
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


async def history(turn: Turn, setting: Setting) -> list[Entry]:
    """Return the newest changes of a setting, the newest first."""
    return await audit.of_setting(turn.tx, setting, SHOWN)
