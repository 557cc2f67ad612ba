-- A theme night is called so in what is due as well; "night" alone is when the hub clears away.
UPDATE reminders SET kind = 'theme_night' || substr(kind, 8) WHERE kind LIKE 'evening\_%' ESCAPE '\';
