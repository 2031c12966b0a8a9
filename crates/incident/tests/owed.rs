//! What the server owes and when it looks again, what a vendor owes us, and whose time it was (§3.1, §4.2, §5, §6).

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;
use std::sync::Arc;

use incident::agreement::{ClockKind, PauseReason, ResponseReading};
use incident::command::{
    ApproveException, AutoClose, BreakGlass, ExpireException, LapseException, LogIncident,
};
use incident::communication::{Approval, Channel, Draft, MessageKind, Outcome};
use incident::exception::{Granted, Ground};
use incident::log::BoundAgreement;
use incident::related::{Attribution, Vendor, attribution};
use incident::setup::CategoryCode;
use incident::{
    Agreement, Command, Duty, Event, ExceptionId, Fact, Impact, Incident, IncidentId, LogEntry, MINUTE,
    Records, ServerDuty, Setting, Severity, Subject, Timestamp, Urgency, VendorCaseId, Verb, apply, decide,
    obligations, server_duties,
};

/// A moment of the day; what is written out whole may be of another day.
fn at(text: &str) -> Timestamp {
    let written = if text.len() > 12 { text.to_owned() } else { format!("2026-06-01T{text}Z") };
    Timestamp::from_rfc3339(&written).expect("an instant")
}

fn words(text: &str) -> String {
    text.to_owned()
}

/// One incident of acme's, logged at one o'clock, and what became of it.
struct Story {
    records: Records,
    id: IncidentId,
}

impl Story {
    fn logged() -> Self {
        Self::under(|_| {}, Impact::SomeUsers)
    }

    /// Under acme's agreement as it is changed here.
    fn under(change: impl FnOnce(&mut Agreement), impact: Impact) -> Self {
        let mut records = fixture::records();
        let setup = Arc::make_mut(&mut records.setup);
        let mut gold = setup.agreements[&(fixture::agreement("acme"), 1)].clone();
        change(&mut gold);
        setup.take(Setting::Agreement(gold)).expect("an agreement");
        let id = fixture::incident("I1");
        let entry = LogEntry { impact, ..entry::entry("acme", at("13:00:00")) };
        Self { records, id }.does(
            "ines",
            "13:00:00",
            &Command::LogIncident(LogIncident { incident: id, entry }),
        )
    }

    fn does(mut self, name: &str, when: &str, command: &Command) -> Self {
        let events = decide(&self.records, &fixture::actor(name), at(when), command).expect("it is allowed");
        events.iter().for_each(|event| assert!(apply(&mut self.records, event)));
        self
    }

    fn happens(mut self, when: &str, fact: Fact) -> Self {
        let (now, actor, subject) = (at(when), fixture::person("vance"), Subject::Incident(self.id));
        let event = Event { at: now, received: now, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(&mut self.records, &event));
        self
    }

    fn incident(&self) -> &Incident {
        &self.records.incidents[&self.id]
    }

    /// What the server does then on a record, and when it looks again.
    fn server(&self, subject: Subject, when: Timestamp) -> (Vec<Command>, Option<Timestamp>) {
        let (due, next) = server_duties(&self.records, subject, when);
        (due.into_iter().map(|duty| duty.command).collect(), next)
    }

    fn attributed(&self, when: &str) -> Attribution {
        attribution(self.incident(), at(when))
    }
}

/// Over for the client, who was told at two minutes past two, under an agreement by which a day of silence closes it.
fn silent() -> Story {
    let a_day = |agreement: &mut Agreement| {
        agreement.contact.auto_close = agreement.targets[2].resolution.clone();
    };
    let (text, message) = (|| words("It works again"), fixture::message("M1"));
    let draft = Draft {
        message,
        kind: MessageKind::ResolutionConfirmation,
        channel: Channel::Email,
        contact: words("Ada"),
        text: text(),
        template: None,
        next_update_at: None,
        topics: BTreeSet::new(),
        correction_of: None,
    };
    let arrived =
        Fact::DeliveryRecorded { message, outcome: Outcome::Delivered, is_told: true, text: text() };
    let category = CategoryCode(words("software_bug"));
    let set = Fact::SeverityChanged { severity: Severity::Four, reason: text(), matrix: None };
    Story::under(a_day, Impact::SomeUsers)
        .happens("13:01:00", Fact::Categorised { category })
        .happens("13:01:00", set)
        .happens("13:01:00", Fact::UrgencyChanged { urgency: Urgency::Low, matrix: None })
        .happens("13:02:00", Fact::Assigned { to: fixture::person("tom") })
        .happens("13:02:00", Fact::Assessed { text: text() })
        .happens("13:03:00", Fact::ResolutionStepRecorded { text: text() })
        .happens("14:00:00", Fact::ServiceRestored { text: text() })
        .happens("14:00:00", Fact::Resolved { text: text(), cause: text() })
        .happens("14:01:00", Fact::MessageWritten { draft, approval: Approval::NotNeeded })
        .happens("14:02:00", arrived)
}

#[test]
fn the_server_looks_again_when_silence_closes_and_closes_it_then() {
    let story = silent();
    let (of, closes) = (Subject::Incident(story.id), at("2026-06-02T14:02:00Z"));
    assert_eq!(story.server(of, at("14:03:00")), (Vec::new(), Some(closes)));
    assert_eq!(story.server(of, closes.plus_millis(-1)), (Vec::new(), Some(closes)));
    let close = || vec![Command::AutoClose(AutoClose { incident: story.id })];
    assert_eq!(story.server(of, closes), (close(), None));
    assert_eq!(story.server(of, closes.plus_millis(1)), (close(), None), "whoever asks late is told as well");
}

/// Behind broken glass since ten past one, until two o'clock.
fn broken_glass() -> (Story, ExceptionId) {
    let story = Story::logged();
    let exception = fixture::exception("X1");
    let glass = BreakGlass {
        exception,
        incident: story.id,
        clause: words("§3.1"),
        until: at("14:00:00"),
        prevents: words("The client cannot be reached"),
        if_refused: words("The mail is lost"),
        control: words("The queue is copied first"),
    };
    (story.does("ines", "13:10:00", &Command::BreakGlass(glass)), exception)
}

#[test]
fn broken_glass_that_nobody_decides_on_lapses_by_the_minute() {
    let (story, exception) = broken_glass();
    let (of, due) = (Subject::Exception(exception), at("2026-06-02T13:10:00Z"));
    assert_eq!(story.server(of, due.plus_millis(-1)), (Vec::new(), Some(due)));
    let incidents = vec![story.id];
    let lapse = ServerDuty {
        subject: of,
        once: format!("lapse/{}", due.millis()),
        command: Command::LapseException(LapseException { exception, incidents }),
    };
    assert_eq!(server_duties(&story.records, of, due), (vec![lapse], None));
}

#[test]
fn an_exception_in_force_ends_by_the_minute() {
    let (story, exception) = broken_glass();
    let approve = ApproveException {
        exception,
        incident: Some(story.id),
        acting_for: None,
        reason: words("The control is enough"),
        until: None,
        control: None,
    };
    let story = story.does("vance", "13:20:00", &Command::ApproveException(approve));
    let (of, due) = (Subject::Exception(exception), at("14:00:00"));
    assert_eq!(story.server(of, due.plus_millis(-1)), (Vec::new(), Some(due)));
    let expire = Command::ExpireException(ExpireException { exception });
    assert_eq!(story.server(of, due), (vec![expire.clone()], None));
    assert_eq!(story.server(of, due.plus_millis(1)), (vec![expire], None));
}

#[test]
fn after_a_breach_that_was_recorded_wrongly_the_server_looks_at_the_right_deadline() {
    let (clock, due, severity) = (ClockKind::Response, at("14:00:00"), Severity::Three);
    let granted = Granted {
        id: fixture::exception("X1"),
        clause: words("§3.3"),
        clock: Some(clock),
        from: due,
        until: due.plus_millis(1),
        is_retroactive: true,
        is_undecided: false,
        ground: Ground::WrongRecord,
    };
    // Bolt's gives it until three.
    let agreement = Some(BoundAgreement { id: fixture::agreement("bolt"), version: 1 });
    let (calendars, reason) = (Vec::new(), words("The other one was meant"));
    let story = Story::logged()
        .happens("14:00:00.001", Fact::TargetBreached { clock, due, severity, counted_by: None })
        .happens("14:10:00", Fact::ExceptionGranted { granted })
        .happens("14:15:00", Fact::AgreementBound { agreement, calendars, reason });
    let of = Subject::Incident(story.id);
    assert_eq!(story.server(of, at("14:20:00")), (Vec::new(), Some(at("15:00:00.001"))));
}

#[test]
fn one_word_to_the_client_is_owed_for_the_first_reply_and_the_first_notice() {
    let by_reply = |agreement: &mut Agreement| agreement.terms.response = ResponseReading::FirstReply;
    let story = Story::under(by_reply, Impact::ManyUsers);
    let owed = obligations(&story.records, at("13:00:00"));
    let told: Vec<_> = owed.iter().filter(|owed| owed.duty == Duty::TellClient).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].due, told[0].clock), (Some(at("13:30:00")), Some(ClockKind::Response)));
}

fn case() -> VendorCaseId {
    VendorCaseId(fixture::thing("case", "C1"))
}

fn asked() -> Fact {
    let (vendor, number) = (fixture::vendor("telco"), words("T-7"));
    let text = words("The line is down");
    Fact::VendorCaseOpened { case: case(), vendor, version: 1, calendar: None, number, text }
}

fn answered() -> Fact {
    Fact::VendorAnswered { case: case(), text: words("A cable was cut") }
}

#[test]
fn a_vendor_that_nobody_reminds_is_asked_when_its_promise_lapses() {
    let due = |spoke_at: Option<&str>| {
        let mut story = Story::logged();
        let setup = Arc::make_mut(&mut story.records.setup);
        let telco = setup.vendors[&(fixture::vendor("telco"), 1)].clone();
        setup.take(Setting::Vendor(Vendor { remind_every_minutes: None, ..telco })).expect("a vendor");
        let mut story = story.happens("13:00:00", asked());
        if let Some(when) = spoke_at {
            story = story.happens(when, Fact::VendorChased { case: case(), text: words("And?") });
        }
        let owed = obligations(&story.records, at("13:05:00"));
        owed.iter().find(|owed| owed.fulfilled_by.contains(&Verb::ChaseVendor)).expect("the duty").due
    };
    // Two hours are promised.
    assert_eq!(due(None), Some(at("15:00:00")));
    assert_eq!(due(Some("14:59:59.999")), Some(at("15:00:00")));
    assert_eq!(due(Some("15:00:00")), None);
}

#[test]
fn the_time_of_an_incident_is_the_clients_the_vendors_or_our_own() {
    let paused = |reason| Fact::ClockPaused { reason, text: words("Access is needed") };
    let resumed = || Fact::ClockResumed { text: words("It goes on") };
    let story = Story::logged()
        .happens("13:10:00", paused(PauseReason::AwaitingClient))
        .happens("13:20:00", asked())
        .happens("13:30:00", resumed())
        .happens("13:50:00", answered())
        // A change that has to run first is our own.
        .happens("14:00:00", paused(PauseReason::AwaitingChange))
        .happens("14:10:00", resumed());
    let minutes = |total: i64, client: i64, vendor: i64, own: i64| Attribution {
        total_ms: total * MINUTE,
        client_ms: client * MINUTE,
        vendor_ms: vendor * MINUTE,
        own_ms: own * MINUTE,
    };
    // While client and vendor are waited for at once, it is the client's.
    assert_eq!(story.attributed("13:25:00"), minutes(25, 15, 0, 10));
    assert_eq!(story.attributed("13:40:00"), minutes(40, 20, 10, 10));
    assert_eq!(story.attributed("15:00:00"), minutes(120, 20, 20, 80));
    let over = story.happens("14:30:00", Fact::Cancelled { reason: words("A test of the monitor") });
    assert_eq!(over.attributed("15:00:00"), minutes(90, 20, 20, 50));
}
