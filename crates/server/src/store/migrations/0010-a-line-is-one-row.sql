-- A line of the log and what it says are one row: a command writes one table where it wrote two, and no index by its
-- command, whose lines follow one another up to the one that its outcome names.
CREATE TABLE line (
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
    commitment   BLOB    NOT NULL,  -- to salt and body; stays in the chain
    erased_by    INTEGER,
    salt         BLOB,              -- an erasure empties it,
    body         TEXT,              -- and what the event says
    UNIQUE (subject, subject_rev)
) STRICT;

-- A line whose words are gone without an erasure stays, for the audit to name.
INSERT INTO line
    SELECT event.seq, event.epoch, event.command, event.idx, event.subject_kind, event.subject, event.subject_rev,
        event.kind, event.v, event.actor, event.at, event.received, event.hash, event.chain,
        COALESCE(part.commitment, zeroblob(32)), part.erased_by, part.salt, part.body
    FROM event LEFT JOIN event_part AS part ON part.seq = event.seq AND part.grp = 0
    ORDER BY event.seq;

DROP TABLE event_part;
DROP TABLE event;
ALTER TABLE line RENAME TO event;
