-- What was mended first: see docs/decisions/020 and on.
-- When a message was wanted last, so that after a silence the answer of a moment is told from one of days ago.
ALTER TABLE messages ADD COLUMN wanted_at TEXT;
ALTER TABLE messages ADD COLUMN sheets TEXT;
UPDATE messages SET text = NULL, buttons = NULL, revision = revision + 1
    WHERE network = 'house' AND key LIKE 'was:%' AND message_id IS NOT NULL;

-- Whether the words of a notice go to those of the staff who read it outside the house.
ALTER TABLE notices ADD COLUMN outside INTEGER NOT NULL DEFAULT 0;
-- What passes stands in memory alone: the row says that it is wanted, and not what it says.
ALTER TABLE messages ADD COLUMN passing INTEGER NOT NULL DEFAULT 0;
-- A PIN that stood in a file is known to others: its owner makes another one before anything else (J2).
ALTER TABLE inmates ADD COLUMN pin_given INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inmates ADD COLUMN pin_digits INTEGER NOT NULL DEFAULT 4;
UPDATE inmates SET pin_given = 1 WHERE pin IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM audit WHERE action = 'change_pin' AND about = inmates.id)
    AND NOT EXISTS (SELECT 1 FROM facts WHERE name = 'clock');

-- Wrong tries at a kiosk within the hour, since it was last opened.
CREATE TABLE wrong_tries (
    kiosk TEXT NOT NULL REFERENCES kiosks (id),
    at TEXT NOT NULL
);
CREATE INDEX wrong_tries_of_kiosk ON wrong_tries (kiosk, at);

-- A kiosk at which nobody can sign in, until an officer opens it.
CREATE TABLE closings (
    kiosk TEXT NOT NULL REFERENCES kiosks (id),
    number INTEGER NOT NULL,
    closed_at TEXT NOT NULL,
    opened_at TEXT,
    PRIMARY KEY (kiosk, number)
);
CREATE UNIQUE INDEX closings_not_opened ON closings (kiosk) WHERE opened_at IS NULL;

-- An answer that could not be read was kept word by word, and might quote the request: the bot's token, people's words.
UPDATE messages SET fault = 'NotUnderstood' WHERE fault LIKE '%server response%';
UPDATE menus SET fault = 'NotUnderstood' WHERE fault LIKE '%server response%';

-- The code of a PIN letter is good beside the PIN; an officer's stands in its place (J2).
ALTER TABLE pin_codes ADD COLUMN letter INTEGER NOT NULL DEFAULT 0;
UPDATE pin_codes SET letter = 1, wrong = 0 WHERE made_by IN (SELECT id FROM people WHERE role = 'COORDINATOR');
