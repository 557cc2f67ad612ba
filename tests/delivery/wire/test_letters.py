"""Letters come to look like the rows as far as letters can, whatever the SMTP server answers."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.config import Smtp, Tls
from bot.delivery.intake import meet
from bot.delivery.sender import Sender
from bot.delivery.sending import pauses
from bot.delivery.wire import letters as module
from bot.delivery.wire.letters import LetterNetwork
from bot.domain.chat.messages import Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.store import messages
from bot.store.database import Database
from tests.delivery.sender.post import running
from tests.faults.post_office import (
    BREAK_OFF,
    PASSWORD,
    USER,
    PostOffice,
    post_office,
    self_made_certificate,
    text_of,
)
from tests.hub.real_turns import StillClock
from tests.patience import until
from tests.watches.hushed import sings

ONE, OTHER = 1, 2
ADDRESSES = {ONE: "one@example.org", OTHER: "other@example.org"}
KEY, CARD = "card", Use(Span.CARD, "FJ-116")
SENT = {"shown": 1, "doubts": 0, "fault": None, "sending": 0}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.1)
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.2)


@dataclass
class Post:
    """A database, a post office, and the sender between them."""

    database: Database
    office: PostOffice
    sender: Sender
    network: LetterNetwork

    async def want(self, text: str | None, chat: int = ONE, key: str = KEY, use: Use = CARD) -> None:
        view = View((Line(text),)) if text is not None else None
        async with self.database.transaction() as tx:
            wish = messages.wish(Reader("email", chat, "nb", leaves_house=True), key, view, 0)
            await messages.want(tx, [{**wish, "use": str(use)}])
        self.sender.wake.set()

    async def rows(self, columns: str = "shown = revision AS shown, doubts, fault, sending") -> list[dict[str, Any]]:
        async with self.database.reading() as tx:
            return [dict(row) for row in await tx.rows(f"SELECT {columns} FROM messages ORDER BY id")]

    async def settled(self) -> None:
        async def quiet() -> bool:
            return not [row for row in await self.rows() if not row["shown"] and not row["fault"]]

        await until(quiet, "the letters do not go out")


async def address_of(chat_id: int) -> str | None:
    return ADDRESSES.get(chat_id)


def smtp_of(office: PostOffice) -> Smtp:
    return Smtp("127.0.0.1", office.port, "samtalelapp@prison.example.org", Tls.NONE)


@asynccontextmanager
async def sending(path: Path, office: PostOffice, smtp: Smtp) -> AsyncIterator[Post]:
    async with AsyncExitStack() as stack:
        opened = await (Database.open(path) if path.exists() else Database.create(path))
        database = await stack.enter_async_context(opened)
        network = LetterNetwork(smtp, StillClock(), address_of)
        stack.push_async_callback(network.disconnect)
        await meet(network, database)
        sender = Sender(network, database, StillClock(), draw=str.encode)
        await stack.enter_async_context(running(sender))
        yield Post(database, office, sender, network)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with post_office() as office, sending(tmp_path / "hub.db", office, smtp_of(office)) as post:
        yield post


def headers(letter: EmailMessage) -> dict[str, str]:
    return {name: str(value) for name, value in letter.items() if name != "X-Peer"}


# What a letter looks like


async def test_a_letter_is_plain_text_with_code_and_sender_and_no_more(post: Post) -> None:
    await post.want("📋 Ny samtalelapp FJ-116, avdeling A.\nSvar senest onsdag 20. januar.\nRing: 00 00 01 16")
    await post.settled()
    [letter] = post.office.letters
    number = headers(letter).pop("Message-ID")
    assert headers(letter) == {
        "From": "samtalelapp@prison.example.org",
        "To": "one@example.org",
        "Subject": "Samtalelapp FJ-116",
        "Date": "Wed, 13 Jan 2027 09:00:00 +0000",
        "Message-ID": number,
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert number.startswith("<")
    assert number.endswith("@prison.example.org>")
    assert text_of(letter) == (
        "📋 Ny samtalelapp FJ-116, avdeling A.\nSvar senest onsdag 20. januar.\nRing: 00 00 01 16\n"
    )
    assert bytes(post.office.raw).isascii()
    assert post.office.raw.startswith(b"EHLO prison.example.org\r\n")


async def test_a_change_is_one_more_letter_in_the_same_thread(post: Post) -> None:
    for text in ("one", "two", "three"):
        await post.want(text)
        await post.settled()
    first, *later = post.office.letters
    assert post.office.told() == ["one\n", "two\n", "three\n"]
    assert (first["In-Reply-To"], first["References"]) == (None, None)
    assert [(each["In-Reply-To"], each["References"]) for each in later] == [(first["Message-ID"],) * 2] * 2
    assert len({each["Message-ID"] for each in post.office.letters}) == 3
    assert {each["Subject"] for each in post.office.letters} == {"Samtalelapp FJ-116"}


async def test_what_is_wanted_no_more_costs_no_letter(post: Post) -> None:
    await post.want("one")
    await post.settled()
    await post.want(None)
    await post.settled()
    assert (post.office.told(), await post.rows()) == (["one\n"], [])


@pytest.mark.parametrize(
    ("use", "subject"),
    [
        (Use(Span.CARD, "FJ-116"), "Samtalelapp FJ-116"),
        (Use(Span.HALF_OF_PROMISE, "FJ-116"), "Samtalelapp FJ-116"),
        (Use(Span.DAY_BEFORE, "2027-01-14"), "Samtalelapp"),
        (Use(Span.THEME_NIGHT_AHEAD, "3"), "Samtalelapp"),
    ],
)
async def test_a_subject_has_the_code_and_nothing_else(post: Post, use: Use, subject: str) -> None:
    await post.want("x", use=use)
    await post.settled()
    assert [letter["Subject"] for letter in post.office.letters] == [subject]


def test_a_row_number_that_comes_again_is_another_letter() -> None:
    first: dict[str, str | int] = {"row": 7, "revision": 1, "key": "reminder:FJ-1:half", "text": "by Wednesday"}
    assert module.number_of(first) == module.number_of(dict(first))
    others = [first | {"text": "by Friday"}, first | {"row": 8}, first | {"revision": 2}, first | {"key": "slip:FJ-1"}]
    assert module.number_of(first) not in map(module.number_of, others)


async def test_what_is_no_letter_is_refused(post: Post) -> None:
    with pytest.raises(BadRequest):
        await post.network.call("sendDocument", chat_id=ONE)
    assert post.office.connections == 0


# The connection


async def test_a_burst_goes_over_one_connection_which_is_closed_when_idle(post: Post) -> None:
    for number in range(10):
        await post.want("x", ONE + number % 2, f"slip:FJ-{number}")
    await post.settled()
    assert (len(post.office.letters), post.office.connections, post.office.open_ones) == (10, 1, 1)
    await until(lambda: post.office.open_ones == 0, "the connection stays open")
    assert b"QUIT" in post.office.raw
    await post.want("again")
    await post.settled()
    assert (len(post.office.letters), post.office.connections) == (11, 2)


async def test_an_encrypted_server_with_a_self_made_certificate_that_was_made_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_made_certificate(tmp_path / "post.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with post_office(certificate=certificate) as office:
        smtp = replace(smtp_of(office), tls=Tls.STARTTLS, user=USER, password=PASSWORD)
        async with sending(tmp_path / "hub.db", office, smtp) as post:
            await post.want("Blåbær")
            await post.settled()
            assert (office.told(), await post.rows()) == (["Blåbær\n"], [SENT])
    assert b"STARTTLS" in office.raw


async def test_a_certificate_that_nobody_knows_gets_no_password_and_no_letter(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    certificate = self_made_certificate(tmp_path / "post.pem")
    async with post_office(certificate=certificate) as office:
        smtp = replace(smtp_of(office), tls=Tls.STARTTLS, user=USER, password=PASSWORD)
        async with sending(tmp_path / "hub.db", office, smtp) as post:
            await post.want("secret")
            await until(lambda: office.connections >= 2, "no second try")
            assert await post.rows("shown, doubts, fault") == [{"shown": 0, "doubts": 0, "fault": None}]
    assert b"AUTH" not in office.raw
    assert "127.0.0.1 does not take letters now, they wait: no connection (SSLCertVerificationError" in caplog.text


async def test_a_server_without_encryption_is_not_trusted_either(post: Post, tmp_path: Path) -> None:
    smtp = replace(smtp_of(post.office), tls=Tls.STARTTLS, user=USER, password=PASSWORD)
    async with sending(tmp_path / "other.db", post.office, smtp) as other:
        await other.want("secret")
        await until(lambda: post.office.connections >= 2, "no second try")
    assert post.office.letters == []
    assert b"AUTH" not in post.office.raw


async def test_a_refused_password_waits_long_and_is_told_once_without_its_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.5)
    certificate = self_made_certificate(tmp_path / "post.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with post_office(certificate=certificate) as office:
        smtp = replace(smtp_of(office), tls=Tls.STARTTLS, user=USER, password="CANARY-wrong")
        async with sending(tmp_path / "hub.db", office, smtp) as post:
            await post.want("one")
            await until(lambda: "535" in caplog.text, "no try")
            await asyncio.sleep(0.2)
            assert office.connections == 1
            await until(lambda: office.connections >= 3, "no more tries")
            assert await post.rows("shown, doubts, fault") == [{"shown": 0, "doubts": 0, "fault": None}]
    told = [record.getMessage() for record in caplog.records if "letters" in record.name]
    assert told == ["127.0.0.1 does not take letters now, they wait: user and password are refused (535)"]
    assert not sings(caplog.text)
    assert "CANARY" not in repr(smtp)


# What a server may answer


async def test_a_server_that_is_down_for_a_while_gets_every_letter_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with post_office() as office:
        smtp = smtp_of(office)
    async with sending(tmp_path / "hub.db", office, smtp) as post:
        await post.want("one")
        await post.want("two", OTHER)
        await until(lambda: "they wait" in caplog.text, "no try")
        assert await post.rows("shown, doubts, fault") == [{"shown": 0, "doubts": 0, "fault": None}] * 2
        async with post_office(office):
            await post.settled()
            assert sorted(office.told()) == ["one\n", "two\n"]
        assert (await post.rows(), post.sender.doubts) == ([SENT, SENT], 0)
    assert caplog.text.count("they wait") == 1


@pytest.mark.parametrize("place", ["at_mail", "at_address", "at_letter"])
async def test_what_a_server_does_not_take_yet_is_sent_later_once(post: Post, place: str) -> None:
    setattr(post.office, place, ["451 later"] * 2)
    await post.want("one")
    await post.settled()
    assert (post.office.told(), await post.rows(), post.sender.doubts) == (["one\n"], [SENT], 0)


async def test_a_sender_that_is_refused_is_nobodys_fault_among_the_readers(post: Post) -> None:
    post.office.at_mail = ["550 not you"]
    await post.want("one")
    await post.settled()
    assert (post.office.told(), await post.rows()) == (["one\n"], [SENT])


async def test_an_address_that_is_refused_is_noted_and_the_others_go_on(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.office.refused = {"one@example.org"}
    await post.want("one")
    await post.settled()
    await post.want("two", OTHER)
    await post.settled()
    assert post.office.told() == ["two\n"]
    assert await post.rows() == [{"shown": 0, "doubts": 0, "fault": "Forbidden", "sending": 0}, SENT]
    assert "one@example.org" not in caplog.text
    post.office.refused.clear()
    await post.want("one, again")
    await post.settled()
    assert post.office.told() == ["two\n", "one, again\n"]


async def test_a_letter_that_is_refused_is_noted_with_its_reason(post: Post) -> None:
    post.office.at_letter = ["554 no such letters here"]
    await post.want("one")
    await post.settled()
    assert await post.rows("fault") == [{"fault": "the letter is refused (554)"}]
    assert post.office.letters == []


async def test_nobody_writes_to_who_has_no_address_any_more(post: Post) -> None:
    await post.want("one", 99)
    await post.settled()
    assert (post.office.connections, await post.rows("fault")) == (0, [{"fault": "Forbidden"}])


@pytest.mark.parametrize("changed", [False, True])
async def test_a_lost_answer_is_counted_and_the_same_letter_sent_again(post: Post, changed: bool) -> None:
    if changed:
        await post.want("before")
        await post.settled()
    post.office.at_letter = [BREAK_OFF]
    await post.want("one")
    await post.settled()
    once, twice = post.office.letters[-2:]
    assert (text_of(once), text_of(twice)) == ("one\n", "one\n")
    assert once["Message-ID"] == twice["Message-ID"]
    assert once["In-Reply-To"] == twice["In-Reply-To"]
    assert await post.rows() == [{**SENT, "doubts": 1}]
    assert post.sender.doubts == 1


async def test_a_server_that_never_says_whether_it_took_a_letter_is_a_doubt(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ACCEPT_SECONDS", 0.1)
    post.office.stall = asyncio.Event()
    await post.want("one")
    await until(lambda: post.sender.doubts == 1, "no doubt")
    post.office.stall.set()
    post.office.stall = None
    await post.settled()
    assert {letter["Message-ID"] for letter in post.office.letters} == {post.office.letters[0]["Message-ID"]}


@pytest.mark.parametrize("changed", [False, True])
async def test_a_crash_while_a_letter_is_under_way_is_a_counted_doubt(tmp_path: Path, changed: bool) -> None:
    async with post_office() as office:
        async with sending(tmp_path / "hub.db", office, smtp_of(office)) as post:
            if changed:
                await post.want("before")
                await post.settled()
            office.stall = asyncio.Event()
            await post.want("one")
            await until(lambda: office.raw.count(b"\r\n.\r\n") == 1 + changed, "not under way")
            assert (await post.rows())[0]["sending"] == (2 if changed else 1)
        office.stall.set()
        office.stall = None
        async with sending(tmp_path / "hub.db", office, smtp_of(office)) as post:
            await post.settled()
            assert await post.rows() == [{**SENT, "doubts": 1}]
    assert len({letter["Message-ID"] for letter in office.letters if text_of(letter) == "one\n"}) == 1


async def test_ten_changes_while_the_server_is_slow_are_one_more_letter(post: Post) -> None:
    post.office.stall = asyncio.Event()
    await post.want("0")
    await until(lambda: b"\r\n.\r\n" in post.office.raw[-5:], "not under way")
    for number in range(1, 11):
        await post.want(f"{number}")
    post.office.stall.set()
    await post.settled()
    assert post.office.told() == ["0\n", "10\n"]
