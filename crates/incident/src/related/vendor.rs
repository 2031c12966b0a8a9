//! Vendors (§5; the contract under our own): when one was asked, when it owed an answer, and when it gave it.
//!
//! The vendor's clock runs beside the client's and never stops it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::Target;
use crate::calendar::Due;
use crate::event::{Event, Fact};
use crate::log::{BoundCalendar, Incident, Statement};
use crate::obligation::{Duties, Duty, Obligation};
use crate::setup::Setup;
use crate::{MINUTE, Role, Timestamp, VendorCaseId, VendorId, Verb};

/// A vendor and what its contract promises us, versioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// The vendor.
    pub id: VendorId,
    /// Raised by one with every change.
    pub version: u32,
    /// Name on screen.
    pub name: String,
    /// Within what time it answers; absent where the contract promises none.
    pub answer: Option<Target>,
    /// How often we remind it, in minutes; absent where no number was set.
    pub remind_every_minutes: Option<u32>,
}

/// One question to a vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VendorCase {
    /// The case.
    pub id: VendorCaseId,
    /// Whom.
    pub vendor: VendorId,
    /// The version of its contract that counts.
    pub version: u32,
    /// The version of the calendar that its promise counts on.
    pub calendar: Option<BoundCalendar>,
    /// The vendor's own number.
    pub number: String,
    /// What was asked, by whom, when.
    pub asked: Statement,
    /// How often it was reminded.
    pub reminders: u32,
    /// When we spoke last.
    pub spoke_at: Timestamp,
    /// What it answered; open while absent.
    pub answered: Option<Statement>,
}

impl VendorCase {
    /// By when it owes an answer, on its own calendar; `None` where its contract promises none.
    pub fn due(&self, setup: &Setup) -> Option<Timestamp> {
        let target = setup.vendors.get(&(self.vendor, self.version))?.answer.as_ref()?;
        let bound = self.calendar.and_then(|bound| setup.calendars.get(&(bound.id, bound.version)));
        let calendar = bound.or_else(|| setup.calendar(target.calendar))?;
        match calendar.index.due(self.asked.at, target.budget_ms(), &[]) {
            Due::At(at) => Some(at),
            Due::Never => None,
        }
    }

    /// When it is to be reminded next.
    fn remind_at(&self, setup: &Setup) -> Option<Timestamp> {
        let minutes = setup.vendors.get(&(self.vendor, self.version))?.remind_every_minutes?;
        Some(self.spoke_at.plus_millis(i64::from(minutes) * MINUTE))
    }
}

pub(super) fn take(cases: &mut Vec<VendorCase>, event: &Event) {
    let said = |text: &str| Statement { at: event.at, by: event.actor, text: text.to_owned() };
    match &event.fact {
        Fact::VendorCaseOpened { case, vendor, version, calendar, number, text } => cases.push(VendorCase {
            id: *case,
            vendor: *vendor,
            version: *version,
            calendar: *calendar,
            number: number.clone(),
            asked: said(text),
            reminders: 0,
            spoke_at: event.at,
            answered: None,
        }),
        Fact::VendorChased { case, .. } => {
            if let Some(case) = cases.iter_mut().find(|known| known.id == *case) {
                case.reminders = case.reminders.saturating_add(1);
                case.spoke_at = event.at;
            }
        }
        Fact::VendorAnswered { case, text } => {
            if let Some(case) = cases.iter_mut().find(|known| known.id == *case) {
                case.answered.get_or_insert_with(|| said(text));
            }
        }
        _ => {}
    }
}

/// A vendor that has not answered is asked again along the technical path, at the reminder or when its promise
/// lapses, whichever comes first.
pub(super) fn duties(incident: &Incident, setup: &Setup) -> Vec<Obligation> {
    let duties = Duties { incident, setup };
    let chase = |case: &VendorCase| {
        let why = format!("{} owes an answer ({}).", setup.vendor_name(case.vendor), case.number);
        let verbs = [Verb::VendorAnswered, Verb::ChaseVendor];
        let mut duty = duties.owed(Duty::EscalateTechnical, Role::Tier2, "§5", &why, &verbs);
        duty.owner.person = duties.assignee();
        let lapses = case.due(setup).filter(|due| *due > case.spoke_at);
        duty.due = case.remind_at(setup).into_iter().chain(lapses).min();
        duty
    };
    incident.related.waiting().map(chase).collect()
}
