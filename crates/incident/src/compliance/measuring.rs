//! How compliance is measured (§4.1): records looked at by sample, findings tracked, clients asked, figures read.

use super::Evidence;
use super::finding::Finding;
use super::premises::Premises;
use super::rhythm::{Kept, walk};
use crate::oversight::{DAY, Oversight};
use crate::sampling::Audit;
use crate::survey::closed_at;
use crate::{Span, Timestamp};

/// A sample of records is drawn as often as the house said when the time began to run (decision 100).
pub(super) fn sampled(house: &Premises<'_>) -> Finding {
    let drawn = recent(house).map(|audit| Kept {
        at: audit.drawn_at,
        next_from: audit.drawn_at,
        shown: Evidence::deed(
            "sample_drawn",
            "a sample of records was drawn",
            audit.drawn_at,
            audit.drawn_by,
        ),
    });
    let asked = Asked {
        clause: "§4.1/1",
        times: 1,
        unsaid: "The house has not said how often a sample is drawn.",
        missing: |days| format!("No sample of records was drawn for more than {days} days."),
        kept: "A sample was drawn in time.",
        waits: "The first sample is to be drawn.",
    };
    in_rhythm(house, drawn.collect(), &asked)
}

/// Samples that look at what was done of late: the records that one was drawn from reach to within the rhythm of its
/// draw (decision 160). One that every record went out of looks at nothing.
fn recent<'a>(house: &'a Premises<'_>) -> impl Iterator<Item = &'a Audit> {
    let reaches = move |audit: &&Audit| {
        let days = Oversight::at(house.setup, audit.drawn_at).sampling.every_days;
        days.is_none_or(|days| audit.drawn_at <= audit.plan.period.to.plus_millis(i64::from(days) * DAY))
    };
    let looks = |audit: &&Audit| !audit.drawn.is_empty();
    house.records.audits.values().map(AsRef::as_ref).filter(reaches).filter(looks)
}

/// What is asked for as often as samples are.
struct Asked {
    clause: &'static str,
    /// Every so many times the days that the house says.
    times: i64,
    unsaid: &'static str,
    missing: fn(u32) -> String,
    kept: &'static str,
    waits: &'static str,
}

fn in_rhythm(house: &Premises<'_>, mut all: Vec<Kept>, asked: &Asked) -> Finding {
    all.sort_by_key(|kept| (kept.at, kept.next_from));
    let rhythm = walk(house, &all, asked.times);
    let lapses = rhythm.lapses.into_iter().map(|lapse| (lapse.late, lapse));
    if let Some((late, lapse)) = house.worst(asked.clause, lapses) {
        let said = Evidence::fact("configured", "how often a sample is drawn", lapse.stretch.said_at);
        let shown = lapse.around.into_iter().chain([said]).collect();
        return Finding::late(late, (asked.missing)(lapse.stretch.days), shown);
    }
    let last = all.into_iter().max_by_key(|kept| kept.next_from).map(|kept| kept.shown);
    match (rhythm.runs, last) {
        (None, last) => Finding::for_people(asked.unsaid, last.into_iter().collect()),
        (Some(_), Some(last)) => Finding::kept(asked.kept, vec![last]),
        (Some(stretch), None) => Finding::not_due(Some(stretch.due), asked.waits),
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
    let gone = audit.reductions.iter().map(|gone| {
        let what = "a record went out, and none was left to draw";
        Evidence::deed("sample_reduced", what, gone.said.at, gone.said.by)
    });
    let shown = std::iter::once(drawn).chain(gone).chain([ended]).collect();
    if audit.drawn.is_empty() {
        return Finding::for_people("None of its records could be looked at: why, people judge.", shown);
    }
    Finding::kept("Every record was looked at, and every finding settled.", shown)
}

/// Clients are asked how satisfied they are, once something was closed: the first within the time between two samples
/// (decision 238).
pub(super) fn feedback(house: &Premises<'_>) -> Finding {
    let counted = house.records.incidents.values().filter(|incident| incident.counts());
    let closed: Vec<_> = counted.filter_map(|incident| closed_at(incident)).collect();
    let asked = house.records.surveys.values().max_by_key(|survey| survey.asked_at);
    if let Some(last) = asked {
        let shown =
            Evidence::deed("survey_asked", "a client was asked for its word", last.asked_at, last.asked_by);
        return if closed.iter().any(|at| last.asked_at < *at) {
            let why = "Nothing was asked since the last closure: whether that is often enough, people judge.";
            Finding::for_people(why, vec![shown])
        } else {
            Finding::kept("Clients are asked how satisfied they are.", vec![shown])
        };
    }
    let Some(first) = closed.iter().min() else {
        return Finding::not_due(None, "Nothing was closed yet.");
    };
    let shown = |at: Timestamp| vec![Evidence::fact("closed", "an incident was closed", at)];
    match closed.iter().filter_map(|at| Some((asked_by(house, *at)?, *at))).min() {
        None => {
            let why =
                "No client was ever asked, and the house has not said how often compliance is measured.";
            Finding::for_people(why, shown(*first))
        }
        Some((due, at)) if due < house.now => {
            let late = Span { from: due, to: house.now };
            Finding::late(late, "No client was ever asked how satisfied it is.", shown(at))
        }
        Some((due, _)) => Finding::not_due(Some(due), "The first client is to be asked."),
    }
}

/// By when a client is asked after a closure, where nobody was asked before; none where the house had set no number.
fn asked_by(house: &Premises<'_>, closed: Timestamp) -> Option<Timestamp> {
    let days = Oversight::at(house.setup, closed).sampling.every_days?;
    Some(closed.plus_millis(i64::from(days) * DAY))
}

/// Whoever reviewed a sample says what the figures show and how the process does: each sample, before the one after
/// the next is due (decision 150).
pub(super) fn analysed(house: &Premises<'_>) -> Finding {
    let said = recent(house).filter(|audit| audit.analysis.is_some()).filter_map(|audit| {
        let closed = audit.closed.as_ref()?;
        let what = "figures were read, and the process audited";
        let shown = Evidence::deed("audit_closed", what, closed.at, closed.by);
        Some(Kept { at: closed.at, next_from: audit.drawn_at, shown })
    });
    let asked = Asked {
        clause: "§4.1/4",
        times: 2,
        unsaid: "The house has not said how often records are reviewed, and so not how often figures are read.",
        missing: |days| format!("Nobody read the figures and audited the process for twice {days} days."),
        kept: "Figures were read, and the process audited.",
        waits: "The first audit is to be drawn and closed.",
    };
    in_rhythm(house, said.collect(), &asked)
}
