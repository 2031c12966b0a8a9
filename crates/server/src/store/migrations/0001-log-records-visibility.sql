-- The log and what follows from it: events, records, who sees them, outcomes.

-- Exactly one row: the head of the log. Whoever holds the write lock owns it.
CREATE TABLE log_head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    epoch    BLOB    NOT NULL,  -- this incarnation of the log
    seq      INTEGER NOT NULL,  -- last sequence number; no gaps
    chain    BLOB    NOT NULL,  -- chain hash at seq
    at       INTEGER NOT NULL,  -- time of the last event, ms; never goes back
    safe_seq INTEGER NOT NULL   -- covered by a verified backup
) STRICT;

-- Incarnations: a log restored from a backup goes on under a new epoch.
CREATE TABLE epoch_log (
    epoch    BLOB PRIMARY KEY,
    parent   BLOB,              -- NULL for the first
    fork_seq INTEGER NOT NULL,
    chain    BLOB    NOT NULL,  -- chain hash at fork_seq
    at       INTEGER NOT NULL,
    reason   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    seq          INTEGER PRIMARY KEY,
    epoch        BLOB    NOT NULL,
    command      BLOB    NOT NULL,
    idx          INTEGER NOT NULL,  -- place among the events of its command
    subject_kind TEXT    NOT NULL,  -- incident, signal, setting, …; command for an outcome without effect
    subject      BLOB    NOT NULL,
    subject_rev  INTEGER NOT NULL,  -- 1, 2, 3 … for each subject
    kind         TEXT    NOT NULL,
    v            INTEGER NOT NULL,  -- version of the words in the body
    actor        BLOB    NOT NULL,
    at           INTEGER NOT NULL,  -- when it counts
    received     INTEGER NOT NULL,  -- when the server got it; never goes back
    hash         BLOB    NOT NULL,
    chain        BLOB    NOT NULL,
    UNIQUE (subject, subject_rev),
    UNIQUE (command, idx)
) STRICT;

-- What an event says, by field group. Erasure empties salt and body; the commitment stays in the chain.
CREATE TABLE event_part (
    seq        INTEGER NOT NULL REFERENCES event (seq),
    grp        INTEGER NOT NULL,
    salt       BLOB,
    body       TEXT,
    commitment BLOB NOT NULL,
    erased_by  INTEGER,
    PRIMARY KEY (seq, grp)
) STRICT, WITHOUT ROWID;

-- What became of every command, for ever.
CREATE TABLE command_log (
    id        BLOB    PRIMARY KEY,
    desk      BLOB    NOT NULL,
    desk_seq  INTEGER NOT NULL,
    actor     BLOB    NOT NULL,
    body_hash BLOB    NOT NULL,  -- the same id with another body is never applied
    verdict   TEXT    NOT NULL,  -- protocol::Verdict as JSON
    seq       INTEGER NOT NULL,  -- where in the log it was settled
    at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX command_log_desk ON command_log (desk, seq);

-- The read model: one row a record, as its events fold.
CREATE TABLE record (
    id    BLOB    PRIMARY KEY,
    kind  TEXT    NOT NULL,
    scope INTEGER NOT NULL REFERENCES scope (id),
    rev   INTEGER NOT NULL,   -- sequence number of its last change
    open  INTEGER NOT NULL,   -- 1 while it stands on the board or in triage
    doc   TEXT    NOT NULL
) STRICT;
CREATE INDEX record_open ON record (scope, kind) WHERE open = 1;

-- Who may see which record: delta walks (scope, seq) upwards, filling walks it downwards.
CREATE TABLE vis (
    of      BLOB    NOT NULL,
    grp     INTEGER NOT NULL,
    scope   INTEGER NOT NULL REFERENCES scope (id),
    entered INTEGER NOT NULL,  -- sequence number at which it came into sight
    seq     INTEGER NOT NULL,  -- of the last change
    present INTEGER NOT NULL,  -- 0: it left this scope at seq
    PRIMARY KEY (of, grp, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX vis_seq ON vis (scope, seq);

CREATE TABLE scope (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE, -- house, client/…, every_client, management, only/…
    audience  TEXT NOT NULL,        -- incident::Audience as JSON
    floor_seq INTEGER NOT NULL      -- tombstones below it were collected
) STRICT;

-- Who sees which scope: follows from people, clients and records, recomputed with them.
CREATE TABLE grant_ (
    person BLOB    NOT NULL,
    scope  INTEGER NOT NULL REFERENCES scope (id),
    PRIMARY KEY (person, scope)
) STRICT, WITHOUT ROWID;

-- Small facts by name: the next incident number, marks of resumable runs.
CREATE TABLE marker (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
