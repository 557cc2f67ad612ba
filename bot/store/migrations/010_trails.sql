-- A kiosk knows the pages behind the one it shows, so that a step back is one step: their views, with blanks between.
ALTER TABLE kiosk_sessions ADD COLUMN trail TEXT NOT NULL DEFAULT '';
