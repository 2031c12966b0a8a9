//! What follows the incident: its review, the client's word, and a look at the record.

use incident::command::{
    AddAction, AnswerFinding, AskSurvey, Attest, CloseAudit, CloseFinding, CloseReview, CompleteReview,
    DrawSample, FinishAction, ReportFinding, VerifyAction, WriteReview,
};
use incident::communication::Channel;
use incident::review::SectionKind;
use incident::{ActionId, Command, FindingId, ReviewId, SurveyId};

use crate::fixture;
use crate::story::at;

/// Time, actor and deed.
pub(crate) type Deed = (&'static str, &'static str, Command);

/// Whoever has to know the procedure has understood it.
pub(crate) fn attested() -> Vec<Deed> {
    let attest = Attest { procedure: fixture::procedure("P1"), version: 1, answer: 0 };
    ["tom", "kay"].map(|who| ("08:00", who, Command::Attest(attest.clone()))).into()
}

/// The review, whole and tracked to its end.
pub(crate) fn reviewed() -> Vec<Deed> {
    let review = ReviewId::of(fixture::incident("I1"));
    let action = ActionId(fixture::thing("action", "logs"));
    let text = |words: &str| words.to_owned();
    let write = |section: SectionKind| {
        let text = format!("{}: nobody watched the disk", section.name());
        Command::WriteReview(WriteReview { review, section, text, facts: Vec::new() })
    };
    let mut deeds: Vec<Deed> = SectionKind::ALL.map(|section| ("11:10", "mora", write(section))).into();
    deeds.extend([
        (
            "11:15",
            "mora",
            Command::AddAction(AddAction {
                review,
                action,
                owner: fixture::person("tom"),
                text: text("Watch free space"),
                due_by: at("18:00"),
            }),
        ),
        ("11:20", "mora", Command::CompleteReview(CompleteReview { review, took_part: text("Mora, Tom") })),
        (
            "13:00",
            "tom",
            Command::FinishAction(FinishAction { review, action, evidence: text("The monitor warns") }),
        ),
        ("13:10", "vance", Command::VerifyAction(VerifyAction { review, action, text: text("Seen") })),
        ("13:20", "mora", Command::CloseReview(CloseReview { review, incident: None, text: text("Done") })),
    ]);
    deeds
}

/// The client is asked, and somebody with no hand in it looks at the record.
pub(crate) fn measured() -> Vec<Deed> {
    let (incident, audit) = (fixture::incident("I1"), fixture::audit("A1"));
    let finding = FindingId(fixture::thing("finding", "F1"));
    let text = |words: &str| words.to_owned();
    vec![
        (
            "11:30",
            "cole",
            Command::AskSurvey(AskSurvey {
                incident,
                survey: SurveyId::of_closure(incident, 1),
                channel: Channel::Email,
                contact: text("Ada"),
            }),
        ),
        (
            "14:00",
            "vance",
            Command::DrawSample(DrawSample {
                audit,
                begins_at: at("00:00"),
                until: at("14:00"),
                client: None,
                seed: 7,
                count: 1,
                reviewer: fixture::person("kay"),
            }),
        ),
        (
            "14:10",
            "kay",
            Command::ReportFinding(ReportFinding {
                audit,
                finding,
                incident,
                clause: text("§3.4"),
                text: text("The portal was not updated"),
            }),
        ),
        (
            "14:20",
            "cole",
            Command::AnswerFinding(AnswerFinding { audit, finding, text: text("Ada asked for calls") }),
        ),
        (
            "14:30",
            "kay",
            Command::CloseFinding(CloseFinding { audit, finding, text: text("Calls are enough") }),
        ),
        (
            "14:40",
            "kay",
            Command::CloseAudit(CloseAudit {
                audit,
                text: text("Done"),
                figures: text("One target was missed"),
                process: text("Calls are not noted; the form asks for them now"),
            }),
        ),
    ]
}
