"""The chat edge is a house of small rooms; in its hall stand the tables, and the list of what they are made of."""

from pathlib import Path

import handlers

HALL = Path(handlers.__file__).parent


def test_in_the_hall_there_are_the_tables_alone_and_what_they_are_made_of() -> None:
    assert {path.name for path in HALL.glob("*.py")} == {"__init__.py", "modules.py", "tables.py"}
