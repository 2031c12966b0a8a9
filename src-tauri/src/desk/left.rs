//! What everybody's copies on this computer have not sent, while nobody is signed in.
//!
//! Nothing changes in a copy that nobody has open, so it is counted once and the number kept; asking again opens no
//! file.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use replica::Reader;

use super::lock;

/// The commands left unsent in a folder of copies.
pub(super) struct LeftUnsent {
    folder: PathBuf,
    counted: Mutex<Option<u32>>,
}

impl LeftUnsent {
    /// Those of a desk's folder; not counted yet.
    pub(super) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), counted: Mutex::new(None) }
    }

    /// How many.
    pub(super) fn count(&self) -> u32 {
        *lock(&self.counted).get_or_insert_with(|| counted(&self.folder))
    }

    /// A copy was open: what was counted before is not true any more.
    pub(super) fn forget(&self) {
        *lock(&self.counted) = None;
    }
}

fn counted(folder: &Path) -> u32 {
    // No folder, no copies: nobody has been here yet.
    let Ok(folders) = std::fs::read_dir(folder) else { return 0 };
    let files =
        folders.flatten().map(|folder| folder.path().join("replica.db")).filter(|file| file.is_file());
    let counted = files.map(|file| {
        Reader::open(&file).and_then(|reader| reader.waiting()).unwrap_or_else(|fault| {
            tracing::error!(file = %file.display(), %fault, "a copy could not be read");
            (0, 0)
        })
    });
    counted.map(|(unsent, sending)| unsent + sending).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use incident::command::RaiseSignal;
    use incident::identification::{Sighting, Source};
    use incident::{Actor, Command, CommandId, DeskId, PersonId, SignalId, Timestamp};
    use replica::Replica;
    use uuid::Uuid;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    /// Somebody reports something at this desk, and it is not sent.
    fn report(replica: &mut Replica) {
        let sighting = Sighting {
            source: Source::Staff,
            client: None,
            service: None,
            summary: "The door of the machine room stands open".to_owned(),
            details: String::new(),
            reporter: String::new(),
            reported_at: NOW,
            dedup_key: None,
            link: None,
        };
        let command = Command::RaiseSignal(RaiseSignal { signal: SignalId(Uuid::now_v7()), sighting });
        let actor = Actor { person: PersonId(Uuid::now_v7()), roles: BTreeSet::new() };
        replica.execute(CommandId(Uuid::now_v7()), &actor, command, NOW).expect("done here");
    }

    #[test]
    fn copies_are_opened_once_and_again_after_one_was_in_use() {
        let folder = std::env::temp_dir().join(format!("holdfast-left-{}", Uuid::now_v7().simple()));
        let left = LeftUnsent::of(&folder);
        assert_eq!(left.count(), 0, "nobody has been here");
        left.forget();
        let person = folder.join("somebody");
        let mut replica = Replica::open(&person, DeskId(Uuid::now_v7()), NOW).expect("a copy");
        report(&mut replica);
        assert_eq!(left.count(), 1);
        report(&mut replica);
        drop(replica);
        assert_eq!(left.count(), 1, "no file is opened to say it again");
        left.forget();
        assert_eq!(left.count(), 2);
        std::fs::remove_dir_all(&folder).expect("gone");
    }
}
