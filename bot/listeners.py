"""What a hub is listened to on: bound addresses, each for one kind of visitor, and the names they answer to."""

import socket
import ssl
from dataclasses import dataclass

from bot.addresses import on_this_machine
from bot.config import Settings
from bot.gateway.doors import gate, server
from bot.gateway.doors.server import DoorFault

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  it is named here to be refused without a host name
KIOSK, STAFF, DEMO = "kiosk", "staff", "demo"


@dataclass(frozen=True)
class Listener:
    """A bound address for one kind of visitor: kiosks, staff, or everybody who tries the demo.

    At ``most`` so many connections are open there at once.
    """

    kind: str
    host: str
    socket: socket.socket
    tls: ssl.SSLContext | None
    most: int

    @property
    def address(self) -> str:
        """Where its page is."""
        host = LOCAL_HOSTS[0] if self.kind == DEMO and self.host in EVERYWHERE else self.host
        host = f"[{host}]" if ":" in host else host
        return f"http{'s' if self.tls else ''}://{host}:{self.socket.getsockname()[1]}/"


def listen(settings: Settings) -> list[Listener]:
    """Bind what the settings ask for, before anything else is started; DoorFault and PortTaken say what is wrong."""
    asked = [(DEMO, settings.host, settings.port)] if settings.demo else _asked(settings)
    tls = _tls(settings)
    bound: list[Listener] = []
    try:
        for kind, host, port in asked:
            bound.append(Listener(kind, host, server.bind(host, port), tls, gate.most(len(asked))))
    except server.PortTaken:
        for listener in bound:
            listener.socket.close()
        raise
    return bound


def _asked(settings: Settings) -> list[tuple[str, str, int]]:
    asked = [(STAFF, *settings.staff), (KIOSK, *settings.kiosks)]
    for _kind, host, _port in asked:
        _check(settings, host)
    if settings.bot_api and (settings.behind_proxy or not on_this_machine(settings.staff[0])):
        message = "--bot-api is for tests on this machine alone. Leave it out, or listen on 127.0.0.1 without a proxy."
        raise DoorFault(message)
    return asked


def _check(settings: Settings, host: str) -> None:
    if not (on_this_machine(host) or settings.certificate or settings.behind_proxy):
        message = (
            f"{host} can be reached by other machines, and without encryption everybody on the way can read along."
            " Give --certificate and --key-file, or --behind-proxy."
        )
        raise DoorFault(message)
    if not settings.hosts and (settings.behind_proxy or host in EVERYWHERE):
        message = "Say with --host under which name the devices reach the hub, such as --host hub.example.org."
        raise DoorFault(message)


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.certificate is None and settings.key_file is None:
        return None
    if settings.certificate is None or settings.key_file is None:
        message = "TLS needs both --certificate and --key-file."
        raise DoorFault(message)
    if settings.behind_proxy:
        message = "Either the hub ends TLS (--certificate) or the proxy does (--behind-proxy). Leave one out."
        raise DoorFault(message)
    return server.tls(settings.certificate, settings.key_file)


def hosts(settings: Settings) -> list[str]:
    """Return the host names that the pages answer to."""
    bound = [] if settings.demo else [host for host, _port in (settings.staff, settings.kiosks)]
    own = [f"[{host}]" if ":" in host else host for host in bound if host not in EVERYWHERE]
    return [*dict.fromkeys([*LOCAL_HOSTS, *own, *(name.lower() for name in settings.hosts)])]


def is_secure(settings: Settings, listener: Listener) -> bool:
    """Say whether what comes to a listener has come over TLS."""
    return listener.tls is not None or settings.behind_proxy
