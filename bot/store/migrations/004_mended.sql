-- What was mended first: see docs/decisions/020 and on.
ALTER TABLE messages ADD COLUMN sheets TEXT;
