//! Taking a deed back by another deed: the log is never unwritten (§3.1).
//!
//! Only deeds that lose nobody's words and told nobody anything have an opposite.

use crate::command::{
    Assign, Categorise, Command, ResumeClock, SetSeverity, SetUrgency, UndoMerge, UnlinkChild,
};
use crate::{IncidentId, Records};

/// The command that brings back what `command` changed in the records as they were before it; none where
/// that would not be honest.
pub fn undo(before: &Records, command: &Command) -> Option<Command> {
    let incident = |id: IncidentId| before.incidents.get(&id);
    match command {
        Command::Categorise(deed) => {
            let category = incident(deed.incident)?.category.clone()?;
            Some(Command::Categorise(Categorise { incident: deed.incident, category }))
        }
        Command::SetUrgency(deed) => {
            let urgency = incident(deed.incident)?.urgency?;
            Some(Command::SetUrgency(SetUrgency {
                incident: deed.incident,
                from: Some(deed.urgency),
                urgency,
            }))
        }
        Command::SetSeverity(deed) => {
            let incident = incident(deed.incident).filter(|incident| incident.severity_set)?;
            // Taking a raise to 1 or 2 back is a lowering, and that takes two people (§3.3).
            if deed.severity.is_high() && deed.severity.is_worse_than(incident.severity()) {
                return None;
            }
            let reason = format!("Taken back: {}", deed.reason);
            let (from, severity) = (deed.severity, incident.severity());
            Some(Command::SetSeverity(SetSeverity { incident: deed.incident, from, severity, reason }))
        }
        Command::Assign(deed) => {
            let to = incident(deed.incident)?.assignment.as_ref()?.to;
            Some(Command::Assign(Assign { incident: deed.incident, from: Some(deed.to), to }))
        }
        Command::LinkChild(deed) => {
            let reason = "The link was taken back".to_owned();
            Some(Command::UnlinkChild(UnlinkChild { incident: deed.incident, child: deed.child, reason }))
        }
        Command::MergeIncident(deed) => {
            before.setup.house.merge_undo_within_minutes?;
            let reason = format!("Taken back: {}", deed.reason);
            Some(Command::UndoMerge(UndoMerge { incident: deed.incident, reason }))
        }
        Command::PauseClock(deed) => {
            let text = "The pause was taken back".to_owned();
            Some(Command::ResumeClock(ResumeClock { incident: deed.incident, text }))
        }
        _ => None,
    }
}
