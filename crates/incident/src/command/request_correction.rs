//! Request correction: a breach on record was none, because the record was wrong (§4.2; ruling 5).
//!
//! - Given a breach on record,
//! - when anybody says what in the record is wrong and how it truly was, and shows it by lines of the log,
//! - then two people of designated management who gain nothing by it decide, as on an exception afterwards. The
//!   breach stays on record; figures say it as it was recorded and as it was corrected.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::command::break_glass::affected;
use crate::command::request_exception::{EVIDENCE_MAX, applied};
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::{Ground, Request, Scope};
use crate::log::{Breach, Incident};
use crate::refusal::{Refusal, RefusalCode};
use crate::{EntryId, ExceptionId, IncidentId, Role, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RequestCorrection {
    /// The request, named by the desk.
    pub exception: ExceptionId,
    /// The incident.
    pub incident: IncidentId,
    /// The clock whose breach is on record.
    pub clock: ClockKind,
    /// What in the record is wrong.
    pub wrong: String,
    /// How it truly was.
    pub truly: String,
    /// Lines of the log that show it.
    #[serde(default)]
    pub entries: Vec<EntryId>,
    /// The deadline that passed, where several breaches of the clock are on record; absent means the earliest that is
    /// not corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due_at: Option<Timestamp>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RequestCorrection,
    clause: "§4.2",
    label: "Request correction",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it, closed or not: a record can be found wrong at any time.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    if incident.breaches.iter().any(|breach| !incident.is_corrected(breach)) {
        return Ok(());
    }
    Err(s.too_early(&RULE, "no breach is on record that could be corrected", "There is nothing to correct."))
}

impl RequestCorrection {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Exception(self.exception), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        s.is_new(&RULE, s.records.exceptions.contains_key(&self.exception), "exception")?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let at = self.broken_at(s, incident)?;
        text(&RULE, "wrong", &self.wrong)?;
        text(&RULE, "truly", &self.truly)?;
        self.check_evidence()?;
        let client = Some(incident.entry.client);
        let application = Box::new(applied(s, self.request(s, incident, at), client, Some(incident), 0));
        Ok(vec![s.event(Subject::Exception(self.exception), Fact::ExceptionRequested { application })])
    }

    /// When the promise was broken, by what is on record: at the deadline that is named, else the first time that is
    /// not corrected yet.
    fn broken_at(&self, s: &Situation<'_>, incident: &Incident) -> Result<Timestamp, Refusal> {
        let on_record = || incident.breaches.iter().filter(|breach| breach.clock == self.clock);
        if on_record().next().is_none() {
            let what = "Request correction: no breach of this clock is on record";
            let instead = "Choose the clock whose breach is on record.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("clock"));
        }
        let is_meant = |breach: &&Breach| self.due_at.is_none_or(|due| breach.due == due);
        if !on_record().any(|breach| is_meant(&breach)) {
            let what = "Request correction: no breach of this clock at that deadline is on record";
            let instead = "Name the deadline of a breach on record, or none for the earliest.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("due_at"));
        }
        let standing = on_record().filter(is_meant).filter(|breach| !incident.is_corrected(breach));
        standing
            .map(|breach| breach.due)
            .min()
            .ok_or_else(|| s.nothing_changes(&RULE, "this breach is corrected already").about("clock"))
    }

    fn check_evidence(&self) -> Result<(), Refusal> {
        let (code, what, instead) = match self.entries.len() {
            0 => (
                RefusalCode::Missing,
                "Request correction: no line of the log is named that shows it".to_owned(),
                "Name the lines that show what was wrong.",
            ),
            count if count > EVIDENCE_MAX => (
                RefusalCode::TooLong,
                format!("Request correction: at most {EVIDENCE_MAX} lines of the log can be named"),
                "Name those that show it best.",
            ),
            _ => return Ok(()),
        };
        Err(Refusal::new(&RULE, code, what, instead).about("entries"))
    }

    /// About that very instant: it excuses nothing that came before or after.
    fn request(&self, s: &Situation<'_>, incident: &Incident, at: Timestamp) -> Request {
        let clock = self.clock.name().to_lowercase();
        Request {
            clause: "§3.3".to_owned(),
            clock: Some(self.clock),
            scope: Scope::Incident { incident: incident.id },
            begins_at: at,
            until: at.plus_millis(1),
            prevents: self.wrong.clone(),
            if_refused: format!("The {clock} target goes on to count as missed."),
            affected: affected(&s.records.setup, incident),
            control: self.truly.clone(),
            evidence: self.entries.clone(),
            beneficiaries: std::collections::BTreeSet::new(),
            renewal_of: None,
            ground: Ground::WrongRecord,
        }
    }
}
