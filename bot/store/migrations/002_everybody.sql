-- Slips that are offered, answered, postponed, written by somebody else, or typed in from paper.
ALTER TABLE slips ADD COLUMN half_at TEXT;
ALTER TABLE slips ADD COLUMN extended INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slips ADD COLUMN answer TEXT;
ALTER TABLE slips ADD COLUMN offered_by TEXT;
ALTER TABLE slips ADD COLUMN offer_until TEXT;
ALTER TABLE slips ADD COLUMN written_by TEXT REFERENCES people (id);
ALTER TABLE slips ADD COLUMN source TEXT NOT NULL DEFAULT 'screen';
ALTER TABLE slips ADD COLUMN paper TEXT;
ALTER TABLE slips ADD COLUMN phoned_by TEXT REFERENCES people (id);
ALTER TABLE slips ADD COLUMN ended_at TEXT;
UPDATE slips SET ended_at = (SELECT MAX(until) FROM ownerships WHERE slip = code)
WHERE state IN ('held', 'withdrawn', 'closed');
UPDATE slips SET half_at = (SELECT at FROM reminders WHERE kind = 'half' AND about = code) WHERE state = 'waiting';
CREATE UNIQUE INDEX slips_one_per_paper ON slips (paper) WHERE paper IS NOT NULL;
CREATE INDEX slips_with_news ON slips (inmate) WHERE news = 1;
CREATE INDEX slips_ended ON slips (ended_at) WHERE ended_at IS NOT NULL;

-- What was done last, on whose behalf and by whom; and the slip as it was before, so that its author can take it back.
ALTER TABLE slips ADD COLUMN last TEXT;
ALTER TABLE slips ADD COLUMN last_side TEXT;
ALTER TABLE slips ADD COLUMN last_actor TEXT;
ALTER TABLE slips ADD COLUMN last_at TEXT;
ALTER TABLE slips ADD COLUMN before TEXT;

-- A booking is known by its slip and the slip's revision that made it: two may be made in the same instant.
-- An offered time is held as a booked one is; a slip has one of either at most.
CREATE TABLE bookings_with_revision (
    slip TEXT NOT NULL REFERENCES slips (code),
    revision INTEGER NOT NULL,
    inmate TEXT NOT NULL REFERENCES inmates (id),
    slot TEXT NOT NULL,
    service TEXT NOT NULL,
    adviser TEXT NOT NULL REFERENCES people (id),
    room TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    outcome TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (slip, revision)
);
INSERT INTO bookings_with_revision
SELECT slip, ROW_NUMBER() OVER (PARTITION BY slip ORDER BY made_at), inmate, slot, service, adviser, room, starts,
    ends, outcome, made_at
FROM bookings;
DROP TABLE bookings;
ALTER TABLE bookings_with_revision RENAME TO bookings;
CREATE UNIQUE INDEX bookings_one_live ON bookings (slip) WHERE outcome IN ('live', 'offered');
CREATE INDEX bookings_of_adviser ON bookings (adviser, starts);
CREATE INDEX bookings_of_service ON bookings (service, starts);
CREATE INDEX bookings_by_start ON bookings (starts);

-- What an officer found when fetching somebody for a talk.
CREATE TABLE ticks (
    slip TEXT NOT NULL REFERENCES slips (code),
    starts TEXT NOT NULL,
    tick TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES people (id),
    at TEXT NOT NULL,
    PRIMARY KEY (slip, starts)
);

-- How many of the staff can walk with people in an hour of a date; without a row, hub.yaml says it.
CREATE TABLE capacity (
    prison TEXT NOT NULL,
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    PRIMARY KEY (prison, day, hour)
);

-- Sessions that the coordinator has added to hub.yaml's timetable, and sessions that were cancelled.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL,
    adviser TEXT NOT NULL REFERENCES people (id),
    room TEXT NOT NULL,
    day TEXT NOT NULL,
    hours TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    every INTEGER NOT NULL
);
CREATE TABLE cancelled_sessions (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id),
    reason TEXT NOT NULL,
    at TEXT NOT NULL
);

-- Settings that were changed in the hub; without a row, hub.yaml says it.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES people (id),
    at TEXT NOT NULL
);

-- described is what hub.yaml said when it was last taken over; none means that the person was added in the hub.
-- Everybody who is there so far came from hub.yaml.
ALTER TABLE people ADD COLUMN described TEXT;
UPDATE people SET described = '';
ALTER TABLE people ADD COLUMN email TEXT;
ALTER TABLE people ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE inmates ADD COLUMN officer TEXT REFERENCES people (id);
ALTER TABLE inmates ADD COLUMN escort INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inmates ADD COLUMN interpreter INTEGER NOT NULL DEFAULT 0;
CREATE INDEX inmates_of_officer ON inmates (officer);

-- A one-time code with which an inmate sets a new PIN; only its stamp is kept.
CREATE TABLE pin_codes (
    inmate TEXT PRIMARY KEY REFERENCES inmates (id),
    stamp TEXT NOT NULL,
    expires TEXT NOT NULL,
    wrong INTEGER NOT NULL DEFAULT 0,
    made_by TEXT NOT NULL REFERENCES people (id)
);

-- What somebody of the staff is in the middle of; step only grows, so that a press on an earlier page is known as stale.
CREATE TABLE desks (
    person TEXT PRIMARY KEY REFERENCES people (id),
    task TEXT,
    step INTEGER NOT NULL,
    draft TEXT
);

-- An invitation is good only for the role and scope it was made for.
ALTER TABLE invites ADD COLUMN bound TEXT;

-- Browsers on the house network: a code becomes a device, known by the stamp of its cookie.
CREATE TABLE device_codes (
    stamp TEXT PRIMARY KEY,
    person TEXT REFERENCES people (id),
    kiosk TEXT REFERENCES kiosks (id),
    bound TEXT,
    expires TEXT NOT NULL,
    used TEXT,
    CHECK ((person IS NULL) <> (kiosk IS NULL))
);
CREATE TABLE devices (
    id INTEGER PRIMARY KEY,
    stamp TEXT NOT NULL UNIQUE,
    person TEXT REFERENCES people (id),
    kiosk TEXT REFERENCES kiosks (id),
    joined TEXT NOT NULL,
    seen TEXT NOT NULL,
    ended TEXT,
    CHECK ((person IS NULL) <> (kiosk IS NULL))
);
CREATE UNIQUE INDEX devices_one_per_kiosk ON devices (kiosk) WHERE kiosk IS NOT NULL AND ended IS NULL;

-- A chat that takes no messages any more, since when; and the commands that a chat's menu shall show, and shows.
ALTER TABLE accounts ADD COLUMN unreachable TEXT;
CREATE TABLE menus (
    network TEXT NOT NULL,
    chat_id BIGINT NOT NULL,
    wanted TEXT NOT NULL,
    shown TEXT,
    fault TEXT,
    PRIMARY KEY (network, chat_id)
);

-- A message may carry a document: its bytes only until it is sent, its stamp as long as it is wanted, and the stamp of
-- the one that the chat shows.
ALTER TABLE messages ADD COLUMN document BLOB;
ALTER TABLE messages ADD COLUMN document_name TEXT;
ALTER TABLE messages ADD COLUMN document_stamp TEXT;
ALTER TABLE messages ADD COLUMN shown_document TEXT;

CREATE INDEX audit_of_actor ON audit (actor, at);
CREATE INDEX audit_of_about ON audit (about, id);

-- Each prison counts its own slips.
UPDATE counters SET name = 'slips '
    || (SELECT CASE WHEN substr(code, 3, 1) = '-' THEN substr(code, 1, 2) ELSE substr(code, 1, 3) END FROM slips LIMIT 1)
WHERE name = 'slips' AND EXISTS (SELECT 1 FROM slips);
