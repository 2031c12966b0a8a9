//! Ask a vendor: its contract lies under our own (§5; §3.5 resources).
//!
//! - Given an open incident and a vendor that is set up,
//! - when somebody writes down what was asked, under the vendor's own number,
//! - then the vendor's clock runs beside the client's and never stops it (ruling 4).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::{line, text};
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::{BoundCalendar, Incident};
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, VendorCaseId, VendorId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenVendorCase {
    /// The incident.
    pub incident: IncidentId,
    /// The case, named by the desk that opens it.
    pub case: VendorCaseId,
    /// Whom.
    pub vendor: VendorId,
    /// The vendor's own number.
    pub number: String,
    /// What was asked.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::OpenVendorCase, clause: "§5", label: "Ask vendor", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl OpenVendorCase {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if incident.related.vendor_cases.iter().any(|known| known.id == self.case) {
            let what = "Ask vendor: this case is there already";
            return Err(Refusal::new(&RULE, RefusalCode::AlreadyExists, what, "Remind the vendor instead."));
        }
        let setup = &s.records.setup;
        let Some(vendor) = setup.vendor(self.vendor) else {
            let what = "Ask vendor: this vendor is not set up";
            let instead = "Choose one from the list; an Administrator can add one.";
            return Err(Refusal::new(&RULE, RefusalCode::Unknown, what, instead).about("vendor"));
        };
        line(&RULE, "number", &self.number)?;
        text(&RULE, "text", &self.text)?;
        let calendar = vendor.answer.as_ref().and_then(|target| setup.calendar(target.calendar));
        let bound = |id, version| BoundCalendar { id, version };
        let fact = Fact::VendorCaseOpened {
            case: self.case,
            vendor: vendor.id,
            version: vendor.version,
            calendar: calendar.map(|compiled| bound(compiled.calendar.id, compiled.calendar.version)),
            number: self.number.clone(),
            text: self.text.clone(),
        };
        Ok(s.on_incident(incident.id, fact))
    }
}
