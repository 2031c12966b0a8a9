//! How the clause register's counts are made again from the file, with a spreadsheet or a few lines of script.

/// The words for one clause; none where the file holds nothing that it could be counted from.
pub fn by_hand(clause: &str) -> Option<&'static str> {
    Some(match clause {
        "§3.1/1" => {
            "last incident_state is Closed, and no row has u_priority_confirmation true, or none an assigned_to"
        }
        "§3.1/4" => "the first row has ? for u_symptom or for caller_id",
        "§3.1/5" => "last incident_state is Closed, and every row has ? for category",
        "§3.1/6" => "last incident_state is Closed, and every row has ? for urgency",
        "§3.1/8" => {
            "last incident_state is Closed, and no row is Resolved after the last one that went back from \
             Resolved or Closed to another state"
        }
        "§3.1/10" => "last incident_state is Closed, and no row is Resolved",
        "§3.3/1" => "last incident_state is Closed, and every row has ? for impact",
        "§3.3/2" => {
            "opened_at to the later of the first row with u_priority_confirmation true and the first with an \
             assigned_to is more open time than the target of the impact"
        }
        "§3.3/3" => {
            "opened_at to the first row of the last stretch of Resolved, less what the agreement lets pause, is \
             more open time than the target of the impact"
        }
        "§3.6/1" => "impact is never graver than 1 - High, which is Severity 2: nothing here can fail",
        _ => return None,
    })
}
