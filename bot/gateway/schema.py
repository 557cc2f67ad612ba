"""The tables of the house network's file, and what a file of an older version lacks."""

APPLICATION_ID = 0x53414C48
VERSION = 2
UPGRADES = {1: ("ALTER TABLE messages ADD COLUMN face TEXT",)}
"""What an older file lacks, by its version."""

SCHEMA = (
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE chats (id INTEGER PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL)",
    # AUTOINCREMENT: a number that was deleted must not come again
    "CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL REFERENCES chats, "
    "sender TEXT NOT NULL, date INTEGER NOT NULL, text TEXT NOT NULL, keyboard TEXT NOT NULL, edit_date INTEGER, "
    "face TEXT)",
    "CREATE TABLE documents (file_id TEXT PRIMARY KEY, message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, "
    "name TEXT NOT NULL, mime_type TEXT NOT NULL, content BLOB NOT NULL)",
    "CREATE INDEX documents_message ON documents (message)",
    "CREATE TABLE updates (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)",
    "INSERT INTO sqlite_sequence (name, seq) VALUES ('messages', 0)",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
