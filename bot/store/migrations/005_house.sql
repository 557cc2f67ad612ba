-- Everything in its room: see docs/decisions/039 and on.
-- A message that carries a paper says what shall be drawn; it is drawn when it is sent, and what was drawn is kept
-- nowhere. What an older version had drawn and not yet sent is asked for once more.
ALTER TABLE messages ADD COLUMN recipe TEXT;
ALTER TABLE messages DROP COLUMN document;
