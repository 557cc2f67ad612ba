"""Settings from the environment: read once, and told clearly where they are wrong."""

import pytest

from bot.config import SettingsFault, Smtp, Tls, from_environment
from tests.watches.hushed import sings

HOST, PORT, FROM, TLS, USER, PASSWORD = (
    f"SAMTALELAPP_SMTP_{name}" for name in ("HOST", "PORT", "FROM", "TLS", "USER", "PASSWORD")
)
LIMITS = "SAMTALELAPP_HOUSE_LIMITS"
LEAST = {HOST: "post.example.org", FROM: "hub@example.org"}


def test_without_an_smtp_server_there_is_none() -> None:
    assert from_environment({"PATH": "/bin", HOST: ""})["smtp"] is None


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, Smtp("post.example.org", 587, "hub@example.org")),
        ({TLS: "tls"}, Smtp("post.example.org", 465, "hub@example.org", Tls.TLS)),
        ({TLS: "none", HOST: "127.0.0.1"}, Smtp("127.0.0.1", 25, "hub@example.org", Tls.NONE)),
        ({TLS: "none", HOST: "localhost"}, Smtp("localhost", 25, "hub@example.org", Tls.NONE)),
        (
            {PORT: "2525", USER: "hub", PASSWORD: "x"},
            Smtp("post.example.org", 2525, "hub@example.org", Tls.STARTTLS, "hub", "x"),
        ),
    ],
)
def test_an_smtp_server_is_read(more: dict[str, str], found: Smtp) -> None:
    assert from_environment({**LEAST, **more})["smtp"] == found


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({HOST: "post.example.org"}, f"{FROM} is missing; letters need it as well as {HOST}."),
        ({FROM: "hub@example.org", PORT: "25"}, f"{HOST} is missing; letters need it as well as {FROM}, {PORT}."),
        ({**LEAST, HOST: "post example"}, f"{HOST} is 'post example', which is not a host."),
        ({**LEAST, FROM: "hub"}, f"{FROM} is 'hub', which is not an e-mail address."),
        (
            {**LEAST, FROM: "hub@example.org\nBcc: x@y.org"},
            f"{FROM} is 'hub@example.org\\nBcc: x@y.org', which is not an e-mail address.",
        ),
        ({**LEAST, PORT: "0"}, f"{PORT} is '0'; a port is a number from 1 to 65535."),
        ({**LEAST, PORT: "smtp"}, f"{PORT} is 'smtp'; a port is a number from 1 to 65535."),
        ({**LEAST, TLS: "yes"}, f"{TLS} is 'yes'; it is starttls, tls, none."),
        (
            {**LEAST, TLS: "none"},
            f"{TLS} is none, but post.example.org is another machine; letters go there encrypted only.",
        ),
        ({**LEAST, USER: "hub"}, f"{USER} and {PASSWORD} belong together; set both, or neither."),
        ({**LEAST, PASSWORD: "CANARY"}, f"{USER} and {PASSWORD} belong together; set both, or neither."),
    ],
)
def test_a_setting_that_is_wrong_is_told(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environment(given)
    assert str(fault.value) == told


@pytest.mark.parametrize(("environment", "paced"), [({}, False), ({LIMITS: ""}, False), ({LIMITS: "telegram"}, True)])
def test_the_house_is_paced_as_telegram_is_when_that_is_asked_for(environment: dict[str, str], paced: bool) -> None:
    assert from_environment(environment)["house_paced"] is paced


def test_another_pace_of_the_house_is_none() -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environment({LIMITS: "30"})
    assert str(fault.value) == "SAMTALELAPP_HOUSE_LIMITS is '30'; it is telegram, or not set."


# ── addresses ──

API, HOUSE, TOKEN, HOUSE_TOKEN = (
    f"SAMTALELAPP_{name}" for name in ("TELEGRAM_API_URL", "HOUSE_URL", "TELEGRAM_TOKEN", "HOUSE_TOKEN")
)


@pytest.mark.parametrize(
    "address",
    [
        *("https://api.telegram.org", "https://bot.example.org:8081/telegram", "http://127.0.0.1:8081"),
        *("http://localhost", "http://[::1]:8081", "HTTPS://BOT.EXAMPLE.ORG"),
    ],
)
def test_an_address_is_read(address: str) -> None:
    read = from_environment({API: f"{address}/", HOUSE: address, HOUSE_TOKEN: "1:x"})
    assert (read["telegram_api_url"], read["house_url"]) == (address, address)


LOOKS_LIKE = "it looks like https://bot.example.org:8081."


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nowhere", f"has no scheme or no host; {LOOKS_LIKE}"),
        ("bot.example.org:8081", f"has no scheme or no host; {LOOKS_LIKE}"),
        ("https://", f"has no scheme or no host; {LOOKS_LIKE}"),
        ("https:bot.example.org", f"has no scheme or no host; {LOOKS_LIKE}"),
        ("1234567890:CANARY-token", f"has no scheme or no host; {LOOKS_LIKE}"),
        ("https://bot.example.org:port", f"has no port from 1 to 65535, or no host; {LOOKS_LIKE}"),
        ("https://bot.example.org:0", f"is no address; {LOOKS_LIKE}"),
        ("https://bot.example.org:65536", f"has no port from 1 to 65535, or no host; {LOOKS_LIKE}"),
        ("https://[::1", f"has no port from 1 to 65535, or no host; {LOOKS_LIKE}"),
        ("https://bot example.org", f"is no address; {LOOKS_LIKE}"),
        ("ftp://bot.example.org", "begins with ftp://; the hub speaks https://, and http:// on this machine."),
        ("https://CANARY@bot.example.org", "is more than an address; leave user, password, ? and # out."),
        ("https://bot.example.org/?x=CANARY", "is more than an address; leave user, password, ? and # out."),
        (
            "http://bot.example.org",
            "is http://, but bot.example.org is another machine; the token and what people write go there encrypted"
            " only: https://",
        ),
    ],
)
@pytest.mark.parametrize("setting", [API, HOUSE])
def test_an_address_that_is_wrong_is_told_in_one_sentence_and_not_repeated(
    setting: str, address: str, told: str
) -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environment({HOUSE_TOKEN: "1:x", setting: address})
    assert str(fault.value) == f"{setting} {told}"
    assert not sings(str(fault.value))


def test_a_house_in_another_process_has_a_token() -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environment({HOUSE: "http://127.0.0.1:8081"})
    assert str(fault.value) == f"{HOUSE_TOKEN} is missing; {HOUSE} needs it."


# ── a proxy ──

PROXY = "http://CANARY:CANARY@proxy.example.org:3128"


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": PROXY}, PROXY),
        ({"https_proxy": PROXY}, PROXY),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "api.telegram.org"}, None),
        ({"HTTPS_PROXY": PROXY, "no_proxy": "*"}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "example.org"}, PROXY),
        ({"HTTPS_PROXY": PROXY, API: "http://127.0.0.1:8081"}, None),
        ({"HTTP_PROXY": PROXY, "ALL_PROXY": PROXY}, None),
        ({"HTTPS_PROXY": PROXY, TOKEN: ""}, None),
        ({"HTTPS_PROXY": "whatever", TOKEN: ""}, None),
    ],
)
def test_telegram_is_asked_through_the_proxy_that_the_environment_names(
    environment: dict[str, str], proxy: str | None
) -> None:
    assert from_environment({TOKEN: "1:x", **environment})["telegram_proxy"] == proxy


@pytest.mark.parametrize(
    ("proxy", "told"),
    [
        ("proxy.CANARY.org:3128", "has no scheme or no host; it looks like http://proxy.example.org:3128."),
        ("http://CANARY@proxy.example.org:port", "has no port from 1 to 65535, or no host;"),
        ("socks5://CANARY@proxy.example.org", "does not begin with http://; the hub speaks to no other proxy."),
        ("https://CANARY@proxy.example.org", "does not begin with http://; the hub speaks to no other proxy."),
    ],
)
def test_a_proxy_that_is_wrong_is_told_without_its_password(proxy: str, told: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        from_environment({TOKEN: "1:x", "HTTPS_PROXY": proxy})
    assert (str(fault.value).startswith(f"HTTPS_PROXY {told}"), sings(str(fault.value))) == (True, False)
