//! Restored: the client's word, the fix or the formal end is outstanding.

use incident::Impact::{ManyUsers, SingleUser, SomeUsers};
use incident::Severity::{Four, Three, Two};
use incident::Urgency::{High, Low, Medium};
use incident::communication::Answer::{Confirmed, Disputed, NoAnswer};
use incident::communication::Channel;
use incident::identification::Source::{Email, Monitoring, Phone, Portal};

use super::cast::Who;
use super::clients::Firm::{Acme, Bolt, Cobalt, Dune, Ely, Fenn};
use super::script::Script;

pub(super) fn tell(s: &mut Script) {
    to_be_confirmed(s);
    to_be_confirmed_elsewhere(s);
    answered(s);
    to_be_fixed(s);
    to_be_closed(s);
}

fn to_be_confirmed(s: &mut Script) {
    s.case(Acme, "dispatch", "Drivers' photos of damages are missing")
        .told(Phone, "Marcus Dell", SomeUsers, "Photos of today do not show up with the tour.")
        .logged(230)
        .ranked("capacity", Three, Medium, "Claims can wait a day.")
        .repaired(
            Who::Tom,
            "Upload works, the gallery shows none after nine o'clock.",
            "Gallery store enlarged and the backlog of 312 photos loaded.",
            "The store of the gallery was full.",
        );
    s.case(Bolt, "scan", "Handheld scanners show the time of another zone")
        .told(Portal, "Katrin Vogel", SomeUsers, "One hour behind; the parcels look late.")
        .logged(520)
        .ranked("end_device", Three, Medium, "Numbers are right, times are not.")
        .repaired(
            Who::Sam,
            "Fourteen devices that were repaired last week.",
            "Zone set by profile instead of by hand on all fourteen.",
            "The repair shop ships them with its own zone.",
        );
    s.case(Ely, "desktops", "Loan desk cannot open scanned contracts")
        .told(Phone, "Omar Haddad", SomeUsers, "Error 0x21 with every contract.")
        .logged(150)
        .ranked("business_application", Three, High, "Loans are signed today.")
        .repaired(
            Who::Tara,
            "The viewer was removed by the update of last night.",
            "Viewer reinstalled on the six desks and pinned.",
            "The update takes away what it thinks nobody uses.",
        );
}

fn to_be_confirmed_elsewhere(s: &mut Script) {
    s.case(Fenn, "mail", "Mail from the co-operative is delayed")
        .told(Email, "Sione Latu", SomeUsers, "About two hours, both directions.")
        .logged(430)
        .ranked("interface", Three, Medium, "They phone meanwhile.")
        .repaired(
            Who::Sam,
            "Their server tries our old address first.",
            "Old address answers with a clear refusal, so that theirs goes on at once.",
            "The old address was left open and silent.",
        );
    s.case(Dune, "backoffice", "Payroll preview prints without umlauts and accents")
        .told(Email, "Meera Pillai", SingleUser, "Names of colleagues look odd.")
        .logged(610)
        .ranked("printer", Four, Low, "A preview for one person.")
        .repaired(
            Who::Tom,
            "The printer falls back to its own font.",
            "Fonts are sent with the document now.",
            "The printer was replaced by one with fewer fonts.",
        );
}

fn answered(s: &mut Script) {
    s.case(Cobalt, "phones", "Camden cannot transfer calls")
        .told(Phone, "Harriet Vane", ManyUsers, "Transferring drops the caller, since ten o'clock.")
        .logged(280)
        .ranked("business_application", Two, High, "The emergency line is reached by transfer.")
        .repaired(
            Who::Kay,
            "Only calls that came in over the new trunk.",
            "Transfer mode of the new trunk set to attended.",
            "The new trunk came with another default.",
        )
        .asked(Channel::Phone, "Harriet Vane", Disputed, "Transfers to Hackney still drop, says she.");
    s.case(Acme, "erp", "Supplier portal rejects our certificate")
        .told(Email, "Ruth Keller", SomeUsers, "Orders go out by mail instead.")
        .logged(700)
        .ranked("certificate", Three, Medium, "A detour exists.")
        .repaired(
            Who::Tara,
            "Ours is valid; they do not know the issuer's new root.",
            "Certificate of the old issuer installed again until they know the new one.",
            "The issuer changed its root.",
        )
        .asked(Channel::Email, "Ruth Keller", NoAnswer, "Mail sent, no answer so far.")
        .ago(60)
        .asked(
            Channel::Phone,
            "Ruth Keller",
            NoAnswer,
            "Voice mail. In a meeting until the evening, says her team.",
        );
    s.case(Bolt, "files", "Drawings open in the wrong program")
        .told(Portal, "Jonas Fricke", SingleUser, "They open as pictures.")
        .logged(1_200)
        .ranked("operating_system", Four, Low, "A right click helps.")
        .repaired(
            Who::Sam,
            "The picture viewer took the ending for itself.",
            "Program for drawings set by policy.",
            "An update of the picture viewer.",
        )
        .asked(Channel::Portal, "Jonas Fricke", NoAnswer, "Asked through the portal yesterday.");
}

fn to_be_fixed(s: &mut Script) {
    // Service is back; the resolution clock runs on until the cause is repaired (ruling 3).
    s.case(Acme, "mail", "Mobile mail stopped for all drivers")
        .told(Monitoring, "Mail probe", ManyUsers, "No mobile device has synced since a quarter past.")
        .logged(265)
        .ranked("business_application", Two, High, "Drivers get no papers.")
        .assessed("The gateway refuses every device after its restart.")
        .given(Who::Kay)
        .worked_around("Gateway runs from its backup of Sunday.")
        .restored("Forty devices synced within ten minutes.")
        .asked(Channel::Phone, "Nadia Brooks", Confirmed, "Papers arrive again, says the yard.")
        .note(Who::Kay, "The cause is open: the gateway of today still refuses when I start it.");
    s.case(Cobalt, "records", "Appointments of the weekend were invisible")
        .told(Phone, "Dr Amara Bello", ManyUsers, "Saturday and Sunday looked empty in every clinic.")
        .logged(340)
        .ranked("software_bug", Two, High, "Patients would have been booked twice.")
        .assessed("The view ends on Friday since the update.")
        .given(Who::Tara)
        .step("Update taken back.")
        .restored("The weekend is there again in all four clinics.")
        .asked(Channel::Phone, "Dr Amara Bello", Confirmed, "She sees Saturday and Sunday.");
}

fn to_be_closed(s: &mut Script) {
    s.case(Ely, "batch", "Interest run stopped at a closed account")
        .told(Monitoring, "Batch watch", ManyUsers, "Run 3 of 5 stopped; runs 4 and 5 did not start.")
        .logged(330)
        .ranked("software_bug", Two, High, "Interest is booked tonight or a day late.")
        .repaired(
            Who::Kay,
            "The account was closed while the run was on its way.",
            "Run skips closed accounts and lists them.",
            "Nobody had closed an account during the run before.",
        )
        .asked(Channel::Phone, "Dana Whitlock", Confirmed, "Runs 4 and 5 are through, she signed them off.");
    s.case(Dune, "frontdesk", "Front desk tablet shows the wrong floor plan")
        .told(Phone, "Night porter Iyer", SomeUsers, "Plan of the sister hotel.")
        .logged(480)
        .ranked("business_application", Three, Low, "The porter knows the house.")
        .repaired(
            Who::Tom,
            "Two hotels share one name in the list.",
            "The list names the town beside the house.",
            "The list was sorted by name alone.",
        )
        .asked(Channel::Phone, "Night porter Iyer", Confirmed, "The right plan, he says, and laughs.");
}
