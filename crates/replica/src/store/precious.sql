-- What exists on this computer alone. Changes are additive, one step a version, and never lose a row.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       BLOB    NOT NULL UNIQUE,
    envelope TEXT    NOT NULL,
    actor    TEXT    NOT NULL,
    state    INTEGER NOT NULL,    -- 0 unsent, 1 on its way, 2 answered: its outcome comes with a frame
    conflict INTEGER NOT NULL,    -- 1: decided again here, it no longer fits
    sent     INTEGER NOT NULL,    -- times it was handed to the line; 0 can be withdrawn
    failures INTEGER NOT NULL,    -- tries in a row that failed
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
