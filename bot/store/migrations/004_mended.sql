-- What was mended first: see docs/decisions/020 and on.

-- What passes stands in memory alone: the row says that it is wanted, and not what it says.
ALTER TABLE messages ADD COLUMN passing INTEGER NOT NULL DEFAULT 0;
