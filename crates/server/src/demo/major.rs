//! The one major incident (§3.6): Severity 1, not two hours old, in full swing.

use incident::Impact::ManyUsers;
use incident::Severity::{One, Two};
use incident::Urgency::High;
use incident::escalation::EscalationPath::{Managerial, Technical};
use incident::identification::Source::{Monitoring, Phone};

use super::case::incident_id;
use super::cast::Who;
use super::clients::Firm::Ely;
use super::script::{Script, Words};

const SUMMARY: &str = "Online banking is down for all customers";

pub(super) fn tell(s: &mut Script) {
    let words = Words {
        reporter: "",
        summary: "Online banking answers 503 from all five probes",
        details: "Since two minutes, all regions. Last good answer took 9.8 s.",
    };
    let incident = Some(incident_id(SUMMARY));
    let alert = s
        .alert(104, Ely, "online", words)
        .again(94, 10, incident)
        .again(64, 30, incident)
        .again(34, 30, incident)
        .again(4, 30, incident)
        .signal();
    let words = Words {
        reporter: "Dana Whitlock",
        summary: "Customers call the branches, nobody gets into online banking",
        details: "All branches, for ten minutes now. She wants to know what to tell them.",
    };
    let call = s.report(94, Phone, Some(Ely), words);

    let case = s
        .case(Ely, "online", SUMMARY)
        .and("teller")
        .told(Monitoring, "Monitoring", ManyUsers, "503 from every probe; tellers can work, but slowly.")
        .accepted(101, alert)
        .ranked("server_hardware", Two, High, "A critical service is badly degraded.")
        .severity(One, "By now no customer gets in at all: complete loss.")
        .assessed("The entry tier is up and waits for the session store. The store does not answer.")
        .given(Who::Kay)
        .joined_by(call);
    let case = case
        .note(Who::Mora, "I lead. Bridge is open, Kay and Tara are on it; Vance knows.")
        .note(Who::Cole, "Told Dana by phone: complete loss, we are on it, next word in thirty minutes.")
        .diagnosed(
            "Session store: first node lost its disk shelf, second node waits for a vote of the first.",
        )
        .note(
            Who::Tara,
            "The shelf shows amber on both controllers. Vendor case is open, hands on site in 40 minutes.",
        )
        .escalated(Technical, Who::Tara, "I need a second pair of hands for the rebuild of the store.");
    case.ago(44)
        .note(
            Who::Cole,
            "Second call with Dana. Branches hang out a notice; she asks for a time, I gave none yet.",
        )
        .escalated(
            Managerial,
            Who::Vance,
            "A forced vote may lose the carts of the last minute: management decides.",
        )
        .note(Who::Vance, "Decided: force the vote. Lost sessions are cheaper than another hour.")
        .step("Vote forced on the second node; it leads now. Entry tier restarted in two halves.")
        .note(
            Who::Mora,
            "First logins succeed from two probes. No all-clear before all five are green for ten minutes.",
        )
        .worked_around("Second node carries the load alone; sign-in is limited to 200 a second.")
        .note(Who::Cole, "Dana knows: service comes back slowly. Next word in thirty minutes.");
}
