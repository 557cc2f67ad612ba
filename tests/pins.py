"""PINs that cost little, for tests compare some thousand: tests/store/test_keys.py shows what one costs in a hub."""

from bot.store import keys

DEAR = keys.MEMORY_KIB, keys.PASSES
CHEAP = 8, 1
"""The least that Argon2 takes."""


def hash_cheaply() -> None:
    """Let every PIN that this process hashes cost little, and whoever compares one with it has little to do as well."""
    keys.MEMORY_KIB, keys.PASSES = CHEAP


def hash_dearly() -> None:
    """Let a PIN cost what it costs in a hub."""
    keys.MEMORY_KIB, keys.PASSES = DEAR
