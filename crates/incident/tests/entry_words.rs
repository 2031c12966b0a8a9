//! Words of what is logged: what people choose from at the entry, and what a signal tells in triage (§3.1, §3.3).

use incident::agreement::ClockKind;
use incident::identification::Sighting;
use incident::severity::lowering::SecondPerson;
use incident::{
    Event, Fact, Impact, MINUTE, PersonId, Records, Severity, SignalId, Source, Subject, Timestamp, apply,
};
use uuid::Uuid;

#[test]
fn sources_and_impacts_have_their_words() {
    assert_eq!(Source::ALL.map(Source::name), ["Monitoring", "Phone", "E-mail", "Portal", "Staff"]);
    assert_eq!(Impact::ALL.map(Impact::name), ["Entire site", "Many users", "Some users", "One user"]);
}

#[test]
fn severities_have_their_words_and_say_what_they_mean() {
    assert_eq!(Severity::ALL.map(Severity::name), ["Critical", "High", "Medium", "Low"]);
    assert_eq!(
        Severity::ALL.map(Severity::definition),
        [
            "A critical service is completely lost for many users or a whole site.",
            "A critical service is lost or badly degraded for many users, or a major function is gone.",
            "Part of a service is degraded for some users, or a minor function is gone.",
            "One user or hardly any business impact: a cosmetic fault, a request for information.",
        ]
    );
}

#[test]
fn a_signal_tells_what_its_monitor_said_last() {
    let signal = SignalId(Uuid::from_u128(1));
    let happened = |records: &mut Records, minutes: i64, fact: Fact| {
        let (at, subject) = (Timestamp::from_millis(minutes * MINUTE), Subject::Signal(signal));
        let event = Event { at, received: at, uncertainty_ms: 0, actor: PersonId::SERVER, subject, fact };
        assert!(apply(records, &event));
        records.signals[&signal].summary().to_owned()
    };
    let sighting = Sighting {
        source: Source::Monitoring,
        client: None,
        service: None,
        summary: "The queue grows".into(),
        details: String::new(),
        reporter: "monitor".into(),
        reported_at: Timestamp::from_millis(0),
        dedup_key: None,
        link: None,
    };
    let mut records = Records::default();
    assert_eq!(happened(&mut records, 0, Fact::SignalRaised { sighting }), "The queue grows");
    let again = Fact::AlertRepeated { count: 1, summary: "The queue holds 9000 mails".into() };
    assert_eq!(happened(&mut records, 1, again), "The queue holds 9000 mails");
    let over = Fact::AlertRecovered { summary: "The queue is empty".into() };
    assert_eq!(happened(&mut records, 2, over), "The queue holds 9000 mails", "over is told beside it");
}

#[test]
fn why_a_severity_is_not_lowered_by_one_person_is_said() {
    for (needed, why) in [
        (SecondPerson::IsHigh(Severity::Two), "lowering Severity 2 takes two people"),
        (
            SecondPerson::AfterBreach(ClockKind::Response),
            "the response target was missed, so lowering takes two people",
        ),
        (
            SecondPerson::NearBreach(ClockKind::Resolution),
            "the resolution target is at risk, so lowering takes two people",
        ),
    ] {
        assert_eq!(needed.because(), why);
    }
}
