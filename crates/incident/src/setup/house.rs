//! The house: its thresholds with their versions (ruling 15), its names, lists and matrix.
//!
//! What happened is judged by the numbers that were in force then; nothing here judges.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Category, Setup};
use crate::major_incident::MajorRules;
use crate::priority::Matrix;
use crate::survey::Scale;
use crate::{Timestamp, closing, communication, identification};

/// The house's own thresholds, versioned: a number counts for what happens while its version is in force
/// (ruling 15), and its categories, templates, reasons, scale and matrix for what is done then: records name what
/// they were bound to. Names on screen and zones are the newest version's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// Raised by one with every change.
    pub version: u32,
    /// From when on its numbers count.
    #[serde(default)]
    pub effective_from: Timestamp,
    /// The zone of the desk's own screens (IANA).
    pub zone: String,
    /// "Promptly" for logging an identified signal, in minutes (§3.1); absent means no number was set.
    pub log_within_minutes: Option<u32>,
    /// The priority matrix (§6).
    pub matrix: Matrix,
    /// Matrices of before, in settings that were written when no version of a house was kept; none is added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_matrices: Vec<Matrix>,
    /// The category tree (§3.1).
    pub categories: Vec<Category>,
    /// The numbers of the major incident process (§3.6).
    #[serde(default)]
    pub major: MajorRules,
    /// For how many minutes a merge can be taken back; absent means no number was set, and none can.
    #[serde(default)]
    pub merge_undo_within_minutes: Option<u32>,
    /// Within how many minutes the law wants to hear of a data breach (§5); absent means no number was set.
    #[serde(default)]
    pub breach_notice_within_minutes: Option<u32>,
    /// Its rules of identification (§3.1).
    #[serde(default)]
    pub identification: identification::Rules,
    /// Its rules of communication (§3.4).
    #[serde(default)]
    pub communication: communication::Rules,
    /// Its rules of closing (§3.1 Closure).
    #[serde(default)]
    pub closing: closing::Rules,
    /// The scale on which clients say how satisfied they are (§4.1); absent means that none are asked.
    #[serde(default)]
    pub survey: Option<Scale>,
}

impl Default for House {
    fn default() -> Self {
        Self {
            version: 0,
            effective_from: Timestamp::default(),
            zone: "UTC".into(),
            log_within_minutes: None,
            matrix: Matrix::default(),
            earlier_matrices: Vec::new(),
            categories: Vec::new(),
            major: MajorRules::default(),
            merge_undo_within_minutes: None,
            breach_notice_within_minutes: None,
            identification: identification::Rules::default(),
            communication: communication::Rules::default(),
            closing: closing::Rules::default(),
            survey: None,
        }
    }
}

impl Setup {
    /// Takes in a version of the house, newer or older.
    pub(super) fn take_house(&mut self, house: House) {
        if house.version < self.house.version {
            self.former_houses.insert(house.version, house);
            return;
        }
        let former = std::mem::replace(&mut self.house, house);
        // Version 0 is no setting: it is what a house is that nobody has set up.
        if former.version > 0 && former.version < self.house.version {
            self.former_houses.insert(former.version, former);
        }
    }

    /// The house whose numbers were in force at an instant; `None` before the first.
    pub fn house_at(&self, at: Timestamp) -> Option<&House> {
        let all = self.former_houses.values().chain([&self.house]);
        all.filter(|house| house.effective_from <= at)
            .max_by_key(|house| (house.effective_from, house.version))
    }

    /// The house that counts at an instant; before the first, the newest.
    pub fn house_for(&self, at: Timestamp) -> &House {
        self.house_at(at).unwrap_or(&self.house)
    }

    /// Every matrix that a record may have been prioritised by, the newest first.
    pub(crate) fn matrices(&self) -> impl Iterator<Item = &Matrix> {
        let houses = std::iter::once(&self.house).chain(self.former_houses.values().rev());
        houses.flat_map(|house| std::iter::once(&house.matrix).chain(&house.earlier_matrices))
    }

    /// The matrix of a version; the newest where the version is not kept or none was bound.
    pub fn matrix_of(&self, version: Option<u32>) -> &Matrix {
        self.matrices().find(|matrix| Some(matrix.version) == version).unwrap_or(&self.house.matrix)
    }
}
