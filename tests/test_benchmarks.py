"""The benchmarks run and give figures; how large those are is for `make bench` to say."""

import asyncio
import os
from pathlib import Path

import pytest

from benchmarks import bookings, crowds, figures, prison, taps, voices
from benchmarks.__main__ import P0, P2
from benchmarks.figures import Figures
from tests.voices.a_program import a_program
from tests.voices.test_recordings import HALF_A_SECOND


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


def test_all_that_is_said_to_everybody_is_made_and_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it sounds is shown elsewhere; here a program that takes no time says the same of everything."""
    sound = tmp_path / "sound.wav"
    sound.write_bytes(HALF_A_SECOND)
    a_program(tmp_path, f"cat {sound}", "espeak-ng")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = voices.run(voices.prepare(tmp_path / "data"))
    assert found["sentences"] > 400
    assert min(found.values()) > 0
    assert voices.bare() > 0
