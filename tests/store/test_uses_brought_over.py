"""Messages of an older database are of use for as long as their keys once said."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.chat.uses import STANDS, Use, read
from bot.store.database import Database
from bot.store.files import APPLICATION_ID, migrations

BEFORE = 5
"""The last schema in which a rule read how long a message is of use out of its key."""

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


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "hub.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(migrations()[number][1] for number in range(BEFORE)))
        connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {BEFORE};")
        connection.executemany(
            "INSERT INTO messages (network, chat_id, key, text, neutral, lane, revision, shown)"
            " VALUES ('house', 7, ?, 'x', 0, 0, 1, 1)",
            [(key,) for key in USES],
        )
        connection.commit()
    return path


async def test_every_message_is_of_use_for_as_long_as_it_was(older: Path) -> None:
    async with await Database.open(older) as database, database.reading() as tx:
        rows = await tx.rows("SELECT key, of_use FROM messages")
    assert {row["key"]: read(row["of_use"]) for row in rows} == {key: read(use) for key, use in USES.items()}


@pytest.mark.parametrize("use", [*map(read, USES.values()), STANDS])
def test_what_is_written_is_read_again(use: Use) -> None:
    assert read(str(use)) == use
