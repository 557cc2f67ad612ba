-- What was mended first: see docs/decisions/020 and on.
ALTER TABLE messages ADD COLUMN sheets TEXT;
UPDATE messages SET text = NULL, buttons = NULL, revision = revision + 1
    WHERE network = 'house' AND key LIKE 'was:%' AND message_id IS NOT NULL;
