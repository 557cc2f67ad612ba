"""What tests stand on: patience that ends, and files in memory only where there is room for them."""

import asyncio
import os
from pathlib import Path

import pytest

from tests import memory
from tests.patience import Looks


async def test_patience_ends_after_so_many_looks() -> None:
    assert [looked async for looked in Looks(3, step=0)] == [None] * 3


async def test_between_two_looks_everything_else_goes_on() -> None:
    others = asyncio.Event()
    asyncio.get_running_loop().call_soon(others.set)
    assert [others.is_set() async for _ in Looks(2)] == [False, True]


@pytest.mark.parametrize(("room", "fits"), [(0, True), (2**62, False)])
def test_files_stand_in_memory_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, fits: bool
) -> None:
    monkeypatch.setattr(memory, "ROOM", room)
    assert (memory.has_room(tmp_path), memory.has_room(tmp_path / "none")) == (fits, False)


def test_whoever_names_a_place_for_temporary_files_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert memory.keep_files_in_memory() is None
    assert os.environ["TMPDIR"] == str(tmp_path)
