//! The records a decision may look at: what the caller loaded, no more.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::identification::Signal;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{IncidentId, SignalId};

/// Incidents and signals by id, and the configuration.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Configuration.
    pub setup: Arc<Setup>,
    /// The incidents at hand.
    pub incidents: BTreeMap<IncidentId, Arc<Incident>>,
    /// The signals at hand.
    pub signals: BTreeMap<SignalId, Arc<Signal>>,
    /// The number of the next incident; only the server knows one.
    pub next_number: Option<u32>,
}
