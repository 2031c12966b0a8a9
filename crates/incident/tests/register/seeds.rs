//! One violation for each clause: what somebody did wrong, and the entries that the register cites for it.

use std::collections::BTreeSet;

use incident::agreement::ClockKind;
use incident::communication::{Approval, Channel, Colleagues, Draft, MessageKind, Outcome};
use incident::escalation::EscalationPath;
use incident::review::SectionKind;
use incident::{Fact, Impact, Severity, Source};

use crate::fixture;
use crate::story::{Story, at};

/// What somebody did wrong, and the entries that the register must cite for it.
pub(crate) struct Seed {
    pub(crate) clause: &'static str,
    pub(crate) spoil: fn(&mut Story),
    pub(crate) cites: &'static [&'static str],
    /// Clauses of a smaller number that cannot be kept where this one is not.
    pub(crate) entails: &'static [&'static str],
}

const fn seed(clause: &'static str, cites: &'static [&'static str], spoil: fn(&mut Story)) -> Seed {
    Seed { clause, spoil, cites, entails: &[] }
}

/// One violation for each clause that facts can show to have failed.
pub(crate) const SEEDS: &[Seed] = &[
    seed("§3.1/1", &["closed"], |s| s.without(|fact| matches!(fact, Fact::Assessed { .. }))),
    seed("§3.1/2", &["incident_logged"], |s| s.entry(|entry| entry.reported_at = at("08:00"))),
    seed("§3.1/3", &["signal_raised", "signal_accepted"], |s| {
        s.each_signal_event(|event| {
            if matches!(event.fact, Fact::SignalRaised { .. }) {
                event.at = at("08:00");
            }
        });
    }),
    seed("§3.1/4", &["incident_logged"], |s| s.entry(|entry| entry.services.clear())),
    seed("§3.1/5", &["closed"], |s| s.without(|fact| matches!(fact, Fact::Categorised { .. }))),
    seed("§3.1/6", &["closed"], |s| s.without(|fact| matches!(fact, Fact::UrgencyChanged { .. }))),
    seed("§3.1/7", &["closed"], |s| {
        s.without(|fact| matches!(fact, Fact::DiagnosisRecorded { .. }));
        s.each(|event| {
            if let Fact::Resolved { cause, .. } = &mut event.fact {
                cause.clear();
            }
        });
    }),
    // Whoever leaves out the restoration leaves out a phase.
    Seed {
        entails: &["§3.1/1"],
        ..seed("§3.1/8", &["closed"], |s| s.without(|fact| matches!(fact, Fact::ServiceRestored { .. })))
    },
    seed("§3.1/9", &["resolved"], |s| s.without(|fact| matches!(fact, Fact::ResolutionStepRecorded { .. }))),
    seed("§3.1/10", &["closed"], |s| {
        s.each(|event| {
            if let Fact::Resolved { text, .. } = &mut event.fact {
                text.clear();
            }
        });
    }),
    seed("§3.1/11", &["workaround_applied", "closed"], |s| {
        s.add("09:55", "tom", Fact::WorkaroundApplied { text: "Mail goes by the portal".into() });
    }),
    seed("§3.1/12", &["incident_logged", "moved_to_client"], |s| {
        let (client, services) = (fixture::client("acme"), vec![fixture::service("acme", "mail")]);
        let reason = "Another one was named".into();
        s.add("09:01", "ines", Fact::MovedToClient { client, services, reason });
    }),
    seed("§3.1/13", &["diagnosis_recorded"], |s| {
        s.each(|event| {
            if matches!(event.fact, Fact::DiagnosisRecorded { .. }) {
                event.actor = fixture::person("cole");
            }
        });
    }),
    seed("§3.2/1", &["escalated", "closed"], |s| {
        s.each(|event| {
            if let Fact::Assigned { to } = &mut event.fact {
                *to = fixture::person("ines");
            }
            if matches!(event.fact, Fact::DiagnosisRecorded { .. } | Fact::Resolved { .. }) {
                event.actor = fixture::person("ines");
            }
        });
    }),
    seed("§3.2/2", &["closed"], |s| {
        s.each(|event| {
            if matches!(event.fact, Fact::Closed { .. }) {
                event.actor = fixture::person("ines");
            }
        });
    }),
    seed("§3.2/3", &["incident_logged"], |s| {
        s.entry(|entry| (entry.source, entry.detected_at) = (Source::Staff, Some(at("08:30"))));
    }),
    seed("§3.3/1", &["closed"], |s| s.without(|fact| matches!(fact, Fact::SeverityChanged { .. }))),
    seed("§3.3/2", &["incident_logged", "target_breached"], |s| {
        s.each(|event| {
            if matches!(event.fact, Fact::Assessed { .. }) {
                event.at = at("09:15").plus_millis(1);
            }
        });
    }),
    seed("§3.3/3", &["incident_logged", "target_breached"], |s| {
        s.later("10:30", 4 * 60);
        s.escalates("13:00");
    }),
    seed("§3.3/4", &["incident_logged", "target_breached"], |s| {
        s.promise_restoration(60 - 1);
        s.escalates("09:59");
    }),
    seed("§3.3/5", &["configured", "configured", "configured"], |s| {
        s.set_up(|setup| {
            for agreement in setup.agreements.values_mut().filter(|agreement| agreement.name == "silver") {
                agreement.targets[Severity::Four.index()].resolution = None;
            }
        });
    }),
    seed("§3.4/1", &["incident_logged", "delivery_recorded"], |s| {
        s.each(|event| {
            if matches!(event.fact, Fact::DeliveryRecorded { .. }) && event.at == at("09:08") {
                event.at = at("09:15").plus_millis(1);
            }
        });
    }),
    seed("§3.4/2", &["incident_logged", "restoration_confirmed"], |s| {
        s.without(|fact| is_message(fact, MessageKind::Update));
    }),
    seed("§3.4/3", &["message_written"], |s| {
        s.each(|event| {
            if let Fact::MessageWritten { draft, .. } = &mut event.fact
                && draft.kind == MessageKind::FirstNotice
            {
                draft.next_update_at = None;
            }
        });
    }),
    // Told of neither, with an exception for the resolution.
    seed("§3.4/4", &["service_restored", "closed"], |s| {
        s.without(|fact| {
            matches!(fact, Fact::RestorationConfirmed { .. })
                || is_message(fact, MessageKind::ResolutionConfirmation)
        });
        s.except("§3.4/5", None, false);
        // Colleagues hear on, for as long as nobody confirmed that it is over.
        for to in Colleagues::ALL {
            s.add("10:10", "mora", Fact::InternallyUpdated { to, text: "Ada is not to be reached".into() });
        }
    }),
    seed("§3.4/5", &["resolved", "closed"], |s| {
        s.without(|fact| is_message(fact, MessageKind::ResolutionConfirmation));
    }),
    seed("§3.4/6", &["incident_logged"], |s| s.nobody_answers_for_the_client()),
    seed("§3.4/7", &["incident_logged"], |s| {
        s.without(|fact| matches!(fact, Fact::InternallyUpdated { .. }))
    }),
    seed("§3.4/8", &["configured", "configured", "configured"], |s| {
        s.set_up(|setup| {
            for agreement in setup.agreements.values_mut().filter(|agreement| agreement.name == "silver") {
                agreement.targets[Severity::One.index()].update = None;
            }
        });
    }),
    // Promised at Severity 3, and nobody called before it became grave.
    seed("§3.4/9", &["message_written"], |s| {
        s.entry(|entry| entry.impact = Impact::SomeUsers);
        promises(s, "09:00", "09:01");
    }),
    // Late with an exception for that: it still has to be escalated.
    seed("§3.5/1", &["incident_logged", "target_breached"], |s| {
        s.without(|fact| matches!(fact, Fact::Escalated { path: EscalationPath::Managerial, .. }));
        s.later("10:30", 4 * 60);
        s.except("§3.3", Some(ClockKind::Resolution), false);
    }),
    // Management heard of it, and nobody with more skill was called.
    seed("§3.5/6", &["incident_logged", "target_breached"], |s| {
        s.without(|fact| matches!(fact, Fact::Escalated { path: EscalationPath::Technical, .. }));
        s.later("10:30", 4 * 60);
        s.except("§3.3", Some(ClockKind::Resolution), false);
        s.escalates("13:30");
    }),
    seed("§3.6/1", &["severity_changed"], |s| {
        s.entry(|entry| entry.impact = Impact::ManyUsers);
        s.without(|fact| matches!(fact, Fact::MajorIncidentDeclared { .. }));
    }),
    seed("§3.5/2", &["resource_requested", "closed"], |s| {
        let request = incident::ResourceRequestId(fixture::incident("Q1").0);
        s.add("09:20", "tom", Fact::ResourceRequested { request, text: "The vendor".into(), person: None });
    }),
    seed("§3.5/3", &[], |s| {
        s.set_up(|setup| setup.procedures.values_mut().for_each(|procedure| procedure.text = ".".into()));
    }),
    seed("§3.5/4", &["procedure_attested"], |s| {
        s.without_of("tom", |fact| matches!(fact, Fact::ProcedureAttested { .. }));
    }),
    seed("§3.5/5", &["configured"], |s| {
        s.set_up(|setup| setup.paths.retain(|_, path| path.path == EscalationPath::Technical));
    }),
    seed("§3.6/3", &["major_incident_declared"], |s| {
        s.without(|fact| matches!(fact, Fact::MajorRoleAccepted { .. }));
    }),
    seed("§3.6/4", &["major_incident_declared", "closed"], |s| {
        s.without(|fact| matches!(fact, Fact::BridgeOpened { .. }));
    }),
    seed("§3.7/1", &["incident_logged", "closed"], |s| {
        s.without(|fact| matches!(fact, Fact::ReviewAttached { .. }));
    }),
    seed("§3.7/2", &["review_opened", "review_written", "review_written"], |s| {
        s.without(|fact| matches!(fact, Fact::ReviewWritten { section: SectionKind::Lessons, .. }));
    }),
    seed("§3.7/3", &["review_opened"], |s| s.without(|fact| matches!(fact, Fact::ActionVerified { .. }))),
    seed("§4.1/1", &["sample_drawn", "configured"], |s| {
        s.set_up(|setup| {
            for oversight in setup.oversight.values_mut() {
                oversight.sampling.every_days = Some(5);
            }
        });
    }),
    seed("§4.1/2", &["sample_drawn", "audit_closed"], |s| {
        s.without(|fact| matches!(fact, Fact::FindingClosed { .. }));
    }),
    seed("§4.1/4", &["configured"], |s| {
        s.each_audit_event(|event| {
            if let Fact::AuditClosed { analysis, .. } = &mut event.fact {
                *analysis = None;
            }
        });
    }),
    // Whoever lets the time between two samples pass draws none in it either.
    Seed {
        entails: &["§4.1/1"],
        ..seed("§4.1/3", &["closed"], |s| {
            s.without(|fact| matches!(fact, Fact::SurveyAsked { .. }));
            s.set_up(|setup| {
                for oversight in setup.oversight.values_mut() {
                    oversight.sampling.every_days = Some(5);
                }
            });
        })
    },
    seed("§3.6/2", &["major_incident_proposed", "closed"], |s| {
        s.add("09:20", "tom", Fact::MajorIncidentProposed { because: "Two sites are struck".into() });
    }),
    seed("§4.2/1", &["exception_requested"], |s| {
        s.each_exception_event(|event| {
            if let Fact::ExceptionRequested { application } = &mut event.fact {
                application.request.prevents = ".".into();
            }
        });
    }),
    seed("§4.2/2", &["exception_approved"], |s| {
        s.each_exception_event(|event| {
            if matches!(event.fact, Fact::ExceptionApproved { .. }) {
                event.actor = fixture::person("tom");
            }
        });
    }),
];

/// The client was told, and promised to hear again by a time.
fn promises(s: &mut Story, time: &str, next: &str) {
    let message = fixture::message("M0");
    let draft = Draft {
        message,
        kind: MessageKind::FirstNotice,
        channel: Channel::Phone,
        contact: "Ada".into(),
        text: "Mail is slow".into(),
        template: None,
        next_update_at: Some(at(next)),
        topics: BTreeSet::new(),
        correction_of: None,
    };
    let (outcome, text) = (Outcome::Answered, String::new());
    s.add(time, "cole", Fact::MessageWritten { draft, approval: Approval::NotNeeded });
    s.add(time, "cole", Fact::DeliveryRecorded { message, outcome, is_told: true, text });
}

fn is_message(fact: &Fact, kind: MessageKind) -> bool {
    matches!(fact, Fact::MessageWritten { draft, .. } if draft.kind == kind)
}
