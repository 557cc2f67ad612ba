"""Addresses of networks and proxies as they stand in the environment, and what is wrong with them in one sentence."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined] # typeshed leaves it out

HTTPS_PROXY = "HTTPS_PROXY"


class AddressFault(Exception):
    """An address cannot be used; the message names the setting, and says what would be right."""


def on_this_machine(host: str) -> bool:
    """Say whether what goes to a host never leaves this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def server(name: str, given: str | None) -> str | None:
    """Return the address of a server, without a slash at its end; or raise AddressFault.

    The bot's token stands in every address that is asked for, and what people write in every body: other machines are
    spoken to encrypted only.
    """
    if given is None:
        return None
    parts = _parts(name, given, "https://bot.example.org:8081")
    if parts.scheme not in {"http", "https"}:
        raise AddressFault(
            f"{name} begins with {parts.scheme}://; the hub speaks https://, and http:// on this machine."
        )
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise AddressFault(f"{name} is more than an address; leave user, password, ? and # out.")
    if parts.scheme == "http" and not on_this_machine(str(parts.hostname)):
        raise AddressFault(
            f"{name} is http://, but {parts.hostname} is another machine; the token and what people write go there"
            " encrypted only: https://"
        )
    return given.rstrip("/")


def proxy(environment: Mapping[str, str], address: str) -> str | None:
    """Return the proxy through which an address is asked, as HTTPS_PROXY and NO_PROXY say; or raise AddressFault."""
    set_to = {name.lower(): value for name, value in environment.items() if name.lower() in {"https_proxy", "no_proxy"}}
    given, parts = set_to.get("https_proxy"), urlsplit(address)
    excepted = proxy_bypass_environment(parts.netloc, {"no": set_to.get("no_proxy", "")})
    if not given or parts.scheme != "https" or excepted:
        return None
    if _parts(HTTPS_PROXY, given, "http://proxy.example.org:3128").scheme != "http":
        raise AddressFault(f"{HTTPS_PROXY} does not begin with http://; the hub speaks to no other proxy.")
    return given


def _parts(name: str, given: str, example: str) -> SplitResult:
    # What was given is not repeated: a proxy's address may hold a password, and two settings may have been mixed up.
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise AddressFault(f"{name} has no port from 1 to 65535, or no host; it looks like {example}.") from None
    if not (parts.scheme and parts.hostname and "://" in given):
        raise AddressFault(f"{name} has no scheme or no host; it looks like {example}.")
    if port == 0 or any(each.isspace() or not each.isprintable() for each in given):
        raise AddressFault(f"{name} is no address; it looks like {example}.")
    return parts
