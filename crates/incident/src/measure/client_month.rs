//! All measures of one client's month, as the client's own wall clock has it (§4.1).

use std::collections::BTreeMap;

use super::{
    BeatKey, Cell, CellKey, CountedBy, Detection, LogLag, Period, Satisfaction, SatisfactionKey, Told,
    communication, detection, log_lag, performance, satisfaction,
};
use crate::Timestamp;
use crate::calendar::CalendarError;
use crate::identification::Source;
use crate::log::Incident;
use crate::records::Records;
use crate::setup::Client;

/// The measures. A map without an entry is no data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientMonth {
    /// The month.
    pub period: Period,
    /// What became of the promises.
    pub performance: BTreeMap<CellKey, Cell>,
    /// Whether the client heard in time.
    pub communication: BTreeMap<BeatKey, Told>,
    /// How promptly its incidents were logged.
    pub log_lag: BTreeMap<Source, LogLag>,
    /// Who knew first.
    pub detection: Detection,
    /// What the client says of it.
    pub satisfaction: BTreeMap<SatisfactionKey, Satisfaction>,
}

/// The measures of a month, from the records at hand.
pub fn client_month(
    records: &Records,
    client: &Client,
    (year, month): (i16, u8),
    counted_by: CountedBy,
    now: Timestamp,
) -> Result<ClientMonth, CalendarError> {
    let period = Period::month(year, month, &client.zone, counted_by)?;
    let of_client = |incident: &&Incident| incident.entry.client == client.id;
    let incidents = || records.incidents.values().map(AsRef::as_ref).filter(of_client);
    // What was promised before the incident moved to another client was promised to the first.
    let all = || records.incidents.values().map(AsRef::as_ref);
    let ever = || all().filter(|one| of_client(one) || one.identity.belonged_to(client.id));
    let mut performance = performance(ever(), &records.setup, period, now);
    performance.retain(|key, _| key.client == client.id);
    let mut communication = communication(ever(), &records.setup, period, now);
    communication.retain(|key, _| key.client == client.id);
    let signals = records.signals.values().map(AsRef::as_ref);
    Ok(ClientMonth {
        period,
        performance,
        communication,
        log_lag: log_lag(incidents(), &records.setup, period),
        detection: detection(incidents(), signals, period),
        satisfaction: satisfaction(incidents(), records.surveys.values().map(AsRef::as_ref), period),
    })
}
