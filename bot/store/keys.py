"""The key file beside the database: what a stolen database alone must not reveal."""

import base64
import json
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidKey, InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot import rights
from bot.domain import codes

KEY_BYTES = 32
NONCE_BYTES = 12
MEMORY_KIB = 19 * 1024
PASSES = 2
SALT_BYTES, HASH_BYTES = 16, 32
TOKEN_CHARACTERS = 10


class KeyFault(Exception):
    """The key file is missing, unreadable or another hub's; the message says what would be right."""


@dataclass(frozen=True)
class Keys:
    """Everything derived from the one secret of the key file."""

    secret: bytes

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(self.secret)

    @cached_property
    def _pepper(self) -> bytes:
        return self._derived(b"pin pepper")

    @cached_property
    def _sealing(self) -> AESGCM:
        return AESGCM(self._derived(b"sealed fields"))

    @cached_property
    def _stamping(self) -> bytes:
        return self._derived(b"stamps")

    def stamp(self, text: str) -> str:
        """Return a keyed hash of a text: the same text gives the same stamp, and nobody else can make it."""
        mac = hmac.HMAC(self._stamping, hashes.SHA256())
        mac.update(text.encode())
        return base64.urlsafe_b64encode(mac.finalize()).decode().rstrip("=")

    def stamp_of_code(self, written: str) -> str:
        """Return what is kept of a one-time code, however somebody has written it."""
        return self.stamp(codes.clean(written))

    def token(self, text: str) -> str:
        """Return a short stamp that fits a button."""
        return self.stamp(text)[:TOKEN_CHARACTERS]

    @property
    def fingerprint(self) -> str:
        """Name the key without telling it; the database remembers which key it belongs to."""
        return self.stamp("fingerprint")

    def seal(self, text: str, about: str) -> str:
        """Encrypt a field; it opens again only as what it is ``about``."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return base64.b64encode(nonce + self._sealing.encrypt(nonce, text.encode(), about.encode())).decode()

    def unseal(self, sealed: str, about: str) -> str:
        """Decrypt a field, or raise KeyFault where it was changed or belongs to something else."""
        try:
            raw = base64.b64decode(sealed)
            return self._sealing.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode()).decode()
        except (InvalidTag, ValueError) as error:
            message = f"A sealed field about {about} cannot be opened: it was changed, or sealed with another key."
            raise KeyFault(message) from error

    def hash_pin(self, pin: str) -> str:
        """Hash a PIN with Argon2id, the pepper as its secret (19 MiB, two passes); call it in a thread."""
        return _argon(secrets.token_bytes(SALT_BYTES), self._pepper).derive_phc_encoded(pin.encode())

    def pin_matches(self, pin: str, hashed: str) -> bool:
        """Check a PIN against its hash; as slow as hashing."""
        try:
            Argon2id.verify_phc_encoded(pin.encode(), hashed, self._pepper)
        except InvalidKey:
            return False
        return True

    @cached_property
    def dummy_hash(self) -> str:
        """Return a hash that no PIN fits, so that a number that does not exist takes as long to refuse (J2)."""
        salt, nobodys = (_unpadded(secrets.token_bytes(size)) for size in (SALT_BYTES, HASH_BYTES))
        return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p=1${salt}${nobodys}"


def _argon(salt: bytes, pepper: bytes) -> Argon2id:
    return Argon2id(salt=salt, length=HASH_BYTES, iterations=PASSES, lanes=1, memory_cost=MEMORY_KIB, secret=pepper)


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def create(path: Path) -> Keys:
    """Write a new key file that only its owner can read."""
    secret = secrets.token_bytes(KEY_BYTES)
    content = json.dumps({"samtalelapp-key": base64.b64encode(secret).decode()}) + "\n"
    rights.make_folder(path.parent)
    rights.write_new(path, content.encode())
    return Keys(secret)


def read(path: Path) -> Keys:
    """Read the key file, or say what is wrong with it."""
    try:
        secret = base64.b64decode(json.loads(path.read_text("utf-8"))["samtalelapp-key"], validate=True)
    except FileNotFoundError as error:
        message = f"The key file {path} is missing. Put back the one that was made with this database."
        raise KeyFault(message) from error
    except OSError as error:
        message = f"The key file {path} cannot be read ({error.strerror}). Whoever runs the hub must own it."
        raise KeyFault(message) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{path} is not a key file. Put back the one that was made with this database."
        raise KeyFault(message) from error
    if len(secret) != KEY_BYTES:
        message = f"The key in {path} has {len(secret)} bytes instead of {KEY_BYTES}. Put back the whole file."
        raise KeyFault(message)
    return Keys(secret)
