"""A network that only sends: letters by e-mail, for a provider who has no chat (docs/decisions/012-letters.md)."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, ClassVar

import aiosmtplib
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

from bot.clock import Clock
from bot.config import Smtp, Tls
from bot.delivery.limits import Limits
from bot.delivery.wire.troubles import NotSent
from bot.usecases.opening import EMAIL

log = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
ACCEPT_SECONDS = 60.0
IDLE_SECONDS = 5.0
PARTING_SECONDS = 1.0
FOR_GOOD = 500
NUMBER_BYTES = 7
EPOCH = "letters"
SUBJECT = "Samtalelapp"
TROUBLE = (aiosmtplib.SMTPException, OSError)


@dataclass
class LetterNetwork:
    """Carries messages as letters, one after the other, over one connection that is kept for as long as there are more.

    ``address_of`` tells the e-mail address behind a chat id, or None where nobody is written to there any more.
    """

    one_way: ClassVar[bool] = True
    smtp: Smtp
    clock: Clock
    address_of: Callable[[int], Awaitable[str | None]]
    name: str = EMAIL
    leaves_house: bool = True
    limits: Limits = field(default_factory=Limits)
    epoch: str = ""
    _client: aiosmtplib.SMTP | None = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    _idle: asyncio.TimerHandle | None = None
    _parting: asyncio.Task[None] | None = None
    _told: str = ""

    async def connect(self) -> None:
        """Get ready; another server takes back nothing that was sent, so that it is always the same network."""
        self.epoch = EPOCH

    async def call(self, method: str, **fields: str | int) -> Any:
        """Send a letter, or one more in the same thread; what was sent cannot be deleted, and need not be.

        Raise NotSent where nothing has left, Forbidden where the address is refused, BadRequest where the letter is,
        InvalidToken where user and password are, and NetworkError where nobody knows what became of it.
        """
        if method == "deleteMessage":
            return True
        if method not in {"sendMessage", "editMessageText"}:
            raise BadRequest(f"{method} does not go by letter")
        address = await self.address_of(int(fields["chat_id"]))
        if address is None:
            raise Forbidden("no address")
        number = number_of(fields)
        letter = self._letter(address, number, fields)
        async with self._one_at_a_time:
            await self._post(address, letter.as_bytes(policy=SMTP))
        return {"message_id": number}

    async def send_document(
        self, chat_id: int, caption: str, markup: str, name: str, content: bytes, **more: str
    ) -> int:
        """Refuse: a letter is words alone."""
        raise BadRequest("a document does not go by letter")

    async def disconnect(self) -> None:
        """Close the connection, once the sender that was stopped before has let go of it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PARTING_SECONDS), self._one_at_a_time:
                if self._idle:
                    self._idle.cancel()
                if self._client:
                    await _part(self._client)
                if self._parting:
                    await asyncio.wait({self._parting})
        self._drop()

    def _letter(self, address: str, number: int, fields: dict[str, str | int]) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"] = self.smtp.sender, address
        letter["Subject"] = subject_of(str(fields["slip"]))
        letter["Date"] = format_datetime(self.clock.now())
        letter["Message-ID"] = self._id(number)
        if "message_id" in fields:
            letter["In-Reply-To"] = letter["References"] = self._id(int(fields["message_id"]))
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(f"{fields['text']}\n", cte="quoted-printable")
        return letter

    def _id(self, number: int) -> str:
        return f"<{number:014x}@{self._domain}>"

    @property
    def _domain(self) -> str:
        return self.smtp.sender.rpartition("@")[2]

    async def _post(self, address: str, letter: bytes) -> None:
        if self._idle:
            self._idle.cancel()
        try:
            await self._hand_over(await self._connected(), address, letter)
        except BaseException as error:
            # What the server expects next is not known after a fault: the next letter begins afresh.
            self._drop()
            if isinstance(error, NotSent | InvalidToken):
                self._tell(str(error))
            raise
        self._told = ""
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._hang_up)

    def _tell(self, trouble: str) -> None:
        # Once for each trouble, not for each try.
        if trouble != self._told:
            self._told = trouble
            log.warning("%s does not take letters now, they wait: %s", self.smtp.host, trouble)

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client and self._client.is_connected:
            return self._client
        self._client = client = self._new_client()
        try:
            await client.connect()
        except aiosmtplib.SMTPAuthenticationError as refused:
            raise InvalidToken(f"user and password are refused ({refused.code})") from refused
        except TROUBLE as error:
            raise NotSent(f"no connection ({_name(error)})") from error
        return client

    def _new_client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.smtp.host,
            port=self.smtp.port,
            username=self.smtp.user,
            password=self.smtp.password,
            local_hostname=self._domain,
            timeout=ANSWER_SECONDS,
            use_tls=self.smtp.tls is Tls.TLS,
            start_tls=self.smtp.tls is Tls.STARTTLS,
        )

    async def _hand_over(self, client: aiosmtplib.SMTP, address: str, letter: bytes) -> None:
        try:
            await client.mail(self.smtp.sender)
            await client.rcpt(address)
        except TROUBLE as error:
            if isinstance(error, aiosmtplib.SMTPRecipientRefused) and error.code >= FOR_GOOD:
                raise Forbidden(f"the address is refused ({error.code})") from error
            raise NotSent(f"refused before the letter ({_name(error)})") from error
        try:
            await client.data(letter, timeout=ACCEPT_SECONDS)
        except aiosmtplib.SMTPDataError as refused:
            if refused.code >= FOR_GOOD:
                raise BadRequest(f"the letter is refused ({refused.code})") from refused
            raise NotSent(f"the letter is not taken yet ({refused.code})") from refused
        except TROUBLE as error:
            raise NetworkError(f"no answer to the letter ({_name(error)})") from error

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client:
            client.close()

    def _hang_up(self) -> None:
        if self._client and not self._one_at_a_time.locked():
            client, self._client = self._client, None
            self._parting = asyncio.create_task(_part(client))


async def _part(client: aiosmtplib.SMTP) -> None:
    # A server that does not say goodbye has the letters all the same.
    with suppress(*TROUBLE):
        await client.quit(timeout=PARTING_SECONDS)
    client.close()


def _name(error: Exception) -> str:
    # A server's own words may have the address in them.
    code = getattr(error, "code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def number_of(fields: dict[str, str | int]) -> int:
    """Return a letter's number: the same for the same revision of the same row, and for nothing else.

    The words are among what it is made of, because a database gives the number of a deleted row away again.
    """
    made_of = "\0".join(str(fields[name]) for name in ("row", "revision", "key", "text"))
    return int.from_bytes(hashlib.sha256(made_of.encode()).digest()[:NUMBER_BYTES])


def subject_of(slip: str) -> str:
    """Return a letter's subject: the hub's name, which no language changes, and the slip's code if it is about one."""
    return f"{SUBJECT} {slip}" if slip else SUBJECT
