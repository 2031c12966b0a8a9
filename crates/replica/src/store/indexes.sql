-- What rows are found by. Made as often as the file is opened, so that a copy of an earlier release has them too:
-- another index is no reason to fill every record again.
CREATE INDEX IF NOT EXISTS record_of ON record (of, kind, at);
CREATE INDEX IF NOT EXISTS record_open ON record (kind) WHERE open = 1;
CREATE INDEX IF NOT EXISTS record_closed ON record (at) WHERE kind = 'incident' AND open = 0;
CREATE INDEX IF NOT EXISTS record_number ON record (number) WHERE number IS NOT NULL;
CREATE INDEX IF NOT EXISTS record_logged ON record (logged_at) WHERE logged_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS record_scope ON record (scope);
-- It held the open ones too, and every change of one was written to it.
DROP INDEX IF EXISTS record_recent;
