//! A damaged file set aside: kept beside the new one, never deleted, with what can be read of the person's words taken
//! along (decision 194).
//!
//! What waited is not sent by itself: nothing tells whether the server has it already, nor what else of it is damaged.
//!
//! It may be cut short at any step. The file is marked first and until all is done; the new one has the words before
//! the old one is moved; and whoever tries again goes on with what is there.

use std::path::{Path, PathBuf};

use incident::{Refusal, RefusalCode, Timestamp, Verb};
use protocol::Envelope;
use rusqlite::Connection;

use super::settled;
use crate::Error;

/// What SQLite keeps beside a file while it is open. They go first: left behind, a new file would take them for its
/// own.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// The name of the new file while the damaged one still has the other. It is neither a copy nor of another history.
const FRESH: &str = "fresh.db";
/// The fact of a new file that it has the words: since when, in milliseconds, and how many commands had waited.
const FILLED: &str = "filled";

/// A damaged copy that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is kept.
    pub file: PathBuf,
    /// Commands of it that were not settled and could be read: they are in attention in the new copy.
    pub recovered: usize,
}

/// Sets the damaged copy in `folder` aside, and makes a new one that holds what could be read of the person's words.
/// Nobody may have it open.
pub fn set_aside(folder: &Path, now: Timestamp) -> Result<SetAside, Error> {
    let file = folder.join(super::FILE);
    replace(folder, &file, now).map_err(|error| Error::NotSetAside { file, cause: error.to_string() })
}

fn replace(folder: &Path, file: &Path, now: Timestamp) -> Result<SetAside, Error> {
    std::fs::write(mark(file), b"")?;
    let fresh = folder.join(FRESH);
    let (at, recovered) = fill(&fresh, file, now)?;
    let aside = folder.join(format!("damaged-{at}.db"));
    for end in BESIDE.into_iter().chain([""]) {
        moved(&with_end(file, end), &with_end(&aside, end))?;
    }
    std::fs::rename(&fresh, file)?;
    std::fs::remove_file(mark(file))?;
    Ok(SetAside { file: aside, recovered })
}

/// Makes the new file with the words of the damaged one, unless an earlier try has: since when it has them, and how
/// many commands had waited.
fn fill(fresh: &Path, file: &Path, now: Timestamp) -> Result<(i64, usize), Error> {
    let db = super::open(fresh)?;
    let filled = match super::meta(&db, FILLED)? {
        Some(filled) => serde_json::from_str(&filled)?,
        None => Words::of(file).take_over(&db, now)?,
    };
    // All of it is in the one file that is moved.
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))?;
    db.close().map_err(|(_, error)| error)?;
    Ok(filled)
}

/// A step failed because the file is damaged: it is marked, so that it is not opened again as it is. The fault, in
/// words. Nobody has to hold the copy for that, nor to let go of it.
pub fn suspect(file: &Path, cause: String) -> Error {
    if let Err(error) = std::fs::write(mark(file), b"") {
        tracing::error!(file = %file.display(), %error, "a damaged copy could not be marked");
    }
    Error::Damaged { file: file.to_owned(), cause }
}

/// Fails where a file is marked as damaged.
pub(crate) fn is_not_suspected(file: &Path) -> Result<(), Error> {
    if mark(file).exists() {
        let cause = "a part of it could not be read".to_owned();
        return Err(Error::Damaged { file: file.to_owned(), cause });
    }
    Ok(())
}

fn mark(file: &Path) -> PathBuf {
    file.with_extension("damaged")
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Moves a file that may not be there.
fn moved(from: &Path, to: &Path) -> Result<(), Error> {
    match std::fs::rename(from, to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What a person had typed that is nowhere else.
#[derive(Default)]
struct Words {
    /// Commands that the server had not settled.
    waiting: Vec<(Envelope, String)>,
    /// Refused ones: envelope, why, and when.
    refused: Vec<(Envelope, String, String, i64)>,
    /// Key and body of drafts.
    drafts: Vec<(String, String)>,
}

impl Words {
    /// As far as a damaged file gives them.
    fn of(file: &Path) -> Self {
        let Ok(db) = super::open_reader(file) else { return Self::default() };
        let envelope = |text: &String| serde_json::from_str::<Envelope>(text).ok();
        let waiting = rows(&db, "SELECT envelope FROM outbox ORDER BY seq", |row| row.get::<_, String>(0));
        let refused = rows(&db, "SELECT envelope, refusal, at FROM attention ORDER BY at", |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        });
        let drafts = rows(&db, "SELECT key, body FROM draft", |row| Ok((row.get(0)?, row.get(1)?)));
        let refused = refused.into_iter();
        Self {
            waiting: waiting.into_iter().filter_map(|text| Some((envelope(&text)?, text))).collect(),
            refused: refused
                .filter(|(_, why, _)| serde_json::from_str::<Refusal>(why).is_ok())
                .filter_map(|(text, why, at)| Some((envelope(&text)?, text, why, at)))
                .collect(),
            drafts,
        }
    }

    /// Puts them into a new file, with the fact that it has them.
    fn take_over(&self, db: &Connection, now: Timestamp) -> Result<(i64, usize), Error> {
        let tx = db.unchecked_transaction()?;
        for (envelope, text, why, at) in &self.refused {
            settled::attend(&tx, envelope.id, text, why, Timestamp::from_millis(*at))?;
        }
        for (envelope, text) in &self.waiting {
            let why = serde_json::to_string(&unsettled(envelope.command.verb()))?;
            settled::attend(&tx, envelope.id, text, &why, now)?;
        }
        for (key, body) in &self.drafts {
            settled::save_draft(&tx, key, body, now)?;
        }
        let filled = (now.millis(), self.waiting.len());
        super::set_meta(&tx, FILLED, &serde_json::to_string(&filled)?)?;
        tx.commit()?;
        Ok(filled)
    }
}

/// The rows of a damaged file, until the first that cannot be read.
fn rows<T>(
    db: &Connection,
    sql: &str,
    read: impl Fn(&rusqlite::Row<'_>) -> Result<T, rusqlite::Error>,
) -> Vec<T> {
    let mut found = Vec::new();
    let Ok(mut list) = db.prepare(sql) else { return found };
    let Ok(mut rows) = list.query([]) else { return found };
    while let Ok(Some(row)) = rows.next() {
        found.extend(read(row).ok());
    }
    found
}

fn unsettled(verb: Verb) -> Refusal {
    let rule = verb.rule();
    Refusal {
        code: RefusalCode::Invalid,
        verb,
        clause: rule.clause.into(),
        what: format!("{}: this computer's copy was damaged before the server had answered", rule.label),
        instead: "Look whether it is on record; if it is not, do it again with these words.".into(),
        exception_by: Vec::new(),
        field: None,
    }
}
