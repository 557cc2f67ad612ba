-- Which languages that a machine wrote somebody has read and signed off: until then every page says who wrote it.
CREATE TABLE signed_languages (
    language TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    at TEXT NOT NULL
);
