-- In which language a screen speaks to somebody who has chosen another than the one on record; what a message looks like
-- on a page of the house network, beside its words and buttons.
ALTER TABLE inmates ADD COLUMN screen_language TEXT;
ALTER TABLE messages ADD COLUMN face TEXT;
