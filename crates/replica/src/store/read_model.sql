-- What the server can send again: dropped and filled anew when its shape changes.

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
    open  INTEGER NOT NULL,   -- 1 while work on it goes on
    number INTEGER,           -- the number people use, of an incident that has one
    logged_at INTEGER,        -- when an incident was logged, ms
    doc   TEXT    NOT NULL,
    UNIQUE (kind, id)
) STRICT;

-- Words of incidents and their notes, by record.pk. It keeps its own text: a deleted passage is wiped from
-- the index too, because of the setting below.
CREATE VIRTUAL TABLE search USING fts5(
    label, title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- Records as they were before pending commands touched them; NULL: they did not exist.
CREATE TABLE undo (
    kind   TEXT NOT NULL,
    id     BLOB NOT NULL,
    before TEXT,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- What a pending command looks at and writes: a frame that brings none of it need not rewind.
CREATE TABLE touch (
    seq  INTEGER NOT NULL,
    kind TEXT    NOT NULL,
    id   BLOB    NOT NULL,
    PRIMARY KEY (seq, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_of ON touch (kind, id);
