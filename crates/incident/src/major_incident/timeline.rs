//! How the events of a major incident read in the timeline (§3.6): facts, hypotheses and decisions are told
//! apart by their first word.

use super::{Mark, Poll, Reply, Standing};
use crate::event::Fact;
use crate::setup::Setup;
use crate::timeline::{Line, LineKind};

/// A line of the room.
pub(crate) fn line(fact: &Fact, setup: &Setup) -> Line {
    let name = |person| setup.person_name(person);
    let escalation = |title: &str, text: &str| Line::of(LineKind::Escalation, title, text);
    let note = |title: &str, text: &str| Line::of(LineKind::Note, title, text);
    let work = |title: &str, text: &str| Line::of(LineKind::Work, title, text);
    match fact {
        Fact::MajorIncidentDeclared { because } => escalation("Major incident declared", because),
        Fact::MajorIncidentProposed { because } => escalation("Proposed as a major incident", because),
        Fact::MajorIncidentDeclined { reason } => escalation("Not a major incident", reason),
        Fact::MajorIncidentStoodDown { reason, review_owner } => {
            let title = format!("Major incident stood down; {} owns the review", name(*review_owner));
            escalation(&title, reason)
        }
        Fact::MajorRoleAssigned { role, to, .. } => {
            escalation(&format!("{} is asked to be {}", name(*to), role.name()), "")
        }
        Fact::MajorRoleAccepted { role } => escalation(&format!("Took over as {}", role.name()), ""),
        Fact::BridgeOpened { line } => work(&format!("Bridge call opened: {line}"), ""),
        Fact::AttendanceMarked { person, mark: Mark::Joined } => {
            work(&format!("{} joined the call", name(*person)), "")
        }
        Fact::AttendanceMarked { person, mark: Mark::Left } => {
            work(&format!("{} left the call", name(*person)), "")
        }
        Fact::RollCalled { attendees } => {
            let names: Vec<_> = attendees.iter().map(|person| name(*person)).collect();
            work("Roll call", &names.join(", "))
        }
        Fact::BridgeClosed { text } => work("Bridge call closed", text),
        Fact::FindingRecorded { standing: Standing::Fact, text } => note("Fact", text),
        Fact::FindingRecorded { standing: Standing::Hypothesis, text } => note("Hypothesis", text),
        Fact::DecisionRecorded { text, poll, objection } => decision(text, *poll, objection.as_deref()),
        Fact::ConditionsReported { conditions, actions, needs } => {
            note("Report", &format!("Conditions: {conditions}\nActions: {actions}\nNeeds: {needs}"))
        }
        Fact::TaskGiven { text, owner, .. } => work(&format!("Task for {}", name(*owner)), text),
        Fact::TaskChecked { text, check_at: Some(_), .. } => work("Task checked", text),
        Fact::TaskChecked { text, check_at: None, .. } => work("Task done", text),
        Fact::ResourceRequested { text, .. } => work("Resources asked for", text),
        Fact::ResourceAnswered { reply: Reply::Granted, covered_by, text, .. } => {
            let cover = covered_by.map(|person| format!("; {} covers", name(person))).unwrap_or_default();
            work(&format!("Resources granted{cover}"), text)
        }
        Fact::ResourceAnswered { reply: Reply::Refused, text, .. } => work("Resources refused", text),
        Fact::ResourceArrived { .. } => work("Resources arrived", ""),
        Fact::ManagementBriefed { what, impact, doing, next, .. } => {
            let text = format!("What: {what}\nImpact: {impact}\nDoing: {doing}\nNext: {next}");
            escalation("Management told", &text)
        }
        // Every other fact has its line elsewhere.
        _ => escalation("Major incident", ""),
    }
}

fn decision(text: &str, poll: Poll, objection: Option<&str>) -> Line {
    let title = match poll {
        Poll::NotPolled => "Decision",
        Poll::NoObjection => "Decision, no objection",
        Poll::Objected => "Decision over an objection",
    };
    let objection = objection.map(|objection| format!("\nObjection: {objection}")).unwrap_or_default();
    Line::of(LineKind::Work, title, &format!("{text}{objection}"))
}
