-- A message says which page it shows, so that the page can be written anew in whatever message it was opened.
ALTER TABLE messages ADD COLUMN page TEXT NOT NULL DEFAULT '';
