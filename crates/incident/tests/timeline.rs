//! What people read: lines of the timeline in whole sentences, and what the roles of the policy are called.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;

use incident::communication::{Answer, Channel, Colleagues, ReplyKind};
use incident::timeline::line;
use incident::{Fact, Role, VendorCaseId};

#[track_caller]
fn assert_reads(fact: &Fact, title: &str, text: &str) {
    let line = line(fact, &fixture::records().setup);
    assert_eq!((line.title.as_str(), line.text.as_str()), (title, text));
}

#[test]
fn roles_have_the_names_of_the_policy() {
    assert_eq!(
        Role::ALL.map(Role::name),
        [
            "any member of staff",
            "Service Desk",
            "Tier 2",
            "Tier 3",
            "Incident Manager",
            "Account Manager",
            "Supervisor",
            "Administrator",
            "the server",
        ]
    );
}

#[test]
fn every_number_that_an_incident_had_is_told() {
    let lines = [
        (BTreeSet::from([126]), "Known as INC-126 before the server was restored"),
        (BTreeSet::from([126, 1_126]), "Known as INC-126 and INC-1126 before the server was restored"),
    ];
    for (before, title) in lines {
        assert_reads(&Fact::Renumbered { before }, title, "");
    }
}

#[test]
fn incidents_of_one_outage_name_no_other_client() {
    let (other, why) = (fixture::incident("I2"), "The same switch");
    let reason = || why.to_owned();
    let lines = [
        (Fact::ChildLinked { child: other }, "An incident of the same outage was linked", ""),
        (Fact::ChildUnlinked { child: other, reason: reason() }, "A linked incident was parted", why),
        (Fact::ParentLinked { parent: other }, "Linked to the incident that stands for the outage", ""),
        (
            Fact::ParentUnlinked { parent: other, reason: reason() },
            "Parted from the incident of the outage",
            why,
        ),
        (
            Fact::ParentRestored { parent: other },
            "The incident of the outage is restored: service back here?",
            "",
        ),
        (Fact::IncidentMerged { into: other, reason: reason() }, "Merged into another incident", why),
        (Fact::MergeUndone { reason: reason() }, "The merge was taken back", why),
        (
            Fact::DuplicateJoined { duplicate: other, summary: reason() },
            "A duplicate was merged into this",
            why,
        ),
        (Fact::DuplicateParted { duplicate: other, reason: reason() }, "A duplicate was parted again", why),
    ];
    for (fact, title, text) in lines {
        assert_reads(&fact, title, text);
    }
}

#[test]
fn a_client_that_was_asked_answers_in_words() {
    let lines = [
        (Channel::Phone, Answer::Confirmed, "Asked Ada by phone: confirmed"),
        (Channel::Email, Answer::Disputed, "Asked Ada by e-mail: disputed"),
        (Channel::Portal, Answer::NoAnswer, "Asked Ada by portal: no answer"),
    ];
    for (channel, answer, title) in lines {
        let (contact, text) = ("Ada".to_owned(), "Whether mail flows".to_owned());
        assert_reads(
            &Fact::RestorationConfirmed { channel, contact, answer, text },
            title,
            "Whether mail flows",
        );
    }
}

#[test]
fn a_reply_says_whether_a_person_wrote_it() {
    let lines = [
        (ReplyKind::Human, "Reply of Ada by e-mail (a person)"),
        (ReplyKind::AutoReply, "Reply of Ada by e-mail (an automatic reply)"),
    ];
    for (reply, title) in lines {
        let (contact, text) = ("Ada".to_owned(), "Back on Monday".to_owned());
        let fact = Fact::ClientReplied { reply, channel: Channel::Email, contact, text };
        assert_reads(&fact, title, "Back on Monday");
    }
}

#[test]
fn an_internal_update_says_who_was_told() {
    let lines = [
        (Colleagues::Tiers, "Internal update to the support tiers"),
        (Colleagues::Management, "Internal update to management"),
        (Colleagues::AccountManagers, "Internal update to the account managers"),
    ];
    for (to, title) in lines {
        assert_reads(
            &Fact::InternallyUpdated { to, text: "Two disks are in".into() },
            title,
            "Two disks are in",
        );
    }
}

#[test]
fn clients_and_vendors_are_named_and_who_is_not_known_is_said_to_be() {
    let names = [("bolt", "Moved to bolt"), ("nobody", "Moved to a client that is not known here")];
    for (name, title) in names {
        let (client, services, reason) = (fixture::client(name), Vec::new(), "The wrong firm".to_owned());
        assert_reads(&Fact::MovedToClient { client, services, reason }, title, "The wrong firm");
    }
    for (name, title) in [("telco", "Asked telco (T-7)"), ("nobody", "Asked Unknown vendor (T-7)")] {
        let fact = Fact::VendorCaseOpened {
            case: VendorCaseId(fixture::thing("vendor case", "line")),
            vendor: fixture::vendor(name),
            version: 1,
            calendar: None,
            number: "T-7".into(),
            text: "The line is down".into(),
        };
        assert_reads(&fact, title, "The line is down");
    }
}
