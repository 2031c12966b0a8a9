//! Ids of records that no desk mints: both ends derive them from what the record is, so that a line which
//! a desk wrote ahead and the line which the server sends are one.

use incident::{CommandId, Setting};
use uuid::Uuid;

/// The id of the `place`-th event (from 0) that a command made, as an entry of a timeline.
pub fn entry_id(command: CommandId, place: usize) -> Uuid {
    Uuid::new_v5(&command.0, format!("entry/{place}").as_bytes())
}

/// The id of a setting as a record. Agreements and calendars keep every version, because clocks are bound
/// to them (ruling 15); of anything else the newest stands alone.
pub fn setting_id(setting: &Setting) -> Uuid {
    let id = setting.id();
    setting.kept_version().map_or(id, |version| version_of(id, version))
}

fn version_of(id: Uuid, version: u32) -> Uuid {
    Uuid::new_v5(&id, format!("version/{version}").as_bytes())
}
