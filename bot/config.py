"""Settings, read once when the hub starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

DEFAULT_PORT = 8080
DEFAULT_KIOSK_PORT = 8081


@dataclass(frozen=True, slots=True)
class Settings:
    """How this hub runs. ``house_url`` names a house network in another process; none means in this one.

    The demo listens on ``host`` and ``port``, for everybody on this machine; every other hub on ``staff`` and
    ``kiosks``, for devices that have joined. ``hosts`` are the names under which those reach it.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    demo: bool = False
    bot_api: bool = False
    staff: tuple[str, int] = ("127.0.0.1", DEFAULT_PORT)
    kiosks: tuple[str, int] = ("127.0.0.1", DEFAULT_KIOSK_PORT)
    certificate: Path | None = None
    key_file: Path | None = None
    behind_proxy: bool = False
    hosts: tuple[str, ...] = ()
    telegram_token: str | None = None
    telegram_api_url: str | None = None
    house_url: str | None = None
    house_token: str | None = None

    @property
    def database(self) -> Path:
        """Where the hub's rows are."""
        return self.data / "samtalelapp.db"

    @property
    def house(self) -> Path:
        """Where the house network's chats are."""
        return self.data / "house.db"

    @property
    def key(self) -> Path:
        """Where the key file is; keep it out of the database's backups."""
        return self.data / "samtalelapp.key"

    @property
    def hub(self) -> Path:
        """Where the hub is described."""
        return self.data / "hub.yaml"


class FromEnvironment(TypedDict):
    """The settings that come from the environment: secrets do not stand in a command line."""

    telegram_token: str | None
    telegram_api_url: str | None
    house_url: str | None
    house_token: str | None


def from_environment(environment: Mapping[str, str]) -> FromEnvironment:
    """Return the settings that stand in the environment."""
    return {
        "telegram_token": environment.get("SAMTALELAPP_TELEGRAM_TOKEN") or None,
        "telegram_api_url": environment.get("SAMTALELAPP_TELEGRAM_API_URL") or None,
        "house_url": environment.get("SAMTALELAPP_HOUSE_URL") or None,
        "house_token": environment.get("SAMTALELAPP_HOUSE_TOKEN") or None,
    }
