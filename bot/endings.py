"""The exit codes by which a machine knows what has kept a command from being carried out."""

from bot.config import SettingsFault
from bot.hubfile import HubFileFault
from bot.languages import CatalogueFault
from bot.rights import FolderFault
from bot.store.files import DatabaseFault
from bot.store.keys import KeyFault

FAULTS: dict[type[Exception], int] = {
    HubFileFault: 3,
    DatabaseFault: 4,
    KeyFault: 5,
    SettingsFault: 11,
    FolderFault: 12,
    CatalogueFault: 13,
}
"""What any command may meet; a hub that runs may meet more (``app.FAULTS``)."""
