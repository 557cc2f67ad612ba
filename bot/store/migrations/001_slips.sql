-- Times are UTC ISO text of fixed width, so that text order is time order. Booleans are 0 and 1.

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    services TEXT NOT NULL,
    units TEXT NOT NULL
);

CREATE TABLE inmates (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL,
    alias TEXT NOT NULL,
    language TEXT NOT NULL,
    pin TEXT
);

CREATE TABLE kiosks (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL,
    language TEXT NOT NULL
);

-- An address belongs to a person or to a kiosk, never to both.
CREATE TABLE accounts (
    network TEXT NOT NULL,
    chat_id BIGINT NOT NULL,
    person TEXT REFERENCES people (id),
    kiosk TEXT REFERENCES kiosks (id),
    PRIMARY KEY (network, chat_id),
    CHECK ((person IS NULL) <> (kiosk IS NULL))
);
CREATE INDEX accounts_of_person ON accounts (person);
CREATE INDEX accounts_of_kiosk ON accounts (kiosk);

CREATE TABLE invites (
    code_hash TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id),
    expires TEXT NOT NULL,
    used TEXT
);

CREATE TABLE kiosk_sessions (
    kiosk TEXT PRIMARY KEY REFERENCES kiosks (id),
    language TEXT NOT NULL,
    inmate TEXT REFERENCES inmates (id),
    view TEXT NOT NULL,
    step INTEGER NOT NULL,
    draft TEXT,
    active_at TEXT
);
CREATE INDEX kiosk_sessions_of_inmate ON kiosk_sessions (inmate);

CREATE TABLE drafts (
    inmate TEXT PRIMARY KEY REFERENCES inmates (id),
    sealed TEXT NOT NULL
);

CREATE TABLE pin_tries (
    kiosk TEXT NOT NULL,
    number TEXT NOT NULL,
    wrong INTEGER NOT NULL,
    pause_until TEXT,
    PRIMARY KEY (kiosk, number)
);

CREATE TABLE slips (
    code TEXT PRIMARY KEY,
    inmate TEXT NOT NULL REFERENCES inmates (id),
    unit TEXT NOT NULL,
    topic TEXT,
    wish TEXT,
    state TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    revision INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    forwards INTEGER NOT NULL,
    sent_from TEXT,
    reason TEXT,
    news INTEGER NOT NULL
);
CREATE INDEX slips_of_inmate ON slips (inmate, sent_at);

-- Who owned a slip and when. An open slip has exactly one owner (F165).
CREATE TABLE ownerships (
    slip TEXT NOT NULL REFERENCES slips (code),
    revision INTEGER NOT NULL,
    service TEXT NOT NULL,
    adviser TEXT REFERENCES people (id),
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (slip, revision)
);
CREATE INDEX ownerships_of_service ON ownerships (service) WHERE until IS NULL;
CREATE UNIQUE INDEX ownerships_one_at_a_time ON ownerships (slip) WHERE until IS NULL;

CREATE TABLE bookings (
    slip TEXT NOT NULL REFERENCES slips (code),
    inmate TEXT NOT NULL REFERENCES inmates (id),
    slot TEXT NOT NULL,
    service TEXT NOT NULL,
    adviser TEXT NOT NULL REFERENCES people (id),
    room TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    outcome TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (slip, made_at)
);
CREATE UNIQUE INDEX bookings_one_live ON bookings (slip) WHERE outcome = 'live';
CREATE INDEX bookings_of_adviser ON bookings (adviser, starts);
CREATE INDEX bookings_of_service ON bookings (service, starts);

-- What is taken, in cells of five minutes: nobody and nothing is in two places.
CREATE TABLE claims (
    resource TEXT NOT NULL,
    cell INTEGER NOT NULL,
    slip TEXT NOT NULL REFERENCES slips (code),
    PRIMARY KEY (resource, cell)
);
CREATE INDEX claims_of_slip ON claims (slip);
CREATE INDEX claims_by_cell ON claims (cell);

CREATE TABLE reminders (
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    at TEXT NOT NULL,
    done TEXT,
    PRIMARY KEY (kind, about)
);
CREATE INDEX reminders_due ON reminders (at) WHERE done IS NULL;

CREATE TABLE networks (
    name TEXT PRIMARY KEY,
    epoch TEXT NOT NULL
);

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    network TEXT NOT NULL,
    epoch TEXT NOT NULL,
    update_id BIGINT NOT NULL,
    received TEXT NOT NULL,
    payload TEXT,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    fault TEXT,
    UNIQUE (network, epoch, update_id)
);
CREATE INDEX inbox_waiting ON inbox (id) WHERE state = 'waiting';

-- What chats shall show (wanted), and what they do show (shown).
CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    network TEXT NOT NULL,
    chat_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    text TEXT,
    buttons TEXT,
    neutral INTEGER NOT NULL,
    lane INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    message_id BIGINT,
    sent_at TEXT,
    sending INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0,
    fault TEXT,
    UNIQUE (network, chat_id, key)
);
CREATE INDEX messages_to_show ON messages (lane, id) WHERE shown <> revision;
CREATE INDEX messages_shown ON messages (network, chat_id, message_id);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL,
    outcome TEXT NOT NULL
);
