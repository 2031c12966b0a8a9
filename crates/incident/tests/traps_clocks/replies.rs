//! A first reply that came back after the end (decision 92): who writes down that the promise was broken, and when.

use std::collections::BTreeSet;

use incident::agreement::{ClockKind, ResponseReading};
use incident::clock::Verdict;
use incident::command::{RecordDelivery, TellClient};
use incident::communication::{Channel, MessageKind, Outcome};
use incident::{Command, Fact, Subject, server_duties};

use super::{Story, at, fixture};

/// Closed at 09:40 with one mail that had arrived, promised within the hour.
fn closed() -> Story {
    let by_reply =
        |agreement: &mut incident::Agreement| agreement.terms.response = ResponseReading::FirstReply;
    let story = Story::house().given("acme", by_reply).log("acme", "09:00");
    let tell = Command::TellClient(TellClient {
        incident: story.id,
        message: fixture::message("M1"),
        kind: MessageKind::FirstNotice,
        channel: Channel::Email,
        contact: "Ada".into(),
        text: "We look into it".into(),
        template: None,
        next_update_at: None,
        topics: BTreeSet::new(),
        correction_of: None,
        outcome: None,
    });
    let story = ended(story.deed("ines", "09:35", tell), "09:36", Outcome::Delivered);
    story.happened("09:40", Fact::Closed { text: "Done".into(), unconfirmed_reason: None })
}

fn ended(story: Story, when: &str, outcome: Outcome) -> Story {
    let (incident, message) = (story.id, fixture::message("M1"));
    let text = "The mail server says so".into();
    story.deed("ines", when, Command::RecordDelivery(RecordDelivery { incident, message, outcome, text }))
}

#[test]
fn a_reply_that_was_lost_after_the_end_is_the_servers_to_record() {
    let owed = |story: &Story, when: &str| {
        let (due, next) = server_duties(&story.records, Subject::Incident(story.id), at(when));
        (due.into_iter().map(|duty| duty.command).collect::<Vec<_>>(), next)
    };
    let story = closed();
    assert_eq!(owed(&story, "09:45"), (Vec::new(), None), "the client was told");
    let story = ended(story, "09:50", Outcome::Bounced);
    assert_eq!(story.clock(ClockKind::Response, "09:55").verdict, Verdict::Pending);
    assert_eq!(owed(&story, "09:55"), (Vec::new(), Some(at("10:00:00.001"))));
    let (due, _) = owed(&story, "10:01");
    let [record] = &due[..] else { panic!("{due:?}") };
    let story = story.deed("server", "10:01", record.clone());
    assert_eq!(story.incident().breaches.len(), 1);
    assert_eq!(owed(&story, "10:02"), (Vec::new(), None), "once");
}
