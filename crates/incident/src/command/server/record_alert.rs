//! Record alert: what a monitor said next about a signal it had raised (§3.1 Identification).
//!
//! - Given a signal,
//! - when its monitor repeats it or says that it is over,
//! - then the repeat counts on the signal and its open incident; a recovery is a fact and closes nothing, and
//!   that of some alerts of many does not even propose it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::{IncidentId, Role, SignalId};

/// What the monitor said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum AlertNews {
    /// It fires again, `count` times since the last note.
    Repeated {
        /// How often.
        count: u32,
    },
    /// It says it is over.
    Recovered,
    /// Of the many that were rolled up into one signal, some are over.
    PartlyRecovered {
        /// How many, since the last note.
        count: u32,
    },
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordAlert {
    /// The signal it raised.
    pub signal: SignalId,
    /// The incident the signal became part of, if it did.
    pub incident: Option<IncidentId>,
    /// What it said.
    pub news: AlertNews,
    /// Its words.
    pub summary: String,
    /// The alerts that were rolled up into the signal since the last note, each by its one line.
    #[serde(default)]
    pub names: Vec<String>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RecordAlert, clause: "§3.1", label: "Record alert", roles: &[Role::Server] };

impl RecordAlert {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incident = self.incident.map(Subject::Incident);
        std::iter::once(Subject::Signal(self.signal)).chain(incident).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let signal = s.signal(&RULE, self.signal)?;
        let summary = || self.summary.chars().take(super::super::LINE_MAX).collect::<String>();
        let fact = match self.news {
            AlertNews::Repeated { count } => Fact::AlertRepeated { count, summary: summary() },
            AlertNews::Recovered => Fact::AlertRecovered { summary: summary() },
            AlertNews::PartlyRecovered { count } => Fact::AlertPartlyRecovered { count, summary: summary() },
        };
        let joined = (!self.names.is_empty()).then(|| Fact::AlertsRolledUp { names: self.names.clone() });
        let facts: Vec<Fact> = std::iter::once(fact).chain(joined).collect();
        let told = |subject| facts.iter().map(move |fact| s.event(subject, fact.clone()));
        let mut events: Vec<_> = told(Subject::Signal(signal.id)).collect();
        if let Some(id) = signal.incident()
            && s.records.incidents.get(&id).is_some_and(|incident| incident.is_open())
        {
            events.extend(told(Subject::Incident(id)));
        }
        Ok(events)
    }
}
