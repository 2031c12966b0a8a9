-- When incidents were logged, in a copy that a release without this column filled: its documents say so, and there
-- is no reason to ask the server for them again. One that is not readable has none.
ALTER TABLE record ADD COLUMN logged_at INTEGER;
UPDATE record SET logged_at = json_extract(doc, '$.logged.at')
WHERE kind = 'incident' AND CASE WHEN json_valid(doc) THEN json_type(doc, '$.logged.at') = 'integer' END;
