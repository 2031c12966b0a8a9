//! Brings a file up to the schema of this release, one numbered step after the other.

use rusqlite::{Connection, TransactionBehavior};

use super::Error;

/// Every step ever released, in order; a released step is never changed.
const STEPS: &[&str] = &[
    include_str!("migrations/0001-log-records-visibility.sql"),
    include_str!("migrations/0002-accounts-sessions-hooks.sql"),
    include_str!("migrations/0003-like-records.sql"),
    include_str!("migrations/0004-what-commands-look-up.sql"),
    include_str!("migrations/0005-logged-once.sql"),
    include_str!("migrations/0006-floods-by-their-signal.sql"),
    include_str!("migrations/0007-kept-bodies-by-hook.sql"),
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
    for step in STEPS.iter().skip(found as usize) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}
