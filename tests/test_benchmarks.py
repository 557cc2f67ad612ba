"""The benchmarks run and give figures; how large those are is for `make bench` to say."""

import asyncio
from pathlib import Path

import pytest

from benchmarks import bookings, crowds, figures, prison, taps
from benchmarks.__main__ import P0, P2
from benchmarks.figures import Figures


def test_both_sides_of_p2_write_the_same_rows_and_are_timed(tmp_path: Path) -> None:
    prepared = asyncio.run(bookings.prepare(tmp_path / "prepared", 3))
    ours, plain = bookings.run(prepared, tmp_path)
    assert ours > 0
    assert plain > 0


def test_the_prison_of_the_measurements_is_one_that_may_be(tmp_path: Path) -> None:
    settings = asyncio.run(prison.with_crowd(tmp_path / "prison", taps.Size().kiosks, 1))
    assert settings.database.exists()
    assert asyncio.run(bookings.prepare(tmp_path / "prepared", 1000)) is not None


@pytest.mark.long
def test_the_hub_answers_the_load_of_p1(tmp_path: Path) -> None:
    asyncio.run(prison.with_kiosks(tmp_path / "prison", 2))
    found = taps.run("ours", taps.Size(kiosks=2, p0_seconds=0, p1_seconds=0.5), tmp_path / "prison")
    assert found["p1"] > 0


def test_a_goal_is_judged_by_the_median_of_its_runs() -> None:
    slower, fewer = Figures(P0, [0.02, 0.05, 0.03], [0.01, 0.01, 0.01]), Figures(P2, [600, 100, 900], [1000] * 3)
    assert [(each.ratio, each.as_json()["met"]) for each in (slower, fewer)] == [(3.0, False), (0.6, True)]
    assert figures.table([slower, fewer]).count("not met") == 1


@pytest.mark.long
def test_a_crowd_is_told_at_telegrams_pace_while_kiosks_are_pressed(tmp_path: Path) -> None:
    asyncio.run(prison.with_crowd(tmp_path / "prison", 2, 40))
    found = crowds.run(crowds.Size(crowd=40, kiosks=2, seconds=4), tmp_path / "prison", calm_first=True)
    assert (found["refused"], found["own"] > 0, found["busy"] > 0, found["calm"] > 0) == (0, True, True, True)
