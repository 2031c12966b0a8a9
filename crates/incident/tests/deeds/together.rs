//! Sensible commands of what several people do together: major incidents, families, vendors, suspicions.

use incident::command::{
    AcceptMajorRole, AddMember, AnswerResourceRequest, AssignMajorRole, BriefManagement, CallRoll,
    ChaseVendor, CheckTask, CloseBridge, CloseSuspicion, DeclareMajor, DeclineMajor, GiveTask, LinkChange,
    LinkChild, LinkKnownError, LinkProblem, MarkAttendance, MergeIncident, NoteSuspicion, NotifyAuthority,
    OpenBridge, OpenVendorCase, ProposeMajor, RecordArrival, RecordDecision, RecordFinding, ReleaseLine,
    RemoveMember, ReportConditions, RequestResource, StandDownMajor, SuspectBreach, UndoMerge, UnlinkChild,
    VendorAnswered,
};
use incident::major_incident::{MajorIncident, MajorRole, Mark, Poll, Reply, ResourceRequest, Standing};
use incident::suspicion::SuspicionOutcome;
use incident::{
    Command, IncidentId, MINUTE, PersonId, ResourceRequestId, Subject, SuspicionId, TaskId, VendorCaseId,
    Verb, decide,
};

use super::{Desk, fixture, words};

impl Desk<'_> {
    pub(super) fn in_the_room(&self, verb: Verb) -> Command {
        let incident = self.incident;
        let reason = || words("forty users at two sites");
        match verb {
            Verb::ProposeMajor => Command::ProposeMajor(ProposeMajor { incident, reason: reason() }),
            Verb::DeclareMajor => Command::DeclareMajor(DeclareMajor { incident, reason: reason() }),
            Verb::DeclineMajor => Command::DeclineMajor(DeclineMajor { incident, reason: reason() }),
            Verb::StandDownMajor => {
                let review_owner = Some(fixture::person("mora"));
                Command::StandDownMajor(StandDownMajor { incident, reason: reason(), review_owner })
            }
            Verb::AssignMajorRole => self.role(),
            Verb::AcceptMajorRole => {
                let asked = |major: &MajorIncident| {
                    major.posts.handovers.iter().find(|asked| asked.to == self.actor.person).map(|a| a.role)
                };
                let role = self.major().and_then(asked).unwrap_or(MajorRole::Scribe);
                Command::AcceptMajorRole(AcceptMajorRole { incident, role })
            }
            Verb::OpenBridge => Command::OpenBridge(OpenBridge { incident, line: words("bridge 4471") }),
            Verb::MarkAttendance => {
                let person = fixture::person("kay");
                let call = self.major().and_then(MajorIncident::open_bridge);
                let mark =
                    if call.is_some_and(|call| call.is_on(person)) { Mark::Left } else { Mark::Joined };
                Command::MarkAttendance(MarkAttendance { incident, person, mark })
            }
            Verb::CallRoll => {
                let attendees = vec![fixture::person("kay"), fixture::person("tom")];
                Command::CallRoll(CallRoll { incident, attendees })
            }
            Verb::CloseBridge => Command::CloseBridge(CloseBridge { incident, text: words("all is back") }),
            Verb::GiveTask | Verb::CheckTask => self.task(verb),
            Verb::RequestResource | Verb::AnswerResourceRequest | Verb::RecordArrival => self.resource(verb),
            _ => self.said_in_the_room(verb),
        }
    }

    fn said_in_the_room(&self, verb: Verb) -> Command {
        let incident = self.incident;
        match verb {
            Verb::ReportConditions => Command::ReportConditions(ReportConditions {
                incident,
                conditions: words("the store is down"),
                actions: words("mounting the copy"),
                needs: words("the vendor"),
            }),
            Verb::RecordFinding => {
                let standing = [Standing::Fact, Standing::Hypothesis][usize::from(self.pick) % 2];
                Command::RecordFinding(RecordFinding { incident, standing, text: words("the disk is full") })
            }
            Verb::RecordDecision => {
                let poll = [Poll::NotPolled, Poll::NoObjection, Poll::Objected][usize::from(self.pick) % 3];
                let objection = (poll == Poll::Objected).then(|| words("the copy is old"));
                let text = words("fail over");
                Command::RecordDecision(RecordDecision { incident, text, poll, objection })
            }
            _ => Command::BriefManagement(BriefManagement {
                incident,
                what: words("mail is down"),
                impact: words("two sites"),
                doing: words("failing over"),
                next: words("a test mail"),
                next_at: self.now.plus_millis(20 * MINUTE),
            }),
        }
    }

    fn major(&self) -> Option<&MajorIncident> {
        self.known()?.major.as_deref()
    }

    /// A role that its person neither has nor is asked to take.
    fn role(&self) -> Command {
        let is_free = |role: MajorRole, person: PersonId| {
            self.major().is_none_or(|major| {
                !major.posts.is_held_by(role, person) && major.posts.handover(role, person).is_none()
            })
        };
        let people = ["mora", "tom", "kay", "cole", "ines"].map(fixture::person);
        let all = MajorRole::ALL.into_iter().flat_map(|role| people.map(|person| (role, person)));
        let is_manager = |person: &PersonId| *person == fixture::person("mora");
        let all: Vec<_> = all
            .filter(|(role, person)| *role != MajorRole::IncidentManager || is_manager(person))
            .filter(|(role, person)| is_free(*role, *person))
            .collect();
        let (role, to) = all[usize::from(self.pick) % all.len()];
        let incident = self.incident;
        Command::AssignMajorRole(AssignMajorRole { incident, role, to, in_place_of: None })
    }

    fn task(&self, verb: Verb) -> Command {
        let (incident, check_at) = (self.incident, self.now.plus_millis(15 * MINUTE));
        if verb == Verb::GiveTask {
            let place = self.major().map_or(0, |major| major.tasks.len());
            let task = TaskId(fixture::thing("task", &format!("{incident}/{place}")));
            let owner = fixture::person("tom");
            let text = words("mount the copy");
            return Command::GiveTask(GiveTask { incident, task, text, owner, check_at });
        }
        let open = self.major().and_then(|major| major.open_tasks().next());
        let task = open.map_or(TaskId(fixture::thing("task", "none")), |task| task.id);
        let check_at = (self.pick.is_multiple_of(2)).then_some(check_at);
        Command::CheckTask(CheckTask { incident, task, text: words("half way"), check_at })
    }

    fn resource(&self, verb: Verb) -> Command {
        let incident = self.incident;
        let requests: Vec<_> = self.known().map_or_else(Vec::new, |one| one.resource_requests().collect());
        let first = |fits: fn(&ResourceRequest) -> bool| {
            let found = requests.iter().find(|request| fits(request));
            found.map_or(ResourceRequestId(fixture::thing("request", "none")), |request| request.id)
        };
        match verb {
            Verb::RequestResource => {
                let request =
                    ResourceRequestId(fixture::thing("request", &format!("{incident}/{}", requests.len())));
                let person = (self.pick.is_multiple_of(2)).then(|| fixture::person("kay"));
                let text = words("a second pair of hands");
                Command::RequestResource(RequestResource { incident, request, text, person })
            }
            Verb::AnswerResourceRequest => {
                let request = first(ResourceRequest::is_open);
                let asked = requests.iter().find(|known| known.id == request);
                let is_own = asked.is_some_and(|known| known.asked.by == self.actor.person);
                let replies = if is_own { [Reply::Refused; 2] } else { [Reply::Granted, Reply::Refused] };
                Command::AnswerResourceRequest(AnswerResourceRequest {
                    incident,
                    request,
                    reply: replies[usize::from(self.pick) % 2],
                    covered_by: Some(fixture::person("ines")),
                    text: words("from now on"),
                })
            }
            _ => {
                let request = first(ResourceRequest::is_on_its_way);
                Command::RecordArrival(RecordArrival { incident, request })
            }
        }
    }

    pub(super) fn related(&self, verb: Verb) -> Command {
        let (incident, suspicion) = (self.incident, self.suspicion());
        let links = self.known().map_or(0, |incident| incident.related.links.len());
        let number = || format!("CHG-{links}");
        let back_link = || Some(words("its first note"));
        match verb {
            Verb::LinkChange => {
                Command::LinkChange(LinkChange { incident, number: number(), back_link: back_link() })
            }
            Verb::LinkProblem => {
                Command::LinkProblem(LinkProblem { incident, number: number(), back_link: back_link() })
            }
            Verb::LinkKnownError => {
                Command::LinkKnownError(LinkKnownError { incident, number: number(), back_link: back_link() })
            }
            Verb::OpenVendorCase | Verb::ChaseVendor | Verb::VendorAnswered => self.vendor(verb),
            Verb::LinkChild | Verb::UnlinkChild | Verb::MergeIncident | Verb::UndoMerge => self.family(verb),
            Verb::SuspectBreach => {
                let members = vec![fixture::person("vance"), fixture::person("mora")];
                let names = ["D1", "D2", "D3", "D4"].map(fixture::suspicion);
                let mut free = names.into_iter().filter(|id| !self.records.suspicions.contains_key(id));
                Command::SuspectBreach(SuspectBreach {
                    incident,
                    suspicion: free.next().unwrap_or(fixture::suspicion("D5")),
                    text: words("a mailbox was read"),
                    members,
                })
            }
            Verb::AddMember => Command::AddMember(AddMember { suspicion, person: self.outsider() }),
            Verb::RemoveMember => {
                let reason = words("works elsewhere now");
                Command::RemoveMember(RemoveMember { suspicion, person: self.member(), reason })
            }
            Verb::NoteSuspicion => {
                Command::NoteSuspicion(NoteSuspicion { suspicion, text: words("the log says so") })
            }
            Verb::NotifyAuthority => {
                Command::NotifyAuthority(NotifyAuthority { suspicion, text: words("told by form") })
            }
            Verb::CloseSuspicion => {
                let outcome = SuspicionOutcome::NoBreach;
                Command::CloseSuspicion(CloseSuspicion { suspicion, outcome, text: words("a test account") })
            }
            _ => Command::ReleaseLine(ReleaseLine { suspicion, text: words("the account is locked") }),
        }
    }

    fn vendor(&self, verb: Verb) -> Command {
        let incident = self.incident;
        let cases = self.known().map_or(0, |incident| incident.related.vendor_cases.len());
        let waiting = self.known().and_then(|incident| incident.related.waiting().next());
        let case = waiting.map_or(VendorCaseId(fixture::thing("case", "none")), |case| case.id);
        let text = words("is the line cut");
        match verb {
            Verb::OpenVendorCase => Command::OpenVendorCase(OpenVendorCase {
                incident,
                case: VendorCaseId(fixture::thing("case", &format!("{incident}/{cases}"))),
                vendor: fixture::vendor("telco"),
                number: words("T-100"),
                text,
            }),
            Verb::ChaseVendor => Command::ChaseVendor(ChaseVendor { incident, case, text }),
            _ => Command::VendorAnswered(VendorAnswered { incident, case, text }),
        }
    }

    /// One that fits another incident at hand, or names one that nobody knows.
    fn family(&self, verb: Verb) -> Command {
        let (incident, reason) = (self.incident, words("the same switch"));
        let make = |other: IncidentId| match verb {
            Verb::LinkChild => Command::LinkChild(LinkChild { incident, child: other }),
            Verb::UnlinkChild => {
                Command::UnlinkChild(UnlinkChild { incident, child: other, reason: reason.clone() })
            }
            Verb::MergeIncident => {
                Command::MergeIncident(MergeIncident { incident, into: other, reason: reason.clone() })
            }
            _ => Command::UndoMerge(UndoMerge { incident, reason: reason.clone() }),
        };
        let fits = |other: &&IncidentId| decide(self.records, self.actor, self.now, &make(**other)).is_ok();
        let other = self.records.incidents.keys().find(fits).copied();
        make(other.unwrap_or(fixture::incident("I99")))
    }

    /// The suspicion at hand.
    fn suspicion(&self) -> SuspicionId {
        match self.record {
            Some(Subject::Suspicion(id)) => id,
            _ => fixture::suspicion("D1"),
        }
    }

    fn outsider(&self) -> PersonId {
        let known = self.records.suspicions.get(&self.suspicion());
        let people = fixture::PEOPLE.iter().map(|(name, _)| fixture::person(name));
        let mut outside =
            people.filter(|person| known.is_none_or(|suspicion| !suspicion.members.contains(person)));
        outside.next().unwrap_or(PersonId::SERVER)
    }

    fn member(&self) -> PersonId {
        let known = self.records.suspicions.get(&self.suspicion());
        let mut others = known.iter().flat_map(|known| &known.members).filter(|id| **id != self.actor.person);
        others.next().copied().unwrap_or(PersonId::SERVER)
    }
}
