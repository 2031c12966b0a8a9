//! What the server finds for a command beside the records that it names.

use incident::command::{ApproveException, DrawSample, RequestException};
use incident::{
    Audit, AuditId, Command, Exception, ExceptionId, IncidentId, RefusalCode, Subject, Timestamp,
};
use protocol::Verdict;

use crate::Fixture;
use crate::fixture::{ACME, BORG, EVE, INES, MINUTE, START};

fn minute(minutes: i64) -> Timestamp {
    START.plus_millis(minutes * MINUTE)
}

impl Fixture {
    /// Ines asks for an hour's exception on all of Acme's incidents.
    pub(crate) fn asks(&self, exception: ExceptionId, from: i64, clause: &str) -> Verdict {
        let text = || "The line is being laid anew".to_owned();
        self.act(
            INES,
            Command::RequestException(RequestException {
                exception,
                clause: clause.into(),
                clock: None,
                incident: None,
                client: Some(ACME),
                service: None,
                begins_at: Some(minute(from)),
                until: minute(from + 60),
                prevents: text(),
                if_refused: text(),
                affected: text(),
                control: text(),
                evidence: Vec::new(),
                beneficiaries: Vec::new(),
                renewal_of: None,
            }),
        )
    }

    /// Eve approves it.
    pub(crate) fn grants(&self, exception: ExceptionId) -> Verdict {
        let reason = "They are told each day".to_owned();
        let (until, incident, control, acting_for) = (None, None, None, None);
        let approve = ApproveException { exception, reason, until, incident, control, acting_for };
        self.act(EVE, Command::ApproveException(approve))
    }
}

#[test]
fn a_sample_is_drawn_from_all_that_was_logged_and_nobody_names_it() {
    let house = Fixture::governed();
    let early = house.logs(ACME, false);
    house.clock.set(minute(60));
    let mut wanted: Vec<IncidentId> = (0..3).map(|_| house.logs(ACME, false)).collect();
    house.logs(ACME, true);
    house.logs(BORG, false);
    house.clock.set(minute(120));
    let late = house.logs(ACME, false);
    let audit = AuditId(house.id());
    let draw = DrawSample {
        audit,
        begins_at: minute(60),
        until: minute(120),
        client: Some(ACME),
        seed: 7,
        count: 2,
        reviewer: EVE,
    };
    assert!(matches!(house.act(EVE, Command::DrawSample(draw)), Verdict::Accepted { .. }));
    let mut order = house.reads::<Audit>(Subject::Audit(audit)).plan.order;
    order.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(order, wanted, "neither {early:?} nor {late:?}, no rehearsal, and no other client's");
}

#[test]
fn a_wide_exception_that_goes_on_is_counted_though_nobody_names_the_one_before() {
    let house = Fixture::governed();
    let first = ExceptionId(house.id());
    assert!(matches!(house.asks(first, 0, "§3.5"), Verdict::Accepted { .. }));
    assert!(matches!(house.grants(first), Verdict::Accepted { .. }));
    // The house allows no renewal.
    let Verdict::Refused { refusal } = house.asks(ExceptionId(house.id()), 60, "§3.5/1") else {
        panic!("it goes on from the first one")
    };
    assert_eq!((refusal.code, refusal.field.as_deref()), (RefusalCode::TooLate, Some("renewal_of")));
    // Another clause, or after a time in which it was kept, begins anew.
    assert!(matches!(house.asks(ExceptionId(house.id()), 60, "§3.2"), Verdict::Accepted { .. }));
    let anew = ExceptionId(house.id());
    assert!(matches!(house.asks(anew, 61, "§3.5"), Verdict::Accepted { .. }));
    assert_eq!(house.reads::<Exception>(Subject::Exception(anew)).application.renewal, 0);
}
