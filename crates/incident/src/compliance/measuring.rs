//! How compliance is measured (§4.1): records looked at by sample, findings tracked, clients asked, figures read.

use super::Evidence;
use super::finding::Finding;
use super::premises::Premises;
use crate::Timestamp;
use crate::oversight::{DAY, Oversight};
use crate::sampling::Audit;
use crate::survey::closed_at;

/// A sample of records is drawn as often as the house said when the time began to run (decision 100).
pub(super) fn sampled(house: &Premises<'_>) -> Finding {
    let last = house.records.audits.values().max_by_key(|audit| audit.drawn_at);
    let shown = last.map(|audit| {
        Evidence::deed("sample_drawn", "a sample of records was drawn", audit.drawn_at, audit.drawn_by)
    });
    let Some((since, days, said_at)) = runs_from(house, last.map(|audit| audit.drawn_at)) else {
        let why = "The house has not said how often a sample is drawn.";
        return Finding::for_people(why, shown.into_iter().collect());
    };
    let due = since.plus_millis(i64::from(days) * DAY);
    match shown {
        _ if due < house.now => {
            let why = format!("No sample of records was drawn for more than {days} days.");
            let setting = Evidence::fact("configured", "how often a sample is drawn", said_at);
            Finding::failed(due, why, shown.into_iter().chain([setting]).collect())
        }
        Some(shown) => Finding::kept("A sample was drawn in time.", vec![shown]),
        None => Finding::not_due(Some(due), "The first sample is to be drawn."),
    }
}

/// From when the time to the next sample runs, how many days it lasts, and since when that was said: by the number in
/// force at the last sample, or where none was, by the first one that was said after it. None where no number holds.
fn runs_from(house: &Premises<'_>, last: Option<Timestamp>) -> Option<(Timestamp, u32, Timestamp)> {
    Oversight::at(house.setup, house.now).sampling.every_days?;
    let runs = |since: Timestamp| {
        let rules = Oversight::at(house.setup, since);
        rules.sampling.every_days.map(|days| (since, days, rules.effective_from))
    };
    let numbers = house.setup.oversight.values().filter(|version| version.sampling.every_days.is_some());
    let said = numbers.map(|version| version.effective_from);
    let said = said.filter(|at| *at <= house.now && last.is_none_or(|last| last < *at));
    last.and_then(runs).or_else(|| runs(said.min()?))
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
    let counted = house.records.incidents.values().filter(|incident| incident.counts());
    let mut closed = counted.filter_map(|incident| closed_at(incident));
    let asked = house.records.surveys.values().max_by_key(|survey| survey.asked_at);
    if let Some(last) = asked {
        let shown =
            Evidence::deed("survey_asked", "a client was asked for its word", last.asked_at, last.asked_by);
        return if closed.any(|at| last.asked_at < at) {
            let why = "Nothing was asked since the last closure: whether that is often enough, people judge.";
            Finding::for_people(why, vec![shown])
        } else {
            Finding::kept("Clients are asked how satisfied they are.", vec![shown])
        };
    }
    match closed.min() {
        None => Finding::not_due(None, "Nothing was closed yet."),
        Some(at) => {
            let closed = Evidence::fact("closed", "an incident was closed", at);
            Finding::failed(at, "No client was ever asked how satisfied it is.", vec![closed])
        }
    }
}

/// Whoever reviewed a sample says what the figures show and how the process does: each sample, before the one after
/// the next is due (decision 150).
pub(super) fn analysed(house: &Premises<'_>) -> Finding {
    let said = house.records.audits.values().filter(|audit| audit.analysis.is_some());
    let last = said.max_by_key(|audit| audit.drawn_at);
    let shown = last.and_then(|audit| audit.closed.as_ref()).map(|closed| {
        Evidence::deed("audit_closed", "figures were read, and the process audited", closed.at, closed.by)
    });
    let Some((since, days, said_at)) = runs_from(house, last.map(|audit| audit.drawn_at)) else {
        let why =
            "The house has not said how often records are reviewed, and so not how often figures are read.";
        return Finding::for_people(why, shown.into_iter().collect());
    };
    let due = since.plus_millis(2 * i64::from(days) * DAY);
    match shown {
        _ if due < house.now => {
            let why = format!("Nobody read the figures and audited the process for twice {days} days.");
            let setting = Evidence::fact("configured", "how often a sample is drawn", said_at);
            Finding::failed(due, why, shown.into_iter().chain([setting]).collect())
        }
        Some(shown) => Finding::kept("Figures were read, and the process audited.", vec![shown]),
        None => Finding::not_due(Some(due), "The first audit is to be drawn and closed."),
    }
}
