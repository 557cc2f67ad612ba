-- What was mended first: see docs/decisions/020 and on.

-- Whether the words of a notice go to those of the staff who read it outside the house.
ALTER TABLE notices ADD COLUMN outside INTEGER NOT NULL DEFAULT 0;
