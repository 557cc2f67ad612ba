"""Settings, read once when the hub starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypedDict

from bot import addresses
from bot.addresses import AddressFault
from bot.domain.whole import Whole

DEFAULT_PORT = 8080
DEFAULT_KIOSK_PORT = 8081
LAST_PORT = 65535
DATA, STAFF_DOOR, KIOSK_DOOR = "SAMTALELAPP_DATA", "SAMTALELAPP_STAFF", "SAMTALELAPP_KIOSKS"
"""What an image can say of where it runs: the folder and the doors of a container are always the same."""
SMTP = "SAMTALELAPP_SMTP_"
TELEGRAM_URL = "https://api.telegram.org"
HOUSE_TOKEN = "SAMTALELAPP_HOUSE_TOKEN"  # noqa: S105  the name of a setting
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
HOST = re.compile(r"[A-Za-z0-9.:_-]+", re.ASCII)


class SettingsFault(Exception):
    """A setting of the environment is wrong; the message says which and what would be right."""


class Tls(StrEnum):
    """How the way to the SMTP server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


SMTP_PORTS: Whole[Tls, int] = Whole(
    "the usual ports of an SMTP server", Tls, {Tls.STARTTLS: 587, Tls.TLS: 465, Tls.NONE: 25}
)


@dataclass(frozen=True, slots=True)
class Smtp:
    """The prison's SMTP server, and the address that letters come from; without a user it is not signed in to."""

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this hub runs. ``house_url`` names a house network in another process; none means in this one.

    The demo listens on ``host`` and ``port``, for everybody on this machine; every other hub on ``staff`` and
    ``kiosks``, for devices that have joined. ``hosts`` are the names under which those reach it. ``house_paced``: the
    house network takes no more than Telegram does.
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
    telegram_proxy: str | None = field(default=None, repr=False)
    house_url: str | None = None
    house_token: str | None = None
    house_paced: bool = False
    smtp: Smtp | None = None

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
    telegram_proxy: str | None
    house_url: str | None
    house_token: str | None
    house_paced: bool
    smtp: Smtp | None


def from_environment(environment: Mapping[str, str]) -> FromEnvironment:
    """Return the settings that stand in the environment, or raise SettingsFault."""
    token = environment.get("SAMTALELAPP_TELEGRAM_TOKEN") or None
    url, house_url = (_server(environment, f"SAMTALELAPP_{name}") for name in ("TELEGRAM_API_URL", "HOUSE_URL"))
    house_token = environment.get(HOUSE_TOKEN) or None
    if house_url and not house_token:
        raise SettingsFault(f"{HOUSE_TOKEN} is missing; SAMTALELAPP_HOUSE_URL needs it.")
    return {
        "telegram_token": token,
        "telegram_api_url": url,
        "telegram_proxy": _proxy(environment, url or TELEGRAM_URL) if token else None,
        "house_url": house_url,
        "house_token": house_token,
        "house_paced": _house_paced(environment.get("SAMTALELAPP_HOUSE_LIMITS") or None),
        "smtp": _smtp({name: value for name, value in environment.items() if name.startswith(SMTP) and value}),
    }


def _server(environment: Mapping[str, str], name: str) -> str | None:
    try:
        return addresses.server(name, environment.get(name) or None)
    except AddressFault as fault:
        raise SettingsFault(str(fault)) from None


def _proxy(environment: Mapping[str, str], address: str) -> str | None:
    try:
        return addresses.proxy(environment, address)
    except AddressFault as fault:
        raise SettingsFault(str(fault)) from None


def _house_paced(limits: str | None) -> bool:
    if limits not in {None, "telegram"}:
        raise SettingsFault(f"SAMTALELAPP_HOUSE_LIMITS is {limits!r}; it is telegram, or not set.")
    return limits is not None


def _smtp(given: Mapping[str, str]) -> Smtp | None:
    if not given:
        return None
    host, sender = _smtp_text(given, "HOST", HOST, "a host"), _smtp_text(given, "FROM", ADDRESS, "an e-mail address")
    tls = _smtp_tls(given, host)
    user, password = given.get(f"{SMTP}USER"), given.get(f"{SMTP}PASSWORD")
    if (user is None) != (password is None):
        raise SettingsFault(f"{SMTP}USER and {SMTP}PASSWORD belong together; set both, or neither.")
    return Smtp(host, _smtp_port(given, tls), sender, tls, user, password)


def _smtp_text(given: Mapping[str, str], name: str, right: re.Pattern[str], what: str) -> str:
    value = given.get(f"{SMTP}{name}")
    if value is None:
        raise SettingsFault(f"{SMTP}{name} is missing; letters need it as well as {', '.join(sorted(given))}.")
    if not right.fullmatch(value):
        raise SettingsFault(f"{SMTP}{name} is {value!r}, which is not {what}.")
    return value


def _smtp_port(given: Mapping[str, str], tls: Tls) -> int:
    value = given.get(f"{SMTP}PORT", str(SMTP_PORTS[tls]))
    if not (value.isascii() and value.isdecimal() and 0 < int(value) <= LAST_PORT):
        raise SettingsFault(f"{SMTP}PORT is {value!r}; a port is a number from 1 to {LAST_PORT}.")
    return int(value)


def _smtp_tls(given: Mapping[str, str], host: str) -> Tls:
    value = given.get(f"{SMTP}TLS", Tls.STARTTLS)
    if value not in set(Tls):
        raise SettingsFault(f"{SMTP}TLS is {value!r}; it is {', '.join(Tls)}.")
    if value == Tls.NONE and not addresses.on_this_machine(host):
        raise SettingsFault(f"{SMTP}TLS is none, but {host} is another machine; letters go there encrypted only.")
    return Tls(value)
