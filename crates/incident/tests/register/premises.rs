//! The house of the shifts, run as the policy asks: everything is agreed, defined and written down.

use std::sync::Arc;

use incident::agreement::Target;
use incident::escalation::{Addressee, DefinedPath, EscalationPath, PathStep, Triggers};
use incident::major_incident::MajorRules;
use incident::procedure::{Procedure, Scenario};
use incident::setup::Setup;
use incident::{Agreement, Records, Role, Setting, Timestamp};

use crate::fixture;

/// The records of the house, nothing logged yet.
pub(crate) fn well_run() -> Records {
    let mut records = fixture::records();
    let setup = Arc::make_mut(&mut records.setup);
    promise_everything(setup);
    for kind in EscalationPath::ALL {
        setup.take(Setting::EscalationPath(path(kind))).expect("a path");
    }
    setup.take(Setting::Procedure(procedure())).expect("a procedure");
    setup.house.communication.internal_update_minutes = [Some(60), Some(60)];
    setup.house.major = MajorRules { manager_within_minutes: Some(15), ..MajorRules::default() };
    for oversight in setup.oversight.values_mut() {
        oversight.sampling.every_days = Some(30);
    }
    records
}

/// Every client has an agreement, and every agreement says everything that the policy asks of it.
fn promise_everything(setup: &mut Setup) {
    let gold = setup.agreements.values().find(|agreement| agreement.name == "gold").expect("gold").clone();
    let standard =
        Agreement { id: fixture::agreement("standard"), client: None, name: "standard".into(), ..gold };
    setup.agreements.insert((standard.id, standard.version), standard);
    for agreement in setup.agreements.values_mut() {
        for targets in &mut agreement.targets {
            let calendar = targets.response.as_ref().expect("a response target").calendar;
            let within = |minutes| Some(Target { minutes, calendar, clause: "4.2".into() });
            targets.resolution = targets.resolution.take().or(within(480));
            (targets.first_notice, targets.update) = (within(15), within(60));
        }
    }
}

fn path(kind: EscalationPath) -> DefinedPath {
    DefinedPath {
        id: fixture::path(kind.name()),
        version: 1,
        effective_from: Timestamp::from_millis(0),
        name: kind.name().to_owned(),
        path: kind,
        client: None,
        service: None,
        severity: None,
        triggers: Triggers::default(),
        steps: vec![PathStep { call: vec![Addressee::Role { role: Role::Tier3 }], delay_minutes: 15 }],
        repeats: 0,
        last_resort: Addressee::Role { role: Role::Supervisor },
        acknowledged_minutes: 60,
    }
}

fn procedure() -> Procedure {
    Procedure {
        id: fixture::procedure("P1"),
        version: 1,
        effective_from: Timestamp::from_millis(0),
        name: "Night calls".to_owned(),
        text: "Call the next step when nobody answers".to_owned(),
        must_know: [Role::Tier2, Role::Tier3].into(),
        changed_for: [Role::Tier2, Role::Tier3].into(),
        scenario: Scenario {
            question: "Nobody answers: what do you do?".to_owned(),
            answers: vec!["Call the next step".to_owned(), "Wait".to_owned()],
            right: 0,
        },
    }
}
