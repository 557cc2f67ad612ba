-- What was mended first: see docs/decisions/020 and on.

-- An answer that could not be read was kept word by word, and might quote the request: the bot's token, people's words.
UPDATE messages SET fault = 'NotUnderstood' WHERE fault LIKE '%server response%';
UPDATE menus SET fault = 'NotUnderstood' WHERE fault LIKE '%server response%';
