"""The chat edge is a house of small rooms, and nothing stands in its hall but the tables."""

from pathlib import Path

import handlers

HALL = Path(handlers.__file__).parent


def test_in_the_hall_there_are_the_tables_alone() -> None:
    assert {path.name for path in HALL.glob("*.py")} == {"__init__.py", "tables.py"}
