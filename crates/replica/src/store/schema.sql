-- One desk's copy. Disposable: record, search, scope_state, undo. Precious: outbox, archive, attention, draft.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each scope is filled downwards; 0 is complete.
CREATE TABLE scope_state (
    scope INTEGER PRIMARY KEY,
    low   INTEGER NOT NULL
) STRICT;

-- Whole records as the server sent them, with the desk's own pending changes folded in.
CREATE TABLE record (
    pk    INTEGER PRIMARY KEY,
    kind  TEXT    NOT NULL,
    id    BLOB    NOT NULL,
    of    BLOB    NOT NULL,   -- the incident of an entry; itself otherwise
    scope INTEGER NOT NULL,
    rev   INTEGER NOT NULL,   -- 0: made here, not yet sent back by the server
    at    INTEGER NOT NULL,   -- latest event, ms
    open  INTEGER NOT NULL,   -- 1 while it stands on the board or in triage
    doc   TEXT    NOT NULL,
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX record_of ON record (of, kind, at);
CREATE INDEX record_open ON record (kind) WHERE open = 1;
CREATE INDEX record_recent ON record (kind, at) WHERE kind = 'incident';
CREATE INDEX record_scope ON record (scope);

-- Words of incidents and their notes, by record.pk.
CREATE VIRTUAL TABLE search USING fts5(label, title, body, content='', contentless_delete=1, tokenize='porter unicode61');

-- Records as they were before pending commands touched them; NULL: they did not exist.
CREATE TABLE undo (
    kind   TEXT NOT NULL,
    id     BLOB NOT NULL,
    before TEXT,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       BLOB    NOT NULL UNIQUE,
    envelope TEXT    NOT NULL,
    actor    TEXT    NOT NULL,
    subject  BLOB,                -- first record it touches, for marks on cards
    state    INTEGER NOT NULL,    -- 0 unsent, 1 sending, 2 conflicting
    tries    INTEGER NOT NULL,
    next_try INTEGER NOT NULL,
    error    TEXT
) STRICT;

-- Accepted commands, kept until a backup covers them.
CREATE TABLE archive (
    seq       INTEGER PRIMARY KEY,
    id        BLOB    NOT NULL UNIQUE,
    envelope  TEXT    NOT NULL,
    actor     TEXT    NOT NULL,
    epoch     BLOB    NOT NULL,
    log_seq   INTEGER NOT NULL
) STRICT;

-- Refused commands with the person's own words.
CREATE TABLE attention (
    id       BLOB PRIMARY KEY,
    envelope TEXT    NOT NULL,
    refusal  TEXT    NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    key  TEXT PRIMARY KEY,
    body TEXT    NOT NULL,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
