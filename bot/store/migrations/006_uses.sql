-- How long a message is of use stands in its row: see docs/decisions/043. Until now it was read out of its key, and here
-- it is for the last time.
ALTER TABLE messages ADD COLUMN of_use TEXT NOT NULL DEFAULT 'stands:';
UPDATE messages SET of_use = CASE
    WHEN key LIKE 'said:%' OR key LIKE 'pause:%' OR key = 'list_task' THEN 'moment:'
    WHEN key LIKE 'typed:%' THEN 'typed:'
    WHEN key = 'today' THEN 'asked_today:'
    WHEN key LIKE 'today:____-__-__' THEN 'day:' || substr(key, 7)
    WHEN key LIKE 'morning:____-__-__' THEN 'day:' || substr(key, 9)
    WHEN key LIKE 'tomorrow:____-__-__' THEN 'day_before:' || substr(key, 10)
    WHEN key LIKE 'session:%:____-__-__:____________' THEN 'day:' || substr(key, length(key) - 22, 10)
    WHEN key LIKE 'page:%:____-__-__' THEN 'day:' || substr(key, length(key) - 9)
    WHEN key LIKE 'page:broadcast:%' THEN 'week:'
    WHEN key LIKE 'page:night:%' THEN 'theme_night_page:' || substr(key, 12)
    WHEN key LIKE 'slip:%' THEN 'card:' || substr(key, 6)
    WHEN key LIKE 'reminder:%:half' THEN 'half_of_promise:' || replace(substr(key, 10), ':half', '')
    WHEN key LIKE 'reminder:%:end' THEN 'broken_promise:' || replace(substr(key, 10), ':end', '')
    WHEN key LIKE 'reminder:%:untold' THEN 'untold_talk:' || replace(substr(key, 10), ':untold', '')
    WHEN key LIKE 'reminder:%:untold\_still' ESCAPE '\'
        THEN 'untold_talk:' || replace(substr(key, 10), ':untold_still', '')
    WHEN key LIKE 'unheard:%' THEN 'waiting_slip:' || substr(key, 9)
    WHEN key LIKE 'news:night:%' THEN 'theme_night_ahead:' || substr(key, 12)
    WHEN key LIKE 'news:%' THEN 'news_for_inmate:' || substr(key, 6)
    WHEN key LIKE 'night:%' THEN 'theme_night_ahead:' || substr(key, 7)
    WHEN key LIKE 'proposal:%' THEN 'theme_night_ahead:' || substr(key, 10)
    WHEN key LIKE 'notice:%' THEN 'running_notice:' || substr(key, 8)
    WHEN key LIKE 'unreachable:%' THEN 'silent_chat:' || substr(key, 13)
    WHEN key LIKE 'closed:%' THEN 'closed_screen:' || substr(key, 8)
    ELSE 'stands:' END;
