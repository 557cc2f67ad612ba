"""The doors of a hub in earnest: cookies, headers, other sites' pages, hurry, TLS, a proxy, and what is refused."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.config import Settings
from bot.gateway.doors.answers import TooMany
from bot.gateway.doors.doors import MOST_STREAMS
from bot.gateway.doors.limits import MOST_KEPT, Buckets
from bot.gateway.doors.server import DoorFault
from bot.listeners import listen
from tests.hub.devices import RealHub, join, real_hub

YEAR, MONTH = 365 * 24 * 3600, 30 * 24 * 3600
VOICES = ["nb", "en", "so"]
"""Who works on this has a voice for both languages of the demo, and the demo has a recording."""
PUBLIC = {"X-Forwarded-Proto": "https", "Host": "hub.example.org"}


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealHub]:
    async with real_hub(tmp_path) as running:
        yield running


# ── cookies and headers ───────────────────────────────────────────────────────────────────────────────────────────────


def flags_of(answer: httpx.Response) -> tuple[str, set[str]]:
    name, *flags = answer.headers["set-cookie"].split("; ")
    return name.partition("=")[0], set(flags)


async def test_a_cookie_is_for_this_host_and_this_page_alone(hub: RealHub) -> None:
    kiosk = await join(await hub.browser("kiosk"), await hub.code("K-A"))
    http = await hub.browser("staff")
    staff = await join(http, await hub.code("N1"))
    flags = {"HttpOnly", "Path=/", "SameSite=strict"}
    assert flags_of(kiosk) == ("samtalelapp-kiosk", flags | {f"Max-Age={YEAR}"})
    assert flags_of(staff) == ("samtalelapp-staff", flags | {f"Max-Age={MONTH}"})
    assert flags_of(await http.post("/client/leave", json={})) == ("samtalelapp-staff", flags | {"Max-Age=0"})


async def test_every_answer_has_strict_headers(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    stranger = await hub.browser("staff")
    answers = [
        await adviser.http.get("/client/chats"),
        await adviser.http.get("/client/chats/1"),
        await stranger.get("/client/chats"),
        await stranger.get("/nothing/here"),
        await stranger.put("/client/join"),
        await stranger.get("/", headers={"Host": "evil.example.org"}),
        await join(stranger, "wrong"),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 401, 404, 405, 400, 403]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    answers += [await stranger.get("/"), await stranger.get("/static/app.js")]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "strict-transport-security" not in answer.headers
        assert "server" not in answer.headers


# ── other sites' pages ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_another_sites_page_can_do_nothing(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    own = str(adviser.http.base_url).rstrip("/")
    say = f"/client/chats/{adviser.chat}/say"
    kiosks = hub.running.kiosk_address.rstrip("/")
    for origin in ("https://evil.example.org", "null", kiosks, own.replace("http:", "https:"), ""):
        for path in (say, f"/client/chats/{adviser.chat}/press", "/client/leave", "/client/join"):
            answer = await adviser.http.post(path, json={"text": "hei"}, headers={"Origin": origin})
            assert (answer.status_code, "another page" in answer.json()["error"]) == (403, True)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""):
        answer = await adviser.http.post(say, content=b'{"text": "hei"}', headers={"Content-Type": kind})
        assert answer.status_code == 400
    assert await hub.rows("SELECT * FROM inbox WHERE payload LIKE '%hei%'") == []
    answer = await adviser.http.post(say, json={"text": "hei"}, headers={"Origin": own})
    assert answer.json() == {"ok": True}


async def test_another_host_name_is_answered_with_nothing(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    answer = await adviser.http.get("/client/chats", headers={"Host": "rebound.example.org"})
    assert (answer.status_code, answer.text) == (400, "Invalid host header")


# ── hurry ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bucket_fills_up_again_by_itself() -> None:
    buckets = Buckets(3, 0.5)
    for _ in range(3):
        buckets.take("a", 10.0)
    with pytest.raises(TooMany) as hurry:
        buckets.take("a", 11.0)
    assert hurry.value.seconds == 1.0
    buckets.take("b", 11.0)
    buckets.take("a", 12.0)
    with pytest.raises(TooMany):
        buckets.take("a", 12.0)
    for _ in range(3):
        buckets.take("a", 1000.0)
    with pytest.raises(TooMany):
        buckets.take("a", 1000.0)


def test_buckets_of_many_do_not_pile_up() -> None:
    buckets = Buckets(2, 1)
    for number in range(5 * MOST_KEPT):
        buckets.take(number, float(number))
    assert len(buckets._levels) <= MOST_KEPT


async def test_whoever_presses_faster_than_people_do_waits(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("N2")
    answers = await asyncio.gather(*(adviser.say("/idag") for _ in range(40)))
    counted = Counter(answer.status_code for answer in answers)
    assert set(counted) == {200, 429}
    assert 20 <= counted[200] <= 30
    late = next(answer for answer in answers if answer.status_code == 429)
    assert int(late.headers["retry-after"]) >= 1
    assert late.json() == {"error": "That was a lot at once. Wait a moment and try again."}
    assert (await other.say("/idag")).status_code == 200


async def test_whoever_guesses_codes_waits_and_a_right_one_does_not_help(hub: RealHub) -> None:
    http = await hub.browser("staff")
    answers = [await join(http, f"AAAAAAAAAAA{letter}") for letter in "ACDEFGHJKMNP"]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    code = await hub.code("N1")
    forged = {"X-Forwarded-For": "10.1.2.3", "Forwarded": "for=10.1.2.4"}
    answer = await (await hub.browser("staff")).post("/client/join", json={"code": code}, headers=forged)
    assert answer.status_code == 429


async def test_a_device_has_only_so_many_streams(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    requests = [adviser.http.build_request("GET", "/client/events") for _ in range(MOST_STREAMS + 1)]
    streams = []
    reading = []
    for request in requests:
        streams.append(await adviser.http.send(request, stream=True))
        reading.append(streams[-1].aiter_lines())
        await anext(reading[-1])
    assert [stream.status_code for stream in streams] == [200] * MOST_STREAMS + [429]
    for stream in streams:
        await stream.aclose()


async def test_who_has_joined_does_not_join_again(hub: RealHub) -> None:
    adviser = await hub.joined("N1")
    code = await hub.code("G1")
    answer = await join(adviser.http, code)
    assert (answer.status_code, "set-cookie" in answer.headers) == (409, False)
    assert (await join(await hub.browser("staff"), code)).status_code == 200


async def test_a_page_is_told_what_it_is(hub: RealHub) -> None:
    adviser, kiosk = await hub.joined("N1"), await hub.browser("kiosk")
    told = [(await http.get("/client/device")).json() for http in (adviser.http, kiosk)]
    now = "2027-01-13T09:00:00+00:00"
    assert told == [
        {"door": "staff", "joined": True, "down": False, "voices": VOICES, "now": now},
        {"door": "kiosk", "joined": False, "down": False, "voices": VOICES, "now": now},
    ]


# ── TLS and a proxy ───────────────────────────────────────────────────────────────────────────────────────────────────


def certificate(folder: Path, password: bytes | None = None) -> dict[str, Path]:
    """Make a certificate for this machine, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hub.example.org")])
    names = [x509.DNSName("hub.example.org"), x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2126, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    (folder / "hub.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "hub.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, sealed))
    return {"certificate": folder / "hub.pem", "key_file": folder / "hub.key"}


async def test_over_tls_the_cookie_is_secure_and_the_browser_is_told_to_stay(tmp_path: Path) -> None:
    files = certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=files["certificate"])
    async with real_hub(tmp_path / "hub", **files) as hub:
        assert hub.running.address.startswith("https://")
        http = await hub.browser("staff", verify=trusting)
        answer = await join(http, await hub.code("N1"))
        name, flags = flags_of(answer)
        assert (name, "Secure" in flags) == ("__Host-samtalelapp-staff", True)
        assert answer.headers["strict-transport-security"] == f"max-age={YEAR}"
        origin = {"Origin": hub.running.address.rstrip("/")}
        [chat] = (await http.get("/client/chats")).json()
        said = await http.post(f"/client/chats/{chat['id']}/say", json={"text": "/idag"}, headers=origin)
        assert said.status_code == 200
        kiosk = await hub.joined("K-A", verify=trusting)
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Hvem vil du snakke med?")
        with pytest.raises(httpx.RemoteProtocolError):
            await httpx.AsyncClient().get(hub.running.address.replace("https", "http"))
        old = ssl.create_default_context(cafile=files["certificate"])
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        assert (await (await hub.browser("staff", verify=old)).get("/")).status_code == 200


async def test_behind_a_proxy_only_what_came_over_tls_is_answered(tmp_path: Path) -> None:
    async with real_hub(tmp_path, behind_proxy=True, hosts=("hub.example.org",)) as hub:
        around = await hub.browser("staff")
        refused = await around.get("/", headers={"Host": "hub.example.org"})
        assert (refused.status_code, "https" in refused.json()["error"]) == (403, True)
        through = await hub.browser("staff", headers={**PUBLIC, "X-Forwarded-For": "10.0.0.7"})
        origin = {"Origin": "https://hub.example.org"}
        answer = await through.post("/client/join", json={"code": await hub.code("N1")}, headers=origin)
        name, flags = flags_of(answer)
        assert (answer.status_code, name, "Secure" in flags) == (200, "__Host-samtalelapp-staff", True)
        assert answer.headers["strict-transport-security"] == f"max-age={YEAR}"
        foreign = await through.get("/", headers={"Host": "other.example.org"})
        assert foreign.status_code == 400


async def test_behind_a_proxy_each_machine_has_its_own_tries(tmp_path: Path) -> None:
    async with real_hub(tmp_path, behind_proxy=True, hosts=("hub.example.org",)) as hub:
        guesser = await hub.browser("staff", headers={**PUBLIC, "X-Forwarded-For": "10.0.0.7"})
        assert [(await join(guesser, "A")).status_code for _ in range(11)] == [403] * 10 + [429]
        claims = await hub.browser("staff", headers={**PUBLIC, "X-Forwarded-For": "10.9.9.9, 10.0.0.7"})
        assert (await join(claims, "A")).status_code == 429
        other = await hub.browser("staff", headers={**PUBLIC, "X-Forwarded-For": "10.0.0.8"})
        assert (await join(other, await hub.code("N1"))).status_code == 200


# ── what is refused before anything starts ────────────────────────────────────────────────────────────────────────────


def asked(**settings: object) -> Settings:
    anywhere = {"staff": ("127.0.0.1", 0), "kiosks": ("127.0.0.1", 0)}
    return Settings(data=Path("nowhere"), **{**anywhere, **settings})  # type: ignore[arg-type] # each test names what it means


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"staff": ("0.0.0.0", 0)}, "--certificate and --key-file, or --behind-proxy"),
    ({"kiosks": ("192.0.2.7", 0)}, "192.0.2.7 can be reached by other machines"),
    ({"kiosks": ("hub.example.org", 0)}, "hub.example.org can be reached by other machines"),
    ({"kiosks": ("::", 0)}, "without encryption"),
    ({"behind_proxy": True}, "--host"),
    ({"kiosks": ("0.0.0.0", 0), "certificate": Path("a"), "key_file": Path("b")}, "--host"),
    ({"certificate": Path("a")}, "both --certificate and --key-file"),
    ({"key_file": Path("a")}, "both --certificate and --key-file"),
    ({"behind_proxy": True, "hosts": ("x",), "certificate": Path("a"), "key_file": Path("b")}, "Leave one out"),
    ({"behind_proxy": True, "hosts": ("x",), "bot_api": True}, "--bot-api is for tests"),
    ({"certificate": Path("none.pem"), "key_file": Path("none.key")}, "none.pem cannot be used: No such file"),
]


@pytest.mark.parametrize(("settings", "words"), REFUSED, ids=lambda each: each if isinstance(each, str) else "")
def test_what_would_not_be_safe_is_refused(settings: dict[str, object], words: str) -> None:
    with pytest.raises(DoorFault) as refused:
        listen(asked(**settings))
    assert words in str(refused.value)


@pytest.mark.parametrize("garble", ["hub.pem", "hub.key"])
def test_a_garbled_certificate_is_said(tmp_path: Path, garble: str) -> None:
    files = certificate(tmp_path)
    (tmp_path / garble).write_text("-----BEGIN SOMETHING-----\nhei\n")
    with pytest.raises(DoorFault, match=r"hub\.pem and .*hub\.key cannot be used: they are no certificate"):
        listen(asked(**files))


def test_a_key_of_another_certificate_and_one_with_a_password_are_said(tmp_path: Path) -> None:
    files = certificate(tmp_path)
    (tmp_path / "other").mkdir()
    foreign = certificate(tmp_path / "other", password=b"hemmelig")
    for key in (foreign["key_file"], files["certificate"]):
        with pytest.raises(DoorFault, match="they are no certificate and its key"):
            listen(asked(certificate=files["certificate"], key_file=key))


def test_the_addresses_of_this_machine_need_no_tls() -> None:
    for host in ("127.0.0.1", "::1", "localhost"):
        for listener in listen(asked(staff=(host, 0), kiosks=(host, 0))):
            assert listener.address.startswith("http://")
            listener.socket.close()


async def test_the_bots_door_is_open_at_the_staffs_address_alone(tmp_path: Path) -> None:
    async with real_hub(tmp_path, bot_api=True) as hub:
        assert hub.running.house
        path = f"/bot{hub.running.house.token}/getMe"
        answers = [(await (await hub.browser(door)).get(path)).status_code for door in ("staff", "kiosk")]
        assert answers == [200, 404]
