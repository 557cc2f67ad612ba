"""Readers of the small hub's files with some of their text changed."""

from pathlib import Path

import pytest

from tests.hubfile.small import HUB, PEOPLE, Change, Faults, changed, told, told_of_people


@pytest.fixture
def faults_of(tmp_path: Path) -> Faults:
    def read(*changes: Change) -> list[str]:
        return told(tmp_path / "hub.yaml", changed(HUB, changes).encode())

    return read


@pytest.fixture
def people_faults_of(tmp_path: Path) -> Faults:
    def read(*changes: Change) -> list[str]:
        return told_of_people(tmp_path, changed(PEOPLE, changes))

    return read
