-- Who may come in: people with passwords, their sessions, and monitoring tools with tokens.
-- None of it is part of the log or of any frame.

CREATE TABLE account (
    name       TEXT PRIMARY KEY,   -- lower case
    person     BLOB    NOT NULL,
    salt       BLOB    NOT NULL,
    hash       BLOB    NOT NULL,   -- argon2id, see store/account.rs
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed sign-ins by name, known or not, so that answers do not tell which names exist.
CREATE TABLE sign_in_failure (
    name         TEXT PRIMARY KEY,
    failures     INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    digest     BLOB PRIMARY KEY,   -- SHA-256 of the token; the token itself is kept nowhere
    person     BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person);

CREATE TABLE intake_token (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE,
    kind         TEXT    NOT NULL,   -- alertmanager, generic
    digest       BLOB    NOT NULL UNIQUE,
    client       BLOB,
    mapping      TEXT,               -- for generic: where the fields are
    created_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    window_start INTEGER NOT NULL DEFAULT 0,  -- flood control: new signals in this minute
    window_count INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Which signal a key of a hook stands for now.
CREATE TABLE intake_signal (
    hook   INTEGER NOT NULL REFERENCES intake_token (id),
    key    TEXT    NOT NULL,
    signal BLOB    NOT NULL,
    rolled INTEGER NOT NULL,  -- 1: it is one of many under one signal
    PRIMARY KEY (hook, key)
) STRICT, WITHOUT ROWID;

-- Bodies that gave no signal of their own, kept as they came.
CREATE TABLE raw_intake (
    id     INTEGER PRIMARY KEY,
    hook   INTEGER NOT NULL REFERENCES intake_token (id),
    at     INTEGER NOT NULL,
    reason TEXT    NOT NULL,
    body   BLOB    NOT NULL
) STRICT;
