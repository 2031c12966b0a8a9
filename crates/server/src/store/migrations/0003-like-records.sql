-- Records that count together (§3.7) are found by what they have in common, whatever that is.
ALTER TABLE record ADD COLUMN likeness TEXT;
ALTER TABLE record ADD COLUMN alike_at INTEGER;
CREATE INDEX record_alike ON record (likeness, alike_at) WHERE likeness IS NOT NULL;

-- What the rule book says of the records that are there already.
UPDATE record SET
    likeness = json_extract(doc, '$.entry.client') || '/' || json_extract(doc, '$.category'),
    alike_at = json_extract(doc, '$.logged.at')
WHERE kind = 'incident'
  AND json_extract(doc, '$.category') IS NOT NULL
  AND coalesce(json_extract(doc, '$.entry.drill'), 0) = 0
  AND json_extract(doc, '$.family.merged') IS NULL
  AND json_extract(doc, '$.phase.phase') <> 'cancelled';

-- An exception in force is open until its end is on record.
UPDATE record SET open = 1 WHERE kind = 'exception' AND json_extract(doc, '$.state.state') = 'granted';
