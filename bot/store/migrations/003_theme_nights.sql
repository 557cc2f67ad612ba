-- A time is claimed for a slip's talk, for a theme night's room, or for a seat at it: whoever holds it is named, not referred to.
CREATE TABLE claims_with_holder (
    resource TEXT NOT NULL,
    cell INTEGER NOT NULL,
    holder TEXT NOT NULL,
    PRIMARY KEY (resource, cell)
);
INSERT INTO claims_with_holder SELECT resource, cell, slip FROM claims;
DROP TABLE claims;
ALTER TABLE claims_with_holder RENAME TO claims;
CREATE INDEX claims_of_holder ON claims (holder);
CREATE INDEX claims_by_cell ON claims (cell);

-- Theme nights. Texts are JSON by language, caps JSON by unit, units and languages JSON lists; no language means all.
-- service is where a talk of one's own can be asked for; after is the theme night at whose end the list opens; tally is
-- what was counted, as JSON, when the list itself is deleted.
CREATE TABLE theme_nights (
    id INTEGER PRIMARY KEY,
    prison TEXT NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    service TEXT NOT NULL,
    topic TEXT NOT NULL,
    about TEXT NOT NULL,
    host TEXT NOT NULL,
    room TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    seats INTEGER NOT NULL,
    caps TEXT NOT NULL,
    units TEXT NOT NULL,
    languages TEXT NOT NULL,
    women INTEGER NOT NULL,
    interpreter TEXT,
    opens TEXT,
    closes TEXT NOT NULL,
    after INTEGER REFERENCES theme_nights (id),
    lottery INTEGER NOT NULL,
    drawn INTEGER NOT NULL DEFAULT 0,
    copy_of INTEGER REFERENCES theme_nights (id),
    made_by TEXT NOT NULL REFERENCES people (id),
    made_at TEXT NOT NULL,
    reason TEXT,
    tally TEXT
);
CREATE INDEX theme_nights_by_start ON theme_nights (starts);

-- Who signed up. place is the order in the line; seat and unit_seat are numbers from 1, so that no seat is given twice
-- and no unit has more of them than it may.
CREATE TABLE sign_ups (
    night INTEGER NOT NULL REFERENCES theme_nights (id),
    inmate TEXT NOT NULL REFERENCES inmates (id),
    unit TEXT NOT NULL,
    state TEXT NOT NULL,
    place INTEGER NOT NULL,
    seat INTEGER,
    unit_seat INTEGER,
    source TEXT NOT NULL,
    written_by TEXT REFERENCES people (id),
    at TEXT NOT NULL,
    offer_until TEXT,
    revision INTEGER NOT NULL,
    news INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (night, inmate),
    CHECK ((seat IS NOT NULL) = (state IN ('offered', 'seated', 'came')))
);
CREATE UNIQUE INDEX sign_ups_one_per_seat ON sign_ups (night, seat) WHERE seat IS NOT NULL;
CREATE UNIQUE INDEX sign_ups_one_per_unit_seat ON sign_ups (night, unit, unit_seat) WHERE unit_seat IS NOT NULL;
CREATE INDEX sign_ups_of_inmate ON sign_ups (inmate);
CREATE INDEX sign_ups_with_news ON sign_ups (inmate) WHERE news = 1;

-- Notices: shown from starts until ends, to the screens of units and to groups of the staff (JSON lists); texts by
-- language, as JSON. service is where one tap asks for a talk.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    prison TEXT NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    texts TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    service TEXT,
    units TEXT NOT NULL,
    staff TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id),
    made_at TEXT NOT NULL
);
CREATE INDEX notices_by_end ON notices (ends);

-- One announcement to many: about is night:3 or notice:4. A target is a chat that shall see it; shown_at, when it first did.
CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY,
    about TEXT NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES people (id),
    at TEXT NOT NULL
);
CREATE INDEX broadcasts_about ON broadcasts (about);
CREATE TABLE broadcast_targets (
    broadcast INTEGER NOT NULL REFERENCES broadcasts (id),
    network TEXT NOT NULL,
    chat_id BIGINT NOT NULL,
    person TEXT,
    kiosk TEXT,
    shown_at TEXT,
    PRIMARY KEY (broadcast, network, chat_id)
);

-- carries names the broadcasts that a message brings (numbers between spaces); one that is sent once is not sent again
-- when nobody knows what became of it; one that is held waits until its broadcast goes on.
ALTER TABLE messages ADD COLUMN carries TEXT;
ALTER TABLE messages ADD COLUMN once INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

-- What waits is looked for by network and lane, so that nobody's tap looks through a broadcast to a thousand chats.
DROP INDEX messages_to_show;
CREATE INDEX messages_to_show ON messages (network, lane, id) WHERE shown <> revision AND fault IS NULL AND held = 0;
CREATE INDEX messages_of_broadcasts ON messages (network, chat_id) WHERE carries IS NOT NULL;
