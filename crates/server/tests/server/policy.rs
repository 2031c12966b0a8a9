//! What the policy says of a desk: of its incidents, counted, and of the house, in lines of its own.

use incident::command::DrawSample;
use incident::compliance::{Judgement, Verdict};
use incident::{AuditId, Command};
use server::policy_report::policy;

use crate::Fixture;
use crate::fixture::{ACME, EVE, MINUTE, START, run};

/// The house's judgement of a clause.
fn of<'a>(house: &'a [Judgement], clause: &str) -> &'a Judgement {
    house.iter().find(|judged| judged.clause == clause).expect("a clause of the house")
}

#[test]
fn the_house_is_judged_by_all_its_records() {
    let house = Fixture::governed();
    house.logs(ACME, false);
    house.clock.set(START.plus_millis(MINUTE));
    let sampled = DrawSample {
        audit: AuditId(house.id()),
        begins_at: START,
        until: START.plus_millis(MINUTE),
        client: None,
        seed: 7,
        count: 1,
        reviewer: EVE,
    };
    let verdict = house.act(EVE, Command::DrawSample(sampled));
    assert!(matches!(verdict, protocol::Verdict::Accepted { .. }), "{verdict:?}");
    let (done, said) = run(&["report", "policy", "--at", "2026-03-02T09:02:00Z"], &house.dir);
    assert!(done, "{said}");
    let (counted, own) = said.split_once("\nThe house\n").expect("lines of the house");
    assert!(own.contains("§4.1/1     for people  Records of incidents are reviewed regularly."), "{own}");
    assert!(own.contains("The house has not said how often a sample is drawn."), "{own}");
    assert!(!counted.contains("§4.1/1 "), "{counted}");

    let (store, _gone) = house.into_store();
    let found = policy(&store, &store.setup(), START.plus_millis(2 * MINUTE), None).expect("a report");
    assert_eq!(found.incidents, 1);
    let sampled = of(&found.house, "§4.1/1");
    assert_eq!((sampled.verdict, sampled.subject), (Verdict::NeedsHumanReview, None));
    let shown: Vec<_> = sampled.evidence.iter().map(|entry| entry.fact).collect();
    assert_eq!(shown, ["sample_drawn"], "records beside the incidents speak for the house");
    assert!(matches!(of(&found.house, "§4.1/3").verdict, Verdict::NotDueYet { .. }), "nothing was closed");
}
