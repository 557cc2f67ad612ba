"""Hashes of PINs are counted outside of turns: a turn that needs one ends, and begins anew when it is known."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.store.keys import Keys


class Question(Protocol):
    """What only a slow count can answer."""

    def count(self, keys: Keys) -> bool | str:
        """Return the answer; it takes some hundredths of a second: call it in a thread."""


@dataclass(frozen=True, slots=True)
class Fits:
    """Whether digits are the PIN of which a hash is kept; without one it is as slow, and they are not."""

    pin: str = field(repr=False)
    hashed: str | None = field(repr=False)

    def count(self, keys: Keys) -> bool:
        """Say so."""
        return keys.pin_matches(self.pin, self.hashed or keys.dummy_hash) and self.hashed is not None


@dataclass(frozen=True, slots=True)
class HashOf:
    """The hash of a new PIN."""

    pin: str = field(repr=False)

    def count(self, keys: Keys) -> str:
        """Return it."""
        return keys.hash_pin(self.pin)


class Uncounted(Exception):
    """Ends a turn that needs what nobody has counted yet. Nothing of it has happened, and it is no refusal."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question


@dataclass(frozen=True, slots=True)
class Hashes:
    """What was counted before a turn began, by what was asked; where counting failed, its error is raised here."""

    counted: Mapping[Question, asyncio.Future[bool | str]] = field(default_factory=dict)

    def fits(self, pin: str, hashed: str | None) -> bool:
        """Say whether digits are the PIN of this hash, which no digits are where there is none; or raise Uncounted."""
        return bool(self.answer(Fits(pin, hashed)))

    def of(self, pin: str) -> str:
        """Return the hash of a new PIN, or raise Uncounted."""
        return str(self.answer(HashOf(pin)))

    def answer(self, question: Question) -> bool | str:
        """Return what was counted, or raise Uncounted."""
        if question not in self.counted:
            raise Uncounted(question)
        return self.counted[question].result()
