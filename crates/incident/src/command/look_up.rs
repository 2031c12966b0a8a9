//! What a command looks at beside the records that it names (§4.1, §4.2): whoever holds records finds these too
//! before deciding. A desk finds what it has; the server finds all of it, and its word counts.

use crate::Timestamp;
use crate::command::Command;
use crate::records::{Alike, Records};

/// Records to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// Records that are alike.
    Alike(Alike),
    /// Records of one kind within a stretch of time, as their documents say; its end is excluded.
    Stamped {
        /// The kind, as [`crate::Subject::kind`] names it.
        kind: &'static str,
        /// The path in the document to the instant that counts.
        stamp: &'static str,
        /// From here on
        from: Timestamp,
        /// and before this.
        until: Timestamp,
        /// A path in the document, and what has to stand there.
        of: Option<(&'static str, String)>,
        /// So many are enough to refuse the command for being too many.
        limit: u32,
    },
}

impl Command {
    /// What it looks at beside its subjects, which are at hand already, and their kin.
    pub fn look_ups(&self, records: &Records, now: Timestamp) -> Vec<LookUp> {
        match self {
            Self::DrawSample(deed) => vec![deed.population()],
            Self::RequestException(deed) => deed.before(now).map(LookUp::Alike).into_iter().collect(),
            Self::ApproveException(deed) => {
                let exception = records.exceptions.get(&deed.exception);
                exception.map(|known| LookUp::Alike(known.request().before())).into_iter().collect()
            }
            // Every other deed names all that it looks at.
            _ => Vec::new(),
        }
    }
}
