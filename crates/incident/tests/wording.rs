//! The words that people see (§3.1, §4.1): how the log reads, and what duties and rules of contracts are called.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;

use incident::agreement::{ClockKind, ReopenMode, ResponseReading};
use incident::communication::{Approval, Channel, Draft, MessageKind};
use incident::exception::{Conditions, Granted, Ground};
use incident::related::LinkKind;
use incident::setup::CategoryCode;
use incident::suspicion::SuspicionOutcome;
use incident::timeline::{Line, LineKind, line};
use incident::{Duty, Fact, Timestamp, VendorCaseId};

/// Each fact with the title and the text of its line, all of one kind.
#[track_caller]
fn assert_reads(kind: LineKind, all: &[(Fact, &str, &str)]) {
    let setup = fixture::records().setup;
    for (fact, title, text) in all {
        let expected = Line { kind, title: (*title).to_owned(), text: (*text).to_owned() };
        assert_eq!(line(fact, &setup), expected);
    }
}

#[test]
fn a_category_reads_by_its_name_and_by_its_code_where_it_has_none() {
    let of = |code: &str| Fact::Categorised { category: CategoryCode(code.to_owned()) };
    assert_reads(
        LineKind::State,
        &[
            (of("software_bug"), "Categorised: software bug", ""),
            (of("network_outage"), "Categorised: network outage", ""),
            (of("fax_jam"), "Categorised: fax_jam", ""),
        ],
    );
}

#[test]
fn what_belongs_to_other_policies_reads_with_its_clock() {
    let linked = |kind_of_record, back_link: Option<&str>| Fact::RecordLinked {
        kind_of_record,
        number: "N-7".to_owned(),
        back_link: back_link.map(str::to_owned),
    };
    let (case, vendor) = (VendorCaseId(fixture::thing("case", "C1")), fixture::vendor("telco"));
    let (number, text) = ("T-100".to_owned(), || "The line is cut".to_owned());
    let asked = Fact::VendorCaseOpened { case, vendor, version: 1, calendar: None, number, text: text() };
    assert_reads(
        LineKind::Work,
        &[
            (
                linked(LinkKind::Change, Some("In its first note.")),
                "Linked to change N-7",
                "In its first note.\nThe change keeps its own schedule; the incident's clocks run on, unless its \
                 agreement lets them wait for a change.",
            ),
            (
                linked(LinkKind::Problem, None),
                "Linked to problem N-7",
                "It does not name this incident yet.\nThe problem has no deadline here; the incident's clocks run \
                 on.",
            ),
            (
                linked(LinkKind::KnownError, None),
                "Linked to known error N-7",
                "It does not name this incident yet.\nA known error has no clock; the incident's clocks run on.",
            ),
            (asked, "Asked telco (T-100)", "The line is cut"),
            (Fact::VendorChased { case, text: text() }, "Vendor reminded", "The line is cut"),
            (Fact::VendorAnswered { case, text: text() }, "Vendor answered", "The line is cut"),
        ],
    );
}

#[test]
fn a_suspicion_has_a_timeline_of_its_own() {
    let (incident, person) = (fixture::incident("I1"), fixture::person("kay"));
    let (text, members) = (|| "A mailbox was read".to_owned(), BTreeSet::from([person]));
    let closed = |outcome| Fact::SuspicionClosed { outcome, text: text() };
    assert_reads(
        LineKind::Note,
        &[
            (
                Fact::BreachSuspected { incident, text: text(), members },
                "Data breach suspected",
                "A mailbox was read",
            ),
            (Fact::SuspicionMemberAdded { person }, "kay became a member", ""),
            (
                Fact::SuspicionMemberRemoved { person, reason: text() },
                "kay is no member any more",
                "A mailbox was read",
            ),
            (Fact::SuspicionNoted { text: text() }, "Note", "A mailbox was read"),
            (Fact::AuthorityNotified { text: text() }, "Authority told", "A mailbox was read"),
            (
                Fact::SuspicionLineReleased { text: text() },
                "Line released to the incident",
                "A mailbox was read",
            ),
            (closed(SuspicionOutcome::NoBreach), "No data breach", "A mailbox was read"),
            (
                closed(SuspicionOutcome::HandedOver),
                "Handed over to Data Breach Response",
                "A mailbox was read",
            ),
        ],
    );
}

#[test]
fn an_exception_reads_by_what_it_excuses_and_when_it_was_asked_for() {
    let granted = |clock, is_retroactive, ground| Fact::ExceptionGranted {
        granted: Granted {
            id: fixture::exception("X1"),
            clause: "§3.3".to_owned(),
            clock,
            from: Timestamp::from_millis(0),
            until: Timestamp::from_millis(1),
            is_retroactive,
            is_undecided: false,
            ground,
        },
    };
    let (response, resolution) = (Some(ClockKind::Response), Some(ClockKind::Resolution));
    let (deviation, correction) = (Ground::Deviation, Ground::WrongRecord);
    assert_reads(
        LineKind::State,
        &[
            (granted(response, false, deviation), "Response target excepted", ""),
            (granted(response, true, deviation), "Response target excepted afterwards", ""),
            (granted(resolution, true, correction), "Resolution target: the breach was recorded wrongly", ""),
            (granted(None, true, deviation), "§3.3 excepted afterwards", ""),
            (granted(None, false, deviation), "§3.3 excepted", ""),
        ],
    );
}

#[test]
fn a_decision_names_whom_a_delegate_acted_for() {
    let reason = || "It helps the client".to_owned();
    let approved = |acting_for| Fact::ExceptionApproved {
        acting_for,
        reason: reason(),
        conditions: Conditions::default(),
        people_needed: None,
        renewal: None,
    };
    let declined = |acting_for| Fact::ExceptionDeclined { acting_for, reason: reason() };
    let vance = Some(fixture::person("vance"));
    assert_reads(
        LineKind::State,
        &[
            (approved(None), "Approved", "It helps the client"),
            (approved(vance), "Approved for vance", "It helps the client"),
            (declined(None), "Declined", "It helps the client"),
            (declined(vance), "Declined for vance", "It helps the client"),
        ],
    );
}

#[test]
fn a_message_says_whether_it_waits_for_approval() {
    let written = |approval| Fact::MessageWritten {
        draft: Draft {
            message: fixture::message("M1"),
            kind: MessageKind::Update,
            channel: Channel::Email,
            contact: "Ada".to_owned(),
            text: "Mail is back".to_owned(),
            template: None,
            next_update_at: None,
            topics: BTreeSet::new(),
            correction_of: None,
        },
        approval,
    };
    assert_reads(
        LineKind::Client,
        &[
            (written(Approval::NotNeeded), "Update to Ada by e-mail, written", "Mail is back"),
            (
                written(Approval::Waiting),
                "Update to Ada by e-mail, written, waits for approval",
                "Mail is back",
            ),
        ],
    );
}

#[test]
fn duties_are_called_by_their_verb() {
    for (duty, word) in [
        (Duty::Log, "Log"),
        (Duty::AssessAndAssign, "Assess + assign"),
        (Duty::TellClient, "Tell client"),
        (Duty::UpdateClient, "Client update"),
        (Duty::EscalateTechnical, "Escalate (tech)"),
        (Duty::EscalateManagerial, "Escalate (mgr)"),
        (Duty::AssignIncidentManager, "Assign IM"),
        (Duty::Restore, "Restore"),
        (Duty::Resolve, "Resolve"),
        (Duty::ConfirmWithClient, "Confirm with client"),
        (Duty::ValidateAndClose, "Validate + close"),
        (Duty::Recommit, "Recommit"),
        (Duty::ScheduleReview, "Schedule review"),
        (Duty::FinishReview, "Finish review"),
        (Duty::DecideException, "Decide exception"),
    ] {
        assert_eq!(duty.name(), word);
    }
}

#[test]
fn how_a_contract_counts_is_said_in_its_words() {
    assert_eq!(
        ResponseReading::ALL.map(ResponseReading::name),
        ["assessed and assigned", "assessed and accepted", "first reply"]
    );
    let modes =
        [ReopenMode::LeftOutIfConfirmed, ReopenMode::Counted, ReopenMode::LeftOut, ReopenMode::Restarted];
    assert_eq!(
        modes.map(ReopenMode::name),
        [
            "runs on, without the time the client had confirmed",
            "runs on, with the time in between",
            "runs on, without the time in between",
            "begins again",
        ]
    );
}
