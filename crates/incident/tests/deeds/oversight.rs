//! Sensible commands about violations (§4.3) and samples of records (§4.1).

use incident::command::{
    AnswerFinding, AnswerViolation, ChangeReviewer, CloseAudit, CloseFinding, DecideViolation, DrawSample,
    ProposeViolation, ReplaceSample, ReportFinding, ReviewRecord,
};
use incident::enforcement::{Excuse, Grading};
use incident::sampling::{Finding, handlers};
use incident::{Audit, AuditId, Command, FindingId, IncidentId, Subject, Timestamp, Verb, ViolationId};

use super::{Desk, words};
use crate::fixture;

/// The command of a verb about violations and samples.
pub(super) fn command(desk: &Desk<'_>, verb: Verb) -> Command {
    let violation = match desk.record {
        Some(Subject::Violation(id)) => id,
        _ => desk.records.violations.keys().next().copied().unwrap_or(fixture::violation("V9")),
    };
    match verb {
        Verb::ProposeViolation => Command::ProposeViolation(ProposeViolation {
            violation: unused_violation(desk),
            person: desk.somebody(&["tom", "kay"], &[desk.actor.person]),
            clause: words("§3.1"),
            incident: desk.incident,
            incidents: Vec::new(),
            evidence: Vec::new(),
            text: words("no resolution step is documented"),
        }),
        Verb::AnswerViolation => {
            let excuse = Some(Excuse::Staffing);
            Command::AnswerViolation(AnswerViolation { violation, text: words("two of us were ill"), excuse })
        }
        Verb::DecideViolation => Command::DecideViolation(DecideViolation {
            violation,
            grading: [None, Some(Grading::Slip), Some(Grading::Negligent)][usize::from(desk.pick % 3)],
            violations: Vec::new(),
            reason: words("the desk was alone"),
        }),
        _ => on_audit(desk, verb),
    }
}

fn on_audit(desk: &Desk<'_>, verb: Verb) -> Command {
    let audit = match desk.record {
        Some(Subject::Audit(id)) => id,
        _ => desk.records.audits.keys().next().copied().unwrap_or(fixture::audit("A9")),
    };
    let known = desk.records.audits.get(&audit).map(AsRef::as_ref);
    let incident = unseen(known);
    match verb {
        Verb::DrawSample => Command::DrawSample(DrawSample {
            audit: unused_audit(desk),
            begins_at: Timestamp::from_millis(0),
            until: desk.now.plus_millis(1),
            client: None,
            seed: u32::from(desk.pick),
            count: 1,
            reviewer: fixture::person("root"),
        }),
        Verb::ReplaceSample => {
            Command::ReplaceSample(ReplaceSample { audit, incident, reason: words("it is under seal") })
        }
        Verb::ChangeReviewer => {
            let held = known.map(Audit::reviewer);
            let reviewer = desk.somebody(&["tom", "kay", "mora"], held.as_slice());
            Command::ChangeReviewer(ChangeReviewer { audit, reviewer, reason: words("she is on leave") })
        }
        Verb::ReviewRecord => {
            Command::ReviewRecord(ReviewRecord { audit, incident, text: words("steps and times are there") })
        }
        Verb::ReportFinding => Command::ReportFinding(ReportFinding {
            audit,
            finding: unused_finding(known),
            incident: known.and_then(|audit| audit.drawn.first()).map_or(incident, |drawn| drawn.incident),
            clause: words("§3.1"),
            text: words("no step is documented"),
        }),
        Verb::AnswerFinding => {
            let is_others = |found: &&Finding| found.reply.is_none() && found.said.by != desk.actor.person;
            let finding = known.and_then(|audit| audit.unsettled().find(is_others));
            let finding = finding.map_or(named(1), |finding| finding.id);
            Command::AnswerFinding(AnswerFinding { audit, finding, text: words("it is in the change") })
        }
        Verb::CloseFinding => {
            let person = desk.actor.person;
            let has_a_hand = |finding: &Finding| {
                let record = desk.records.incidents.get(&finding.incident);
                record.is_some_and(|record| handlers(record).contains(&person))
            };
            let is_others = |finding: &&Finding| {
                finding.reply.as_ref().is_some_and(|reply| reply.by != person) && !has_a_hand(finding)
            };
            let finding = known.and_then(|audit| audit.unsettled().find(is_others));
            let finding = finding.map_or(named(1), |finding| finding.id);
            Command::CloseFinding(CloseFinding { audit, finding, text: words("steps are asked for now") })
        }
        _ => Command::CloseAudit(CloseAudit {
            audit,
            text: words("records are in order"),
            figures: words("two targets were missed"),
            process: words("hand-overs are slow at night"),
        }),
    }
}

fn unseen(known: Option<&Audit>) -> IncidentId {
    let waits = known.and_then(|audit| audit.drawn.iter().find(|drawn| !drawn.is_seen));
    waits.map_or(fixture::incident("I9"), |drawn| drawn.incident)
}

fn unused_violation(desk: &Desk<'_>) -> ViolationId {
    let mut free = (1..).map(|number| fixture::violation(&format!("V{number}")));
    free.find(|id| !desk.records.violations.contains_key(id)).expect("an id is free")
}

fn unused_audit(desk: &Desk<'_>) -> AuditId {
    let mut free = (1..).map(|number| fixture::audit(&format!("A{number}")));
    free.find(|id| !desk.records.audits.contains_key(id)).expect("an id is free")
}

fn unused_finding(known: Option<&Audit>) -> FindingId {
    (1..).map(named).find(|id| known.is_none_or(|audit| audit.finding(*id).is_none())).expect("an id is free")
}

fn named(number: u32) -> FindingId {
    FindingId(fixture::thing("finding", &format!("F{number}")))
}
