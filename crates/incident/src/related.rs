//! Related policies (§5): links to change, problem and known error, and what was asked of vendors.
//!
//! Raising any of them pauses nothing by itself: only the agreement lets a clock stand still (ruling 4).

mod attribution;
mod vendor;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::log::Incident;
use crate::obligation::Obligation;
use crate::setup::Setup;
use crate::timeline::{Line, LineKind};
use crate::{PersonId, Timestamp};

pub use attribution::{Attribution, attribution};
pub use vendor::{Vendor, VendorCase};

/// Which record of another policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Of Change Management.
    Change,
    /// Of Problem Management.
    Problem,
    /// A known error, with its workaround.
    KnownError,
}

impl LinkKind {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Problem => "problem",
            Self::KnownError => "known error",
        }
    }

    /// What it has of clocks, beside those of the incident.
    pub const fn clock(self) -> &'static str {
        match self {
            Self::Change => {
                "The change keeps its own schedule; the incident's clocks run on, unless its agreement lets \
                 them wait for a change."
            }
            Self::Problem => "The problem has no deadline here; the incident's clocks run on.",
            Self::KnownError => "A known error has no clock; the incident's clocks run on.",
        }
    }
}

/// One record of another policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Link {
    /// Which kind.
    pub kind: LinkKind,
    /// Its number there.
    pub number: String,
    /// Where that record names this incident; absent while nobody has written it there.
    pub back_link: Option<String>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// What an incident has to do with other policies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Related {
    /// Records of other policies, oldest first.
    pub links: Vec<Link>,
    /// What was asked of vendors, oldest first.
    pub vendor_cases: Vec<VendorCase>,
}

impl Related {
    /// The link to a record, by kind and number.
    pub fn link(&self, kind: LinkKind, number: &str) -> Option<&Link> {
        self.links.iter().find(|link| link.kind == kind && link.number == number)
    }

    /// Vendors that have not answered.
    pub fn waiting(&self) -> impl Iterator<Item = &VendorCase> {
        self.vendor_cases.iter().filter(|case| case.answered.is_none())
    }
}

/// Folds what an event says of other policies.
pub(crate) fn take(incident: &mut Incident, event: &Event) {
    let related = &mut incident.related;
    match &event.fact {
        Fact::RecordLinked { kind_of_record: kind, number, back_link } => {
            // The same record again says where it names this incident by now.
            related.links.retain(|link| link.kind != *kind || link.number != *number);
            related.links.push(Link {
                kind: *kind,
                number: number.clone(),
                back_link: back_link.clone(),
                at: event.at,
                by: event.actor,
            });
        }
        _ => vendor::take(&mut related.vendor_cases, event),
    }
}

/// What is owed because a vendor has not answered.
pub(crate) fn duties(incident: &Incident, setup: &Setup) -> Vec<Obligation> {
    vendor::duties(incident, setup)
}

/// How it reads in the timeline.
pub(crate) fn line(fact: &Fact, setup: &Setup) -> Line {
    let work = |title: &str, text: &str| Line::of(LineKind::Work, title, text);
    match fact {
        Fact::RecordLinked { kind_of_record: kind, number, back_link } => {
            let there = back_link.as_deref().unwrap_or("It does not name this incident yet.");
            work(&format!("Linked to {} {number}", kind.name()), &format!("{there}\n{}", kind.clock()))
        }
        Fact::VendorCaseOpened { vendor, number, text, .. } => {
            work(&format!("Asked {} ({number})", setup.vendor_name(*vendor)), text)
        }
        Fact::VendorChased { text, .. } => work("Vendor reminded", text),
        Fact::VendorAnswered { text, .. } => work("Vendor answered", text),
        // Every other fact has its line elsewhere.
        _ => work("Related", ""),
    }
}
