//! Brings a file up to the schema of this release, one numbered step after the other.

use rusqlite::{Connection, TransactionBehavior};

use super::{Error, refold};

/// What a step changes.
enum Step {
    /// The tables.
    Schema(&'static str),
    /// The records: their events fold otherwise since.
    Folds,
}

/// Every step ever released, in order; a released step is never changed.
const STEPS: &[Step] = &[
    Step::Schema(include_str!("migrations/0001-log-records-visibility.sql")),
    Step::Schema(include_str!("migrations/0002-accounts-sessions-hooks.sql")),
    Step::Schema(include_str!("migrations/0003-like-records.sql")),
    Step::Schema(include_str!("migrations/0004-what-commands-look-up.sql")),
    Step::Schema(include_str!("migrations/0005-logged-once.sql")),
    Step::Schema(include_str!("migrations/0006-floods-by-their-signal.sql")),
    Step::Schema(include_str!("migrations/0007-kept-bodies-by-hook.sql")),
    // Who takes notice of a later run does so of those before it (§3.5), and a closed review goes on until somebody
    // says whether its actions helped (§3.7).
    Step::Folds,
    // A stop keeps when it was entered, whoever spoke on a lower severity or moved a clock had a hand in the record
    // (§4.1), and a major incident process that was opened again is led and told of anew (§3.6).
    Step::Folds,
    Step::Schema(include_str!("migrations/0010-a-line-is-one-row.sql")),
    Step::Schema(include_str!("migrations/0011-seen-by-its-last-change.sql")),
    // A record keeps when the server heard of whatever eases its clocks, and whoever let words out or showed a stop had
    // a hand in it (§4.1).
    Step::Folds,
];

pub(super) fn migrate(conn: &mut Connection) -> Result<(), Error> {
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    // Whoever reads beside a busy server takes no lock where there is nothing to do.
    if conn.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))? == known {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(Error::NewerSchema { found, known });
    }
    let mut folds_anew = false;
    for step in STEPS.iter().skip(found as usize) {
        match step {
            Step::Schema(sql) => tx.execute_batch(sql)?,
            Step::Folds => folds_anew = true,
        }
    }
    // Once and last: records are written by the schema of this release, and folded as it folds.
    if folds_anew {
        refold::fold_anew(&tx)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}
