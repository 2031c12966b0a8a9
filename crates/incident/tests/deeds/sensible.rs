//! A sensible command for every verb: one that only the state of the record, or the actor's roles, can stand
//! in the way of.

#[path = "entry.rs"]
pub mod entry;
#[path = "exceptions.rs"]
mod exceptions;
#[path = "oversight.rs"]
mod oversight;
#[path = "reviews.rs"]
mod reviews;

use entry::entry;
use incident::agreement::{ClockKind, PauseReason};
use incident::clock::{BackDated, Witness, back_dated, read};
use incident::command::{
    AcceptAssignment, AcceptSignal, AcknowledgeEscalation, AddNote, AdvanceEscalation, AgreeLowering,
    AlertNews, AnswerForecast, ApplyWorkaround, ApproveMessage, AskForecast, AskSurvey, Assess, Assign,
    Attest, AutoClose, Cancel, Categorise, Close, Configure, ConfirmRestoration, ConsiderBreach,
    DeclineLowering, DismissSignal, Escalate, ExplainBreach, IdentifyClient, LinkEvidence, LogIncident,
    MergeSignal, MoveToClient, PauseClock, PlanPermanentFix, ProposeLowering, RaiseSignal, RecordAlert,
    RecordBreach, RecordCap, RecordClientReply, RecordDelivery, RecordDiagnosis, RecordResolutionStep,
    RecordSurveyAnswer, Reopen, Resolve, RestoreService, ResumeClock, ReturnMessage, ReviewPause,
    SetSeverity, SetUrgency, StartEscalation, SwitchAgreement, TellClient, UpdateInternally,
};
use incident::communication::{Answer, Channel, Colleagues, Message, MessageKind, Outcome, ReplyKind, Topic};
use incident::escalation::{ByHand, EscalationPath, Forecasted, open_question};
use incident::identification::Sighting;
use incident::log::Breach;
use incident::setup::{CategoryCode, House};
use incident::{
    Actor, ClientId, Command, Impact, Incident, IncidentId, LogEntry, MessageId, PersonId, Records,
    ServiceId, Setting, Severity, SignalId, Source, Subject, SurveyId, Timestamp, Urgency, Verb,
};

use crate::fixture;

#[path = "together.rs"]
mod together;

/// Where a command is made up: what is there, who acts, when, and on what.
pub struct Desk<'a> {
    /// What this person sees.
    pub records: &'a Records,
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// The incident at hand; a new one for verbs that log.
    pub incident: IncidentId,
    /// The signal at hand.
    pub signal: SignalId,
    /// The record of any other kind at hand, where it is one.
    pub record: Option<Subject>,
    /// Chooses among values that are all sensible.
    pub pick: u8,
}

impl Desk<'_> {
    /// The command.
    #[expect(clippy::too_many_lines, reason = "one uniform arm per verb")]
    pub fn command(&self, verb: Verb) -> Command {
        let (incident, signal) = (self.incident, self.signal);
        match verb {
            Verb::RaiseSignal => Command::RaiseSignal(RaiseSignal { signal, sighting: self.sighting() }),
            Verb::LogIncident => Command::LogIncident(LogIncident { incident, entry: self.entry(None) }),
            Verb::AcceptSignal => {
                let entry = self.entry(self.records.signals.get(&signal).map(|signal| &signal.sighting));
                Command::AcceptSignal(AcceptSignal { signal, incident, entry })
            }
            Verb::DismissSignal => {
                Command::DismissSignal(DismissSignal { signal, reason: words("a test of the monitor") })
            }
            Verb::MergeSignal => Command::MergeSignal(MergeSignal { signal, into: incident }),
            Verb::RecordAlert => {
                let incident = self.records.signals.get(&signal).and_then(|signal| signal.incident());
                let news = match self.pick % 2 {
                    0 => AlertNews::Repeated { count: 2 },
                    _ => AlertNews::Recovered,
                };
                let (summary, names) = (words("MailQueueFull"), Vec::new());
                Command::RecordAlert(RecordAlert { signal, incident, news, summary, names })
            }
            Verb::RecordBreach => {
                let clock = ClockKind::ALL[usize::from(self.pick) % 3];
                Command::RecordBreach(RecordBreach { incident, clock })
            }
            Verb::RecordCap => Command::RecordCap(RecordCap { incident }),
            Verb::LinkEvidence => Command::LinkEvidence(self.evidence()),
            Verb::Configure => {
                let house = &self.records.setup.house;
                let (version, effective_from) = (house.version + 1, self.now);
                let setting = Setting::House(House { version, effective_from, ..house.clone() });
                Command::Configure(Configure { setting })
            }
            Verb::RequestException
            | Verb::RequestCorrection
            | Verb::BreakGlass
            | Verb::AmendException
            | Verb::ApproveException
            | Verb::DeclineException
            | Verb::ReturnException
            | Verb::AnswerException
            | Verb::RevokeException
            | Verb::InvokeException
            | Verb::DelegateApproval
            | Verb::LapseException
            | Verb::ExpireException => exceptions::command(self, verb),
            Verb::Attest => {
                let procedure = fixture::procedure("P1");
                Command::Attest(Attest { procedure, version: 1, answer: 0 })
            }
            Verb::StartEscalation
            | Verb::AcknowledgeEscalation
            | Verb::AskForecast
            | Verb::AnswerForecast
            | Verb::AdvanceEscalation => self.on_escalation(verb),
            Verb::OpenReview
            | Verb::RecordRecurrence
            | Verb::ExtendReview
            | Verb::WriteReview
            | Verb::CompleteReview
            | Verb::CloseReview
            | Verb::AddAction
            | Verb::FinishAction
            | Verb::VerifyAction
            | Verb::ReopenAction
            | Verb::UpholdAction => reviews::command(self, verb),
            Verb::ProposeViolation
            | Verb::AnswerViolation
            | Verb::DecideViolation
            | Verb::DrawSample
            | Verb::ReplaceSample
            | Verb::ChangeReviewer
            | Verb::ReviewRecord
            | Verb::ReportFinding
            | Verb::AnswerFinding
            | Verb::CloseFinding
            | Verb::CloseAudit => oversight::command(self, verb),
            Verb::AutoClose => Command::AutoClose(AutoClose { incident }),
            Verb::RecordSurveyAnswer => {
                let survey = match self.record {
                    Some(Subject::Survey(id)) => id,
                    _ => self.survey(),
                };
                let score = 1 + self.pick % 5;
                Command::RecordSurveyAnswer(RecordSurveyAnswer {
                    survey,
                    score,
                    text: words("quick and kind"),
                })
            }
            Verb::TellClient
            | Verb::ApproveMessage
            | Verb::ReturnMessage
            | Verb::RecordDelivery
            | Verb::UpdateInternally
            | Verb::RecordClientReply
            | Verb::AskSurvey => self.to_the_client(verb),
            Verb::IdentifyClient
            | Verb::MoveToClient
            | Verb::ConsiderBreach
            | Verb::ExplainBreach
            | Verb::PlanPermanentFix => self.for_the_record(verb),
            Verb::Categorise
            | Verb::SetSeverity
            | Verb::ProposeLowering
            | Verb::AgreeLowering
            | Verb::DeclineLowering
            | Verb::SwitchAgreement
            | Verb::ReviewPause
            | Verb::SetUrgency
            | Verb::Assess
            | Verb::Assign
            | Verb::AcceptAssignment
            | Verb::AddNote
            | Verb::RecordDiagnosis
            | Verb::ApplyWorkaround
            | Verb::RecordResolutionStep
            | Verb::RestoreService
            | Verb::Resolve
            | Verb::ConfirmRestoration
            | Verb::Close
            | Verb::Reopen
            | Verb::Cancel
            | Verb::Escalate
            | Verb::PauseClock
            | Verb::ResumeClock => self.on_incident(verb),
            Verb::ProposeMajor
            | Verb::DeclareMajor
            | Verb::DeclineMajor
            | Verb::StandDownMajor
            | Verb::AssignMajorRole
            | Verb::AcceptMajorRole
            | Verb::OpenBridge
            | Verb::MarkAttendance
            | Verb::CallRoll
            | Verb::CloseBridge
            | Verb::ReportConditions
            | Verb::RecordFinding
            | Verb::RecordDecision
            | Verb::GiveTask
            | Verb::CheckTask
            | Verb::RequestResource
            | Verb::AnswerResourceRequest
            | Verb::RecordArrival
            | Verb::BriefManagement => self.in_the_room(verb),
            Verb::LinkChild
            | Verb::UnlinkChild
            | Verb::MergeIncident
            | Verb::UndoMerge
            | Verb::LinkChange
            | Verb::LinkProblem
            | Verb::LinkKnownError
            | Verb::OpenVendorCase
            | Verb::ChaseVendor
            | Verb::VendorAnswered
            | Verb::SuspectBreach
            | Verb::AddMember
            | Verb::RemoveMember
            | Verb::NoteSuspicion
            | Verb::NotifyAuthority
            | Verb::CloseSuspicion
            | Verb::ReleaseLine => self.related(verb),
        }
    }

    fn on_incident(&self, verb: Verb) -> Command {
        let incident = self.incident;
        match verb {
            Verb::Categorise => Command::Categorise(Categorise { incident, category: self.category() }),
            Verb::SetSeverity => Command::SetSeverity(self.severity()),
            Verb::ProposeLowering => Command::ProposeLowering(self.lowering()),
            Verb::AgreeLowering => {
                let asked = self.known().and_then(|incident| incident.lowering.as_ref());
                let severity = asked.map_or(Severity::Four, |asked| asked.severity);
                Command::AgreeLowering(AgreeLowering { incident, severity, text: words("one office only") })
            }
            Verb::DeclineLowering => {
                Command::DeclineLowering(DeclineLowering { incident, reason: words("it is still down") })
            }
            Verb::SwitchAgreement => {
                let agreement = fixture::agreement(["acme", "bolt"][usize::from(self.pick) % 2]);
                let reason = words("the client moved to it yesterday");
                Command::SwitchAgreement(SwitchAgreement { incident, agreement, reason })
            }
            Verb::ReviewPause => Command::ReviewPause(ReviewPause { incident, text: words("asked again") }),
            Verb::SetUrgency => Command::SetUrgency(self.urgency()),
            Verb::Assign => Command::Assign(self.assignment()),
            Verb::AcceptAssignment => Command::AcceptAssignment(AcceptAssignment { incident }),
            Verb::Assess => Command::Assess(Assess { incident, text: words("the queue is full") }),
            Verb::AddNote => Command::AddNote(AddNote { incident, text: words("she waits") }),
            Verb::RecordDiagnosis => {
                Command::RecordDiagnosis(RecordDiagnosis { incident, text: words("the disk is full") })
            }
            Verb::ApplyWorkaround => {
                Command::ApplyWorkaround(ApplyWorkaround { incident, text: words("mail by web") })
            }
            Verb::RecordResolutionStep => {
                let text = words("old logs removed");
                Command::RecordResolutionStep(RecordResolutionStep { incident, text })
            }
            Verb::RestoreService => {
                Command::RestoreService(RestoreService { incident, text: words("a test mail came") })
            }
            Verb::Resolve => {
                let (text, cause) = (words("rotation set up"), words("logs grew"));
                Command::Resolve(Resolve { incident, text, cause })
            }
            Verb::ConfirmRestoration => Command::ConfirmRestoration(ConfirmRestoration {
                incident,
                channel: Channel::ALL[usize::from(self.pick) % 3],
                contact: words("Ada"),
                answer: [Answer::Confirmed, Answer::NoAnswer, Answer::Disputed][usize::from(self.pick) % 3],
                text: words("asked whether mail works"),
            }),
            Verb::Close => {
                let unconfirmed_reason = Some(words("called twice"));
                Command::Close(Close { incident, text: words("done"), unconfirmed_reason })
            }
            Verb::Reopen => Command::Reopen(Reopen { incident, reason: words("mail stopped again") }),
            Verb::Cancel => Command::Cancel(Cancel { incident, reason: words("logged twice") }),
            Verb::Escalate => {
                let path = EscalationPath::ALL[usize::from(self.pick) % 2];
                let names = match path {
                    EscalationPath::Technical => ["kay", "tom"],
                    EscalationPath::Managerial => ["vance", "mora"],
                };
                let to = self.somebody(&names, &[self.actor.person]);
                Command::Escalate(Escalate { incident, path, to, reason: words("it cannot be met") })
            }
            Verb::PauseClock => {
                let (reason, text) = (PauseReason::AwaitingClient, words("access is needed"));
                Command::PauseClock(PauseClock { incident, reason, text })
            }
            _ => Command::ResumeClock(ResumeClock { incident, text: words("access was given") }),
        }
    }

    fn on_escalation(&self, verb: Verb) -> Command {
        let incident = self.incident;
        match verb {
            Verb::StartEscalation => Command::StartEscalation(StartEscalation {
                incident,
                path: EscalationPath::ALL[usize::from(self.pick) % 2],
                need: [ByHand::Attention, ByHand::Resources][usize::from(self.pick) % 2],
                reason: words("a second pair of hands is needed"),
            }),
            Verb::AcknowledgeEscalation => Command::AcknowledgeEscalation(AcknowledgeEscalation { incident }),
            Verb::AskForecast => {
                let is_asked = |clock: &ClockKind| {
                    let setup = &self.records.setup;
                    self.known().is_some_and(|known| open_question(known, setup, *clock, self.now).is_some())
                };
                // Where the resolution has its question, the next target that may still be asked about.
                let mut clocks = ClockKind::ALL.into_iter().rev().filter(|clock| !is_asked(clock));
                let runs = |clock: &ClockKind| {
                    let setup = &self.records.setup;
                    self.known().is_some_and(|known| read(known, setup, *clock, self.now).is_unfinished())
                };
                let clock = clocks.find(runs).unwrap_or(ClockKind::Resolution);
                Command::AskForecast(AskForecast { incident, clock })
            }
            Verb::AnswerForecast => Command::AnswerForecast(AnswerForecast {
                incident,
                answer: [Forecasted::CanBeMet, Forecasted::CannotBeMet][usize::from(self.pick) % 2],
                reason: words("the part comes tomorrow"),
                clock: None,
            }),
            _ => Command::AdvanceEscalation(AdvanceEscalation { incident }),
        }
    }

    fn to_the_client(&self, verb: Verb) -> Command {
        let incident = self.incident;
        match verb {
            Verb::TellClient => Command::TellClient(self.message()),
            Verb::ApproveMessage => {
                // What it promises has still to be ahead.
                let is_ahead =
                    |message: &Message| message.draft.next_update_at.is_none_or(|at| self.now < at);
                Command::ApproveMessage(ApproveMessage { incident, message: self.waiting(is_ahead) })
            }
            Verb::ReturnMessage => {
                let reason = words("it promises too much");
                Command::ReturnMessage(ReturnMessage { incident, message: self.waiting(|_| true), reason })
            }
            Verb::RecordDelivery => {
                let (message, outcome) = self.delivery();
                Command::RecordDelivery(RecordDelivery { incident, message, outcome, text: words("as said") })
            }
            Verb::UpdateInternally => Command::UpdateInternally(UpdateInternally {
                incident,
                colleagues: Colleagues::ALL[usize::from(self.pick) % 3],
                text: words("a vendor is on it"),
            }),
            Verb::RecordClientReply => Command::RecordClientReply(RecordClientReply {
                incident,
                kind: ReplyKind::ALL[usize::from(self.pick) % 2],
                channel: Channel::Email,
                contact: words("Ada"),
                text: words("thanks, all good"),
            }),
            _ => {
                let survey = self.known().and_then(SurveyId::of).unwrap_or_else(|| self.survey());
                let (channel, contact) = (Channel::Email, words("Ada"));
                Command::AskSurvey(AskSurvey { incident, survey, channel, contact })
            }
        }
    }

    fn for_the_record(&self, verb: Verb) -> Command {
        let incident = self.incident;
        match verb {
            Verb::IdentifyClient | Verb::MoveToClient => {
                let held = self.known().map(|incident| incident.entry.client);
                let others: Vec<_> =
                    fixture::CLIENTS.iter().filter(|(name, _)| Some(fixture::client(name)) != held).collect();
                let (name, services) = others[usize::from(self.pick) % others.len()];
                let (client, services) = (fixture::client(name), vec![fixture::service(name, services[0])]);
                if verb == Verb::IdentifyClient {
                    return Command::IdentifyClient(IdentifyClient { incident, client, services });
                }
                let reason = words("the caller named the wrong firm");
                Command::MoveToClient(MoveToClient { incident, client, services, reason })
            }
            Verb::ConsiderBreach => Command::ConsiderBreach(ConsiderBreach { incident }),
            Verb::ExplainBreach => {
                let is_owed = |incident: &Incident, breach: &Breach| {
                    let mut given = incident.closing.breach_reasons.iter();
                    let speaks_of = |due: Option<Timestamp>, at: Timestamp| {
                        due.map_or(at >= breach.due, |due| due == breach.due)
                    };
                    let is_explained = given.any(|r| r.clock == breach.clock && speaks_of(r.due, r.at));
                    !is_explained && !incident.is_corrected(breach)
                };
                let owed = self.known().and_then(|i| i.breaches.iter().find(|breach| is_owed(i, breach)));
                let clock = owed.map_or(ClockKind::Response, |breach| breach.clock);
                let (reason, text) = (words("parts"), words("the part came a day late"));
                Command::ExplainBreach(ExplainBreach { incident, clock, reason, text })
            }
            _ => Command::PlanPermanentFix(PlanPermanentFix {
                incident,
                owner: self.somebody(&["tom", "kay"], &[]),
                due_by: self.now.plus_millis(7 * 24 * 60 * incident::MINUTE),
                reference: words("PRB-7"),
            }),
        }
    }

    /// The next message that makes sense, in words that were not used before.
    fn message(&self) -> TellClient {
        let known = self.known();
        let sent = known.map_or(0, |incident| incident.communication.messages.len());
        let kind = match known {
            Some(incident) if incident.stopped_at().is_some() => MessageKind::ResolutionConfirmation,
            Some(incident) if incident.restored.is_some() => MessageKind::RestorationNotice,
            Some(incident) if is_known(incident) => MessageKind::Update,
            Some(_) | None => MessageKind::FirstNotice,
        };
        let is_delicate = self.pick % 5 == 4;
        let is_called = self.pick.is_multiple_of(3) && !is_delicate;
        TellClient {
            incident: self.incident,
            message: fixture::message(&format!("{}/{sent}", self.incident)),
            kind,
            channel: if is_called { Channel::Phone } else { Channel::Email },
            contact: words("Ada"),
            text: format!("This is word {sent} on your mail"),
            template: None,
            next_update_at: Some(self.now.plus_millis(30 * incident::MINUTE)),
            topics: is_delicate.then_some(Topic::DataLoss).into_iter().collect(),
            correction_of: None,
            outcome: is_called.then_some(Outcome::Answered),
        }
    }

    /// A message that waits for somebody else's reading, or one of the actor's own.
    fn waiting(&self, fits: impl Fn(&Message) -> bool) -> MessageId {
        let messages = self.known().map_or(&[][..], |incident| &incident.communication.messages);
        let waiting = || messages.iter().filter(|message| message.waits_for_approval() && fits(message));
        let found = waiting().find(|message| message.by != self.actor.person).or(waiting().next());
        found.map_or_else(|| fixture::message("M9"), |message| message.draft.message)
    }

    /// A message of which there may be news, and the news.
    fn delivery(&self) -> (MessageId, Outcome) {
        let messages = self.known().map_or(&[][..], |incident| &incident.communication.messages);
        let found = messages.iter().find(|message| message.may_have_news());
        let Some(found) = found else { return (fixture::message("M9"), Outcome::Delivered) };
        let fits = |outcome: &Outcome| {
            let is_new = found.delivery.as_ref().is_none_or(|known| known.outcome != *outcome);
            outcome.fits(found.draft.channel) && is_new
        };
        let all: Vec<_> = Outcome::ALL.into_iter().filter(fits).collect();
        (found.draft.message, all[usize::from(self.pick) % all.len()])
    }

    fn survey(&self) -> SurveyId {
        let mut asked = self.records.surveys.values().filter(|survey| survey.incident == self.incident);
        let unanswered = asked.next().map(|survey| survey.id);
        unanswered.unwrap_or_else(|| SurveyId::of_closure(self.incident, 1))
    }

    fn known(&self) -> Option<&Incident> {
        self.records.incidents.get(&self.incident).map(AsRef::as_ref)
    }

    fn category(&self) -> CategoryCode {
        let held = self.known().and_then(|incident| incident.category.clone());
        let others = fixture::CATEGORIES.iter().map(|code| CategoryCode((*code).to_owned()));
        let others: Vec<_> = others.filter(|code| Some(code) != held.as_ref()).collect();
        others[usize::from(self.pick) % others.len()].clone()
    }

    fn severity(&self) -> SetSeverity {
        let from = self.known().map_or(Severity::Three, Incident::severity);
        // A provisional severity may be confirmed; one that a person set is changed.
        let is_set = self.known().is_some_and(|incident| incident.severity_set);
        let others: Vec<_> =
            Severity::ALL.into_iter().filter(|severity| *severity != from || !is_set).collect();
        let severity = others[usize::from(self.pick) % others.len()];
        SetSeverity { incident: self.incident, from, severity, reason: words("what the caller says") }
    }

    fn lowering(&self) -> ProposeLowering {
        let from = self.known().map_or(Severity::Three, Incident::severity);
        let lower: Vec<_> =
            Severity::ALL.into_iter().filter(|severity| from.is_worse_than(*severity)).collect();
        let severity = lower.get(usize::from(self.pick) % lower.len().max(1)).copied().unwrap_or(from);
        ProposeLowering { incident: self.incident, from, severity, reason: words("one office only") }
    }

    fn evidence(&self) -> LinkEvidence {
        let stops = self.known().map(|incident| back_dated(incident, &self.records.setup));
        let is_of_others = |stop: &BackDated| !stop.by.contains(&self.actor.person);
        let stop = stops.into_iter().flatten().find(is_of_others);
        LinkEvidence {
            incident: self.incident,
            clock: stop.map_or(ClockKind::Resolution, |stop| stop.clock),
            witness: Witness::ALL[usize::from(self.pick) % 2],
            link: words("the mail of half past nine"),
        }
    }

    fn urgency(&self) -> SetUrgency {
        let from = self.known().and_then(|incident| incident.urgency);
        let others: Vec<_> = Urgency::ALL.into_iter().filter(|urgency| Some(*urgency) != from).collect();
        let urgency = others[usize::from(self.pick) % others.len()];
        SetUrgency { incident: self.incident, from, urgency }
    }

    fn assignment(&self) -> Assign {
        let from = self.known().and_then(|incident| incident.assignment.as_ref()).map(|held| held.to);
        let holder: Vec<_> = from.into_iter().collect();
        Assign { incident: self.incident, from, to: self.somebody(&["tom", "kay", "ines"], &holder) }
    }

    fn somebody(&self, names: &[&str], but: &[PersonId]) -> PersonId {
        let people: Vec<_> = names.iter().map(|name| fixture::person(name)).collect();
        let others: Vec<_> = people.into_iter().filter(|person| !but.contains(person)).collect();
        others[usize::from(self.pick) % others.len()]
    }

    fn of_somebody(&self) -> (ClientId, ServiceId) {
        let (client, services) = fixture::CLIENTS[usize::from(self.pick) % fixture::CLIENTS.len()];
        (fixture::client(client), fixture::service(client, services[0]))
    }

    fn sighting(&self) -> Sighting {
        let (client, service) = self.of_somebody();
        let is_known = self.pick % 4 != 3;
        Sighting {
            source: Source::Monitoring,
            client: is_known.then_some(client),
            service: is_known.then_some(service),
            summary: words("MailQueueFull"),
            details: words("queue length 4000"),
            reporter: words("monitor"),
            reported_at: self.now,
            dedup_key: None,
            link: None,
        }
    }

    fn entry(&self, seen: Option<&Sighting>) -> LogEntry {
        let (mut client, mut service) = self.of_somebody();
        if let Some((seen_client, seen_service)) = seen.and_then(|seen| seen.client.zip(seen.service)) {
            (client, service) = (seen_client, seen_service);
        }
        LogEntry {
            client,
            services: vec![service],
            source: seen.map_or(Source::Phone, |seen| seen.source),
            impact: Impact::ALL[usize::from(self.pick) % 4],
            ..entry("acme", self.now)
        }
    }
}

/// Whether the client has had a word of it that Update may follow.
fn is_known(incident: &Incident) -> bool {
    let mut sent = incident.communication.to(incident.entry.client);
    sent.any(|message| message.may_go_out() && message.draft.kind.is_news())
}

fn words(text: &str) -> String {
    text.to_owned()
}
