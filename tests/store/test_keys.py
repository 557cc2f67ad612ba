"""The key file: without it, or with another one, nothing opens, and it says why."""

import base64
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import keys as module
from bot.store.database import Database
from bot.store.keys import KeyFault, Keys
from bot.usecases import opening
from tests.pins import hash_cheaply, hash_dearly

KEYS, OTHERS = Keys(bytes(32)), Keys(bytes(range(32)))


@pytest.fixture(autouse=True)
def dear() -> Iterator[None]:
    hash_dearly()
    yield
    hash_cheaply()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hub.key"


def fault_of(path: Path) -> str:
    with pytest.raises(KeyFault) as fault:
        module.read(path)
    return str(fault.value)


def test_a_key_file_is_read_back_and_only_its_owner_can_read_it(path: Path) -> None:
    made = module.create(path)
    assert (module.read(path), stat.S_IMODE(path.stat().st_mode)) == (made, 0o600)


def test_a_key_file_is_never_written_over(path: Path) -> None:
    made = module.create(path)
    with pytest.raises(FileExistsError):
        module.create(path)
    assert module.read(path) == made


def test_two_key_files_are_never_the_same(tmp_path: Path) -> None:
    assert module.create(tmp_path / "one") != module.create(tmp_path / "two")


def test_a_missing_key_file_is_told(path: Path) -> None:
    assert fault_of(path) == f"The key file {path} is missing. Put back the one that was made with this database."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"hello",
        b"[" * 100_000,
        b"[]",
        b"7",
        b"null",
        b"{}",
        b'{"samtalelapp-key": 7}',
        b'{"samtalelapp-key": "%"}',
    ],
)
def test_what_is_no_key_file_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert fault_of(path) == f"{path} is not a key file. Put back the one that was made with this database."


def test_a_key_file_cut_short_is_told(path: Path) -> None:
    module.create(path)
    path.write_bytes(path.read_bytes()[:-20])
    assert fault_of(path) == f"{path} is not a key file. Put back the one that was made with this database."


def test_a_key_that_is_too_short_is_told(path: Path) -> None:
    path.write_text(json.dumps({"samtalelapp-key": base64.b64encode(bytes(31)).decode()}))
    assert fault_of(path) == f"The key in {path} has 31 bytes instead of 32. Put back the whole file."


async def test_a_database_knows_its_key_and_refuses_another(tmp_path: Path) -> None:
    async with await Database.create(tmp_path / "hub.db") as database:
        for _ in range(2):
            async with database.transaction() as tx:
                await opening.belong_together(tx, KEYS)
        with pytest.raises(KeyFault) as fault:
            async with database.transaction() as tx:
                await opening.belong_together(tx, OTHERS)
    assert str(fault.value) == (
        "This key file was made with another database. Put back the one that belongs to this hub."
    )


@given(st.text(), st.text())
def test_a_sealed_field_opens_as_what_it_is_about_and_as_nothing_else(text: str, about: str) -> None:
    sealed = KEYS.seal(text, about)
    assert KEYS.unseal(sealed, about) == text
    with pytest.raises(KeyFault):
        KEYS.unseal(sealed, about + "!")
    with pytest.raises(KeyFault):
        OTHERS.unseal(sealed, about)


def test_a_sealed_field_moved_to_somebody_else_does_not_open() -> None:
    with pytest.raises(KeyFault, match="draft of A02"):
        KEYS.unseal(KEYS.seal("hemmelig", "draft of A01"), "draft of A02")


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    assert KEYS.seal("x", "y") != KEYS.seal("x", "y")


@given(st.integers(0), st.integers(1, 255))
def test_a_sealed_field_with_one_byte_changed_does_not_open(place: int, change: int) -> None:
    raw = bytearray(base64.b64decode(KEYS.seal("hemmelig", "A01")))
    raw[place % len(raw)] ^= change
    with pytest.raises(KeyFault):
        KEYS.unseal(base64.b64encode(raw).decode(), "A01")


@pytest.mark.parametrize("damaged", ["", "AAAA", "not base64", "ø"])
def test_a_sealed_field_of_which_little_is_left_does_not_open(damaged: str) -> None:
    with pytest.raises(KeyFault, match="cannot be opened"):
        KEYS.unseal(damaged, "A01")


def test_a_pin_fits_its_hash_and_no_other_pin_and_no_other_key_does() -> None:
    hashed = KEYS.hash_pin("2101")
    assert [KEYS.pin_matches(pin, hashed) for pin in ("2101", "2102", "")] == [True, False, False]
    assert not OTHERS.pin_matches("2101", hashed)
    assert "2101" not in hashed
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_pin_has_another_hash_each_time() -> None:
    assert KEYS.hash_pin("2101") != KEYS.hash_pin("2101")


def test_the_dummy_fits_no_pin_and_is_made_like_a_hash_so_that_it_takes_as_long_to_compare() -> None:
    dummy, hashed = KEYS.dummy_hash, KEYS.hash_pin("2101")
    assert not KEYS.pin_matches("2101", dummy)
    assert dummy.split("$")[:4] == hashed.split("$")[:4]
    assert list(map(len, dummy.split("$"))) == list(map(len, hashed.split("$")))
    assert Keys(KEYS.secret).dummy_hash != dummy


def test_a_stamp_is_the_same_for_the_same_text_and_key_only() -> None:
    assert KEYS.stamp("x") == Keys(bytes(32)).stamp("x")
    assert len({KEYS.stamp("x"), KEYS.stamp("y"), OTHERS.stamp("x")}) == 3
    assert KEYS.fingerprint != OTHERS.fingerprint
    assert len(KEYS.token("x")) == module.TOKEN_CHARACTERS
