-- Everything in its room: see docs/decisions/039 and on.
-- A message that carries a paper says what shall be drawn; it is drawn when it is sent, and what was drawn is kept
-- nowhere. What an older version had drawn and not yet sent is asked for once more.
ALTER TABLE messages ADD COLUMN recipe TEXT;
ALTER TABLE messages DROP COLUMN document;

-- What every message is about: what changes with a slip, an inmate, a night is found here, and so is what goes with it.
CREATE TABLE message_subjects (
    subject TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    PRIMARY KEY (subject, message)
);
CREATE INDEX subjects_of_a_message ON message_subjects (message);
INSERT INTO message_subjects (subject, message) SELECT 'slip:' || s.code, m.id FROM slips s JOIN messages m
    ON m.text IS NOT NULL
    AND (m.key LIKE '%' || s.code || '%' OR m.text LIKE '%' || s.code || '%' OR m.buttons LIKE '%' || s.code || '%');
INSERT INTO message_subjects (subject, message) SELECT 'named:' || i.id, m.id FROM inmates i JOIN messages m
    ON m.text IS NOT NULL
    AND (m.key LIKE '%' || i.id || '%' OR m.text LIKE '%' || i.id || '%' OR m.buttons LIKE '%' || i.id || '%');
INSERT INTO message_subjects (subject, message) SELECT 'list:' || n.id, m.id FROM theme_nights n JOIN messages m
    ON m.text IS NOT NULL
    AND (m.key LIKE '%\_list:' || n.id || ':%' ESCAPE '\' OR m.key LIKE '%door:' || n.id || ':%'
    OR m.key = 'news:night:' || n.id
    OR m.buttons LIKE '%night\_list:' || n.id || '"%' ESCAPE '\' OR m.buttons LIKE '%seat\_for:' || n.id || ':%' ESCAPE '\');

-- What somebody was in the middle of was asked page by page in another way: it begins anew, and no button of it fits.
UPDATE desks SET task = NULL, draft = NULL, step = step + 1;
