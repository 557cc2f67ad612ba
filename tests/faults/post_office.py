"""A real SMTP server for tests: it keeps every letter and byte, and refuses, stalls or breaks off when told to."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.clock import machine_now

OK = "250 OK"
BREAK_OFF = "break off"
USER, PASSWORD = "samtalelapp", "CANARY-password-of-nobody"


@dataclass
class PostOffice:
    """What came in. ``at_mail``, ``at_address`` and ``at_letter`` hold the next answers, else all is well."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    connections: int = 0
    open_ones: int = 0
    at_mail: list[str] = field(default_factory=list)
    at_address: list[str] = field(default_factory=list)
    at_letter: list[str] = field(default_factory=list)
    stall: asyncio.Event | None = None
    refused: set[str] = field(default_factory=set)

    async def handle_MAIL(  # noqa: N802  aiosmtpd's names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.at_mail.pop(0) if self.at_mail else OK
        envelope.mail_from = address if answer == OK else None
        return answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return f"550 5.1.1 <{address}>: no such user"
        answer = self.at_address.pop(0) if self.at_address else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.at_letter.pop(0) if self.at_letter else OK
        if self.stall:
            await self.stall.wait()
        if answer in {OK, BREAK_OFF}:
            assert isinstance(envelope.content, bytes)
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        if answer == BREAK_OFF and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return answer

    def told(self, to: str | None = None) -> list[str]:
        """Return the words of every letter, or of those to one address."""
        return [text_of(letter) for letter in self.letters if to in {None, letter["To"]}]


def text_of(letter: EmailMessage) -> str:
    """Return a letter's words as they are read."""
    return str(letter.get_content()).replace("\r\n", "\n")


class _Server(SMTP):
    office: PostOffice

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # A second time when the connection becomes encrypted.
        if self.session is None:
            self.office.connections += 1
            self.office.open_ones += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.office.open_ones -= 1
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        self.office.raw += data
        super().data_received(data)


def _who(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@asynccontextmanager
async def post_office(office: PostOffice | None = None, certificate: Path | None = None) -> AsyncIterator[PostOffice]:
    """Open a post office on a port of its own, or on the one it had; with a certificate it wants STARTTLS and AUTH."""
    office, loop = office or PostOffice(), asyncio.get_running_loop()
    options: dict[str, Any] = {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        options = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": _who}

    def serve() -> _Server:
        server = _Server(office, hostname="post.example.org", loop=loop, **options)
        server.office = office
        return server

    listening = await loop.create_server(serve, "127.0.0.1", office.port)
    office.port = listening.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        listening.close()


def self_made_certificate(path: Path) -> Path:
    """Write a certificate for this machine, with its key, that nobody else has signed."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")])
    now = machine_now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(certificate.public_bytes(encoding) + secret)
    return path
