//! The kinds of record there are, and the records at hand for a decision: what the caller loaded, no more.
//!
//! A kind is one line of the list below and an `impl Record`; stores, wire and desks move records without
//! knowing their kinds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::audience::Audience;
use crate::enforcement::Violation;
use crate::event::{Event, Fact};
use crate::exception::Exception;
use crate::identification::Signal;
use crate::log::Incident;
use crate::obligation::Obligation;
use crate::procedure::Attestations;
use crate::review::Review;
use crate::sampling::Audit;
use crate::setup::Setup;
use crate::survey::Survey;
use crate::suspicion::Suspicion;
use crate::{
    AuditId, ExceptionId, IncidentId, ProcedureId, ReviewId, SignalId, SurveyId, SuspicionId, Timestamp,
    ViolationId,
};

/// What every kind of record can do. A record is the fold of the events on one subject.
pub(crate) trait Record: Sized + Clone + Serialize + DeserializeOwned {
    /// Its id.
    type Id;

    /// The record that its first event begins; `None` where that event begins none.
    fn begin(id: Self::Id, event: &Event) -> Option<Self>;

    /// Takes in a later event. Total: one that does not fit changes nothing.
    fn take(&mut self, event: &Event);

    /// Who may see it.
    fn audience(&self) -> Audience;

    /// Whether work on it goes on.
    fn is_open(&self) -> bool;

    /// When it last changed.
    fn changed_at(&self) -> Timestamp;

    /// What is owed on it, soonest first.
    fn duties(&self, setup: &Setup, now: Timestamp) -> Vec<Obligation>;

    /// Other records that a decision on it looks at.
    fn kin(&self) -> Vec<Subject> {
        Vec::new()
    }

    /// What it counts together with; none where records of its kind are counted one by one.
    fn likeness(&self) -> Option<Likeness> {
        None
    }

    /// When it was logged; none where records of its kind are not looked up by that (§4.1).
    fn logged_at(&self) -> Option<Timestamp> {
        None
    }
}

/// What a record has in common with others that it counts together with (§3.7). Stores keep it beside the
/// record, so that those others are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The same for all that are alike.
    pub key: String,
    /// When it counts.
    pub at: Timestamp,
}

/// Records that are alike within a stretch of time, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// What they have in common.
    pub key: String,
    /// The earliest.
    pub from: Timestamp,
    /// The latest.
    pub until: Timestamp,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($id:ident) in $field:ident: $record:ident, $name:literal;)*) => {
        /// What an event is about; its events in order fold to one record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(tag = "on", content = "id", rename_all = "snake_case")]
        pub enum Subject {
            $($(#[$doc])* $kind($id),)*
            /// A piece of configuration, by the id of what it sets.
            #[ts(type = "string")]
            Setting(uuid::Uuid),
        }

        impl Subject {
            /// How logs, stores and links name its kind.
            pub const fn kind(self) -> &'static str {
                match self {
                    $(Self::$kind(_) => $name,)*
                    Self::Setting(_) => "setting",
                }
            }

            /// The bare id.
            pub const fn id(self) -> uuid::Uuid {
                match self {
                    $(Self::$kind(id) => id.0,)*
                    Self::Setting(id) => id,
                }
            }

            /// The subject of a kind's name and a bare id.
            pub fn of(kind: &str, id: uuid::Uuid) -> Option<Self> {
                match kind {
                    $($name => Some(Self::$kind($id(id))),)*
                    "setting" => Some(Self::Setting(id)),
                    _ => None,
                }
            }
        }

        /// One record at hand, lent.
        #[derive(Debug, Clone, Copy)]
        pub enum RecordRef<'a> {
            $($(#[$doc])* $kind(&'a $record),)*
        }

        impl RecordRef<'_> {
            /// What it is a record of.
            pub const fn subject(&self) -> Subject {
                match self {
                    $(Self::$kind(record) => Subject::$kind(record.id),)*
                }
            }

            /// Who may see it.
            pub fn audience(&self) -> Audience {
                match self {
                    $(Self::$kind(record) => Record::audience(*record),)*
                }
            }

            /// Whether work on it goes on.
            pub fn is_open(&self) -> bool {
                match self {
                    $(Self::$kind(record) => Record::is_open(*record),)*
                }
            }

            /// When it last changed.
            pub fn changed_at(&self) -> Timestamp {
                match self {
                    $(Self::$kind(record) => Record::changed_at(*record),)*
                }
            }

            /// What is owed on it, soonest first.
            pub fn duties(&self, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
                match self {
                    $(Self::$kind(record) => Record::duties(*record, setup, now),)*
                }
            }

            /// Other records that a decision on it looks at.
            pub fn kin(&self) -> Vec<Subject> {
                match self {
                    $(Self::$kind(record) => Record::kin(*record),)*
                }
            }

            /// What it counts together with.
            pub fn likeness(&self) -> Option<Likeness> {
                match self {
                    $(Self::$kind(record) => Record::likeness(*record),)*
                }
            }

            /// When it was logged, where it is looked up by that.
            pub fn logged_at(&self) -> Option<Timestamp> {
                match self {
                    $(Self::$kind(record) => Record::logged_at(*record),)*
                }
            }

            /// The document that stores and wire carry.
            pub fn document(&self) -> Result<String, serde_json::Error> {
                match self {
                    $(Self::$kind(record) => serde_json::to_string(record),)*
                }
            }
        }

        /// Records by id, and the configuration.
        #[derive(Debug, Clone, Default)]
        pub struct Records {
            /// Configuration.
            pub setup: Arc<Setup>,
            $($(#[$doc])* pub $field: BTreeMap<$id, Arc<$record>>,)*
            /// The number of the next incident; only the server knows one.
            pub next_number: Option<u32>,
            /// The numbers that the next incident had in logs that a restore ended.
            pub former_numbers: BTreeSet<u32>,
        }

        impl Records {
            /// Names of the kinds, as [`Subject::kind`] gives them; configuration is not among them.
            pub const KINDS: &'static [&'static str] = &[$($name,)*];

            /// The record of a subject, where it is at hand.
            pub fn get(&self, subject: Subject) -> Option<RecordRef<'_>> {
                match subject {
                    $(Subject::$kind(id) => self.$field.get(&id).map(|record| RecordRef::$kind(record)),)*
                    Subject::Setting(_) => None,
                }
            }

            /// Every record at hand.
            pub fn all(&self) -> impl Iterator<Item = RecordRef<'_>> {
                std::iter::empty()$(.chain(self.$field.values().map(|record| RecordRef::$kind(record))))*
            }

            /// What the records at hand look at and is not at hand: load these too before deciding, as far
            /// as whoever decides may see them.
            pub fn kin(&self) -> Vec<Subject> {
                let mut kin: Vec<_> = self.all().flat_map(|record| record.kin()).collect();
                kin.retain(|subject| self.get(*subject).is_none());
                kin.sort_unstable();
                kin.dedup();
                kin
            }

            /// Takes in a record as its document tells of it; configuration has its own way in.
            pub fn insert(&mut self, subject: Subject, document: &str) -> Result<(), serde_json::Error> {
                match subject {
                    $(Subject::$kind(id) => {
                        self.$field.insert(id, Arc::new(serde_json::from_str(document)?));
                    })*
                    Subject::Setting(_) => {}
                }
                Ok(())
            }

            /// Takes over the record of a subject as it stands among others; drops it where it is none of them.
            pub fn take_over(&mut self, subject: Subject, others: &Self) {
                match subject {
                    $(Subject::$kind(id) => match others.$field.get(&id) {
                        Some(record) => drop(self.$field.insert(id, Arc::clone(record))),
                        None => drop(self.$field.remove(&id)),
                    },)*
                    Subject::Setting(_) => {}
                }
            }

            /// Drops a record from those at hand.
            pub fn remove(&mut self, subject: Subject) {
                match subject {
                    $(Subject::$kind(id) => {
                        self.$field.remove(&id);
                    })*
                    Subject::Setting(_) => {}
                }
            }
        }

        /// Folds one event into the records; returns whether its subject is known now.
        pub fn apply(records: &mut Records, event: &Event) -> bool {
            match event.subject {
                $(Subject::$kind(id) => match records.$field.get_mut(&id) {
                    Some(record) => {
                        Record::take(Arc::make_mut(record), event);
                        true
                    }
                    None => match <$record as Record>::begin(id, event) {
                        Some(record) => records.$field.insert(id, Arc::new(record)).is_none(),
                        None => false,
                    },
                },)*
                Subject::Setting(_) => match &event.fact {
                    Fact::Configured { setting } => {
                        Arc::make_mut(&mut records.setup).take((**setting).clone()).is_ok()
                    }
                    _ => false,
                },
            }
        }
    };
}

kinds! {
    /// Incidents (§3.1).
    Incident(IncidentId) in incidents: Incident, "incident";
    /// Signals: what was seen and may be an incident (§3.1 Identification).
    Signal(SignalId) in signals: Signal, "signal";
    /// Exceptions (§4.2).
    Exception(ExceptionId) in exceptions: Exception, "exception";
    /// Suspected data breaches: for their members alone (§5).
    Suspicion(SuspicionId) in suspicions: Suspicion, "suspicion";
    /// Who has understood a procedure (§3.5).
    Procedure(ProcedureId) in attestations: Attestations, "procedure";
    /// Post-incident reviews (§3.7).
    Review(ReviewId) in reviews: Review, "review";
    /// Proposed and decided violations (§4.3).
    Violation(ViolationId) in violations: Violation, "violation";
    /// Samples of records under review (§4.1).
    Audit(AuditId) in audits: Audit, "audit";
    /// Satisfaction surveys (§4.1).
    Survey(SurveyId) in surveys: Survey, "survey";
}

/// The number of the first incident that a server logs.
const FIRST_NUMBER: u32 = 1;

impl Records {
    /// Those of a server that has logged nothing yet.
    pub fn of_a_new_server() -> Self {
        Self { next_number: Some(FIRST_NUMBER), ..Self::default() }
    }

    /// Whether nothing has ever been logged; a desk cannot know.
    pub(crate) const fn has_logged_nothing(&self) -> bool {
        matches!(self.next_number, Some(FIRST_NUMBER))
    }
}
