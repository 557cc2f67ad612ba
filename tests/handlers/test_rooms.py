"""The chat edge is a house of small rooms, and nothing stands in its hall but the tables."""

from pathlib import Path

import handlers

HALL = Path(handlers.__file__).parent
MOST_FILES = 18


def test_no_room_has_more_files_than_one_sees_at_a_glance() -> None:
    rooms = {folder.name: len(list(folder.glob("*.py"))) for folder in HALL.iterdir() if folder.name != "__pycache__"}
    assert {room: files for room, files in rooms.items() if files > MOST_FILES} == {}
    assert len([room for room, files in rooms.items() if files]) > 10


def test_in_the_hall_there_are_the_tables_alone() -> None:
    assert {path.name for path in HALL.glob("*.py")} == {"__init__.py", "tables.py"}
