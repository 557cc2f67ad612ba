"""What stands in the rows of an older database under other names is found under those of today."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.chat.uses import STANDS, Use, read
from bot.domain.reminders import OF_A_THEME_NIGHT, Kind, Reminder
from bot.store import reminders
from bot.store.database import Database
from bot.store.files import APPLICATION_ID, migrations
from bot.store.moments import to_text

DUE = datetime(2027, 1, 14, 17, tzinfo=UTC)

WITHOUT_USES = 5
"""The last schema in which a rule read how long a message is of use out of its key."""

WITH_EVENINGS = 6
"""The last schema in which reminders of theme nights were called evenings."""

USES = {
    "screen": "stands:",
    "home": "stands:",
    "today": "asked_today:",
    "today:2027-01-14": "day:2027-01-14",
    "tomorrow:2027-01-15": "day_before:2027-01-15",
    "morning:2027-01-14": "day:2027-01-14",
    "session:nav:2027-01-14:270113100000": "day:2027-01-14",
    "session:advokat_og_tolk:2027-01-14:270113100000": "day:2027-01-14",
    "page:answers": "stands:",
    "page:nights": "stands:",
    "page:notices:0": "stands:",
    "page:movements:2027-01-14": "day:2027-01-14",
    "page:capacity:2027-01-20": "day:2027-01-20",
    "page:night_list:7:2027-01-14": "day:2027-01-14",
    "page:door:7:2027-01-14": "day:2027-01-14",
    "page:broadcast:4": "week:",
    "page:night:12": "theme_night_page:12",
    "slip:FJ-116": "card:FJ-116",
    "reminder:FJ-116:half": "half_of_promise:FJ-116",
    "reminder:FJ-116:end": "broken_promise:FJ-116",
    "reminder:FJ-116:untold": "untold_talk:FJ-116",
    "reminder:FJ-116:untold_still": "untold_talk:FJ-116",
    "unheard:FJ-116": "waiting_slip:FJ-116",
    "news:FJ-116": "news_for_inmate:FJ-116",
    "news:night:12": "theme_night_ahead:12",
    "night:12": "theme_night_ahead:12",
    "proposal:12": "theme_night_ahead:12",
    "notice:3": "running_notice:3",
    "unreachable:telegram/7/2027-01-12T09:00": "silent_chat:telegram/7/2027-01-12T09:00",
    "closed:K-A:2": "closed_screen:K-A:2",
    "said:17": "moment:",
    "pause:K-A": "moment:",
    "list_task": "moment:",
    "typed:18": "typed:",
    "stray:19": "stands:",
    "was:20": "stands:",
    "pin:A01": "stands:",
    "code:21": "stands:",
    "paper:22.1": "stands:",
    "put_back:database/2027-01-12T09:00:00+00:00": "stands:",
}
"""Every kind of key that there was, and how long such a message is of use."""


@contextmanager
def older(path: Path, schema: int) -> Iterator[sqlite3.Connection]:
    """A database as an older program left it, to be filled."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(migrations()[number][1] for number in range(schema)))
        connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {schema};")
        yield connection
        connection.commit()


async def test_every_message_is_of_use_for_as_long_as_it_was(path: Path) -> None:
    with older(path, WITHOUT_USES) as connection:
        connection.executemany(
            "INSERT INTO messages (network, chat_id, key, text, neutral, lane, revision, shown)"
            " VALUES ('house', 7, ?, 'x', 0, 0, 1, 1)",
            [(key,) for key in USES],
        )
    async with await Database.open(path) as database, database.reading() as tx:
        rows = await tx.rows("SELECT key, of_use FROM messages")
    assert {row["key"]: read(row["of_use"]) for row in rows} == {key: read(use) for key, use in USES.items()}


@pytest.mark.parametrize("use", [*map(read, USES.values()), STANDS])
def test_what_is_written_is_read_again(use: Use) -> None:
    assert read(str(use)) == use


async def test_what_is_due_of_theme_nights_and_is_done_stays_so(path: Path) -> None:
    kinds = [kind for kind in Kind if kind in OF_A_THEME_NIGHT or kind in (Kind.NIGHT, Kind.EXPIRE)]
    with older(path, WITH_EVENINGS) as connection:
        connection.executemany(
            "INSERT INTO reminders VALUES (?, '3', ?, NULL)",
            [(kind.replace("theme_night_", "evening_"), to_text(DUE)) for kind in kinds],
        )
        connection.execute("UPDATE reminders SET done = at WHERE kind = 'evening_tomorrow'")
    left = set(kinds) - {Kind.THEME_NIGHT_TOMORROW}
    async with await Database.open(path) as database, database.transaction() as tx:
        found = set()
        while due := await reminders.next_due(tx, DUE):
            found.add(due)
            await reminders.finish(tx, due, DUE)
    assert found == {Reminder(kind, "3", DUE) for kind in left}
