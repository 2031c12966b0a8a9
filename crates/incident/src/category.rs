//! Categories (§3.1 Categorization): a tree of codes that never change their meaning.
//!
//! A code that is no longer used is retired, not dropped: old records keep it and its name. Unknown yet is a
//! category of its own until there is a diagnosis; nothing is closed under it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Timestamp;
use crate::setup::House;

/// A stable code of a category, such as `network_outage`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct CategoryCode(pub String);

impl CategoryCode {
    /// The code that says that nobody knows yet, where the tree has it.
    pub const UNKNOWN_YET: &'static str = "unknown_yet";

    /// Whether it says that nobody knows yet.
    pub fn is_unknown_yet(&self) -> bool {
        self.0 == Self::UNKNOWN_YET
    }

    /// As much of it as a sentence bears.
    fn short(&self) -> String {
        self.0.chars().take(40).collect()
    }
}

/// One category (§3.1 Categorization).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its code, for ever.
    pub code: CategoryCode,
    /// Name on screen.
    pub name: String,
    /// The category above, if any.
    pub under: Option<CategoryCode>,
    /// From when on it is no longer chosen; absent while it is in use.
    #[serde(default)]
    pub retired_at: Option<Timestamp>,
}

impl Category {
    /// Whether it is no longer chosen.
    pub fn is_retired(&self, now: Timestamp) -> bool {
        self.retired_at.is_some_and(|at| at <= now)
    }
}

/// What is wrong with a tree of categories that follows another, in words for the person who writes it.
pub fn fault(before: &House, after: &House) -> Option<String> {
    let mut parents: BTreeMap<&CategoryCode, Option<&CategoryCode>> = BTreeMap::new();
    for category in &after.categories {
        if parents.insert(&category.code, category.under.as_ref()).is_some() {
            return Some(format!("the code {} is there twice", category.code.short()));
        }
    }
    let dropped = before.categories.iter().find(|category| !parents.contains_key(&category.code));
    if let Some(category) = dropped {
        return Some(format!("records may carry {}: it is retired, never dropped", category.code.short()));
    }
    parents.keys().find_map(|code| climb(&parents, code))
}

/// Follows a category upwards: every step is there, and none comes twice.
fn climb(parents: &BTreeMap<&CategoryCode, Option<&CategoryCode>>, from: &CategoryCode) -> Option<String> {
    let mut passed = BTreeSet::from([from]);
    let mut at = parents.get(from).copied().flatten();
    while let Some(code) = at {
        if !parents.contains_key(code) {
            return Some(format!("{} stands under a category that is not in the tree", from.short()));
        }
        if !passed.insert(code) {
            return Some(format!("{} stands under itself", from.short()));
        }
        at = parents.get(code).copied().flatten();
    }
    None
}
