-- When a record was logged is read from its document once, as it comes: an index over the document itself is
-- computed anew at every change, and it never says anything else.
DROP INDEX record_logged;
ALTER TABLE record ADD COLUMN logged_at INTEGER;
UPDATE record SET logged_at = json_extract(doc, '$.logged.at') WHERE kind = 'incident';
CREATE INDEX record_logged ON record (kind, logged_at) WHERE logged_at IS NOT NULL;
