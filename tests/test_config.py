"""Settings from the environment: read once, and told clearly where they are wrong."""

import pytest

from bot.config import SettingsFault, Smtp, Tls, from_environment

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
