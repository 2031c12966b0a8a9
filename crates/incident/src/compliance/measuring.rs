//! How compliance is measured (§4.1): records looked at by sample, findings tracked, clients asked.

use super::Evidence;
use super::finding::Finding;
use super::premises::Premises;
use crate::oversight::{DAY, Oversight};
use crate::sampling::Audit;
use crate::survey::closed_at;

/// A sample of records is drawn as often as the house says.
pub(super) fn sampled(house: &Premises<'_>) -> Finding {
    let rules = Oversight::at(house.setup, house.now);
    let last = house.records.audits.values().max_by_key(|audit| audit.drawn_at);
    let shown = last.map(|audit| {
        Evidence::deed("sample_drawn", "a sample of records was drawn", audit.drawn_at, audit.drawn_by)
    });
    let Some(days) = rules.sampling.every_days else {
        let why = "The house has not said how often a sample is drawn.";
        return Finding::for_people(why, shown.into_iter().collect());
    };
    let since = last.map_or(rules.effective_from, |audit| audit.drawn_at);
    let due = since.plus_millis(i64::from(days) * DAY);
    match shown {
        _ if due < house.now => {
            let why = format!("No sample of records was drawn for more than {days} days.");
            let setting = Evidence::fact("configured", "how often a sample is drawn", rules.effective_from);
            Finding::failed(due, why, shown.into_iter().chain([setting]).collect())
        }
        Some(shown) => Finding::kept("A sample was drawn in time.", vec![shown]),
        None => Finding::not_due(Some(due), "The first sample is to be drawn."),
    }
}

/// What a review of records found is answered and settled before the audit ends.
pub(super) fn findings_settled(audit: &Audit) -> Finding {
    let drawn = Evidence::deed("sample_drawn", "the sample was drawn", audit.drawn_at, audit.drawn_by);
    let Some(closed) = &audit.closed else {
        return Finding::not_due(None, "The audit goes on.");
    };
    let ended = Evidence::deed("audit_closed", "the audit was closed", closed.at, closed.by);
    let open = audit.unsettled().count();
    if open > 0 || audit.unseen() > 0 {
        let why = format!(
            "It was closed with {open} findings that nobody settled, and {} records that nobody looked at.",
            audit.unseen()
        );
        return Finding::failed(closed.at, why, vec![drawn, ended]);
    }
    Finding::kept("Every record was looked at, and every finding settled.", vec![drawn, ended])
}

/// Clients are asked how satisfied they are, once something was closed.
pub(super) fn feedback(house: &Premises<'_>) -> Finding {
    let asked = house.records.surveys.values().max_by_key(|survey| survey.asked_at);
    if let Some(last) = asked {
        let shown =
            Evidence::deed("survey_asked", "a client was asked for its word", last.asked_at, last.asked_by);
        return Finding::kept("Clients are asked how satisfied they are.", vec![shown]);
    }
    let counted = house.records.incidents.values().filter(|incident| incident.counts());
    match counted.filter_map(|incident| closed_at(incident)).min() {
        None => Finding::not_due(None, "Nothing was closed yet."),
        Some(at) => {
            let closed = Evidence::fact("closed", "an incident was closed", at);
            Finding::failed(at, "No client was ever asked how satisfied it is.", vec![closed])
        }
    }
}

/// Reports are read and the process itself is audited: that somebody did is on nobody's record.
pub(super) fn analysed(_: &Premises<'_>) -> Finding {
    let why = "The figures are there; that somebody reads them and audits the process is not on record.";
    Finding::for_people(why, Vec::new())
}
