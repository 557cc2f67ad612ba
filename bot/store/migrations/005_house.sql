-- Everything in its room: see docs/decisions/039 and on.
-- What somebody was in the middle of was asked page by page in another way: it begins anew, and no button of it fits.
UPDATE desks SET task = NULL, draft = NULL, step = step + 1;
