//! Under investigation: taken, assessed, the cause not known or just found. Resolution clocks from on track to
//! broken.

use incident::Impact::{ManyUsers, SingleUser, SomeUsers};
use incident::Severity::{Four, Three, Two};
use incident::Urgency::{High, Low, Medium};
use incident::agreement::PauseReason::{AwaitingChange, AwaitingClient, AwaitingVendor};
use incident::escalation::EscalationPath::{Managerial, Technical};
use incident::identification::Source::{Email, Monitoring, Phone, Portal, Staff};

use super::cast::Who;
use super::clients::Firm::{Acme, Bolt, Cobalt, Dune, Ely, Fenn};
use super::script::Script;

pub(super) fn tell(s: &mut Script) {
    on_track(s);
    office_hours(s);
    asking_for_attention(s);
    due_in_minutes(s);
    overdue(s);
    raised_late(s);
    waiting(s);
    quiet(s);
}

fn on_track(s: &mut Script) {
    s.case(Acme, "mail", "Mail to one carrier comes back as spam")
        .told(Email, "Ruth Keller", SomeUsers, "Only the carrier in Newark; everybody else receives us.")
        .logged(170)
        .ranked("interface", Three, Medium, "One partner, and there is the phone.")
        .assessed("Their filter lists our second outgoing address. Ours is on no public list.")
        .given(Who::Tom)
        .diagnosed("The second relay lost its reverse name when the provider moved the block.");
    s.case(Ely, "teller", "Teller screens freeze for ten seconds at noon")
        .told(Phone, "Dana Whitlock", ManyUsers, "Four branches report it, always a few minutes past twelve.")
        .logged(85)
        .ranked("slow_database", Two, High, "Queues at four branches while it lasts.")
        .assessed("Freezes line up with a report that the head office starts by hand. Load on the replica is normal.")
        .given(Who::Kay);
    s.case(Cobalt, "desktops", "Consulting room 4 has no sound")
        .told(
            Portal,
            "Dr Amara Bello",
            SingleUser,
            "Video consultations only work with the telephone beside.",
        )
        .logged(130)
        .ranked("end_device", Four, Medium, "One room, the telephone helps.")
        .assessed("Driver was replaced by the update of last night. A second device shows the same.")
        .given(Who::Sam);
    s.case(Acme, "vpn", "New drivers cannot enrol their tablets")
        .told(
            Staff,
            "Sam Okafor",
            SomeUsers,
            "Three new colleagues today; the code is accepted, then nothing.",
        )
        .logged(45)
        .ranked("remote_access", Three, Medium, "Three people, who drive along for now.")
        .assessed("Enrolment stops after the licence check. The old tablets are not touched.")
        .given(Who::Tara);
}

fn office_hours(s: &mut Script) {
    s.case(Bolt, "scan", "Scanners at belt 2 read every parcel twice")
        .told(
            Phone,
            "Katrin Vogel",
            ManyUsers,
            "Counts are off by about a third; the night shift will notice.",
        )
        .logged(150)
        .ranked("interface", Two, High, "Counts of one hall cannot be trusted.")
        .assessed("Began with the firmware of last week; belts 1 and 3 still run the old one.")
        .given(Who::Tara)
        .diagnosed("The new firmware sends on key-down and on key-up.");
    s.case(Bolt, "files", "Tariff sheets cannot be saved")
        .told(
            Portal,
            "Jonas Fricke",
            SomeUsers,
            "Read-only for everyone in the tariff team since the weekend.",
        )
        .logged(480)
        .ranked("access", Three, Medium, "One team; they save elsewhere for now.")
        .assessed("The group was renamed in the directory; the share still names the old one.")
        .given(Who::Tom);
    s.case(Dune, "booking", "Double bookings from one travel portal")
        .told(Phone, "Arjun Menon", SomeUsers, "Three this week, always rooms with a sea view.")
        .logged(640)
        .ranked("interface", Three, High, "Guests stand at the desk, but only three so far.")
        .assessed("Cancellations of that portal arrive up to four minutes after the next booking.")
        .given(Who::Kay)
        .escalated(Technical, Who::Tara, "I need somebody who knows the portal's queue.");
    s.case(Dune, "frontdesk", "Key card encoder refuses every tenth card")
        .told(Phone, "Night porter Iyer", SomeUsers, "Guests come back down. A second try usually works.")
        .logged(210)
        .ranked("end_device", Three, Medium, "Annoying at check-in, nobody is locked out.")
        .assessed("Only the left encoder. Cards of the new delivery fail more often.")
        .given(Who::Sam);
}

fn asking_for_attention(s: &mut Script) {
    // Severity 2 at Acme: eight hours. Half of it is gone.
    s.case(Acme, "dispatch", "Tour changes reach drivers with a long delay")
        .told(Phone, "Marcus Dell", ManyUsers, "Drivers get the change when they are past the exit.")
        .logged(290)
        .ranked("performance_degradation", Two, High, "Dispatch works by phone beside it.")
        .assessed("Messages wait in the push queue for up to nine minutes. The queue itself is short.")
        .given(Who::Tara)
        .note(Who::Mora, "Cole tells the client every hour; next call at the full hour.");
    // Less than a quarter left.
    s.case(Acme, "erp", "Customs export stops at line 4,000")
        .told(
            Phone,
            "Ruth Keller",
            ManyUsers,
            "The file ends in the middle of a line. Nothing can be declared.",
        )
        .logged(395)
        .ranked("interface", Two, High, "No declarations today: a major function is gone.")
        .assessed("Stops at the same size, not at the same record. Smells of a limit.")
        .given(Who::Tom)
        .diagnosed("The transfer folder has a quota that nobody set on purpose.");
    s.case(Acme, "wifi", "Forklift terminals roam too late")
        .told(Portal, "Oscar Lindgren", SomeUsers, "They hang on to the far access point until it is gone.")
        .logged(1_120)
        .ranked("wireless", Three, Medium, "Half of the terminals, with retries.")
        .assessed("Roaming threshold differs between the two models in use.")
        .given(Who::Kay);
}

fn due_in_minutes(s: &mut Script) {
    // 480 minutes promised: nine are left.
    s.case(Acme, "erp", "Freight rates of Canada are missing")
        .told(
            Phone,
            "Nadia Brooks",
            ManyUsers,
            "Every quote to Canada shows zero. They quote by hand from the old list.",
        )
        .logged(471)
        .ranked("business_application", Two, High, "No quotes for a whole country.")
        .assessed("Import of the rate sheet stopped half way on a comma.")
        .given(Who::Kay)
        .diagnosed("The sheet came with decimal commas this month; the import reads them as columns.");
    // 360 minutes promised: 22 are left.
    s.case(Ely, "online", "Customers abroad cannot confirm by text message")
        .told(
            Monitoring,
            "Synthetic check",
            ManyUsers,
            "Codes to numbers outside the country are not delivered.",
        )
        .logged(338)
        .ranked("interface", Two, High, "Customers abroad are locked out of payments.")
        .assessed("The text provider rejects our sender name for four countries.")
        .given(Who::Tara)
        .escalated(Technical, Who::Kay, "The provider asks for a routing change that I may not make.");
    // A day promised: a quarter of an hour is left.
    s.case(Acme, "vpn", "Yard office cannot reach the time sheets")
        .told(Email, "Gwen Abbott", SomeUsers, "Page not found, but only from the yard. From home it opens.")
        .logged(1_425)
        .ranked("name_resolution", Three, Medium, "Time sheets can wait until the evening.")
        .assessed("The yard still asks the name server that was switched off.")
        .given(Who::Tom);
}

fn overdue(s: &mut Script) {
    s.case(Acme, "dispatch", "Map tiles of the north-east stay grey")
        .told(Phone, "Marcus Dell", ManyUsers, "The board works, but planners drive blind north of Albany.")
        .logged(540)
        .ranked("business_application", Two, Medium, "Planning is slower for half of the tours.")
        .assessed("The map provider answers with an empty tile for that region.")
        .given(Who::Tara)
        .diagnosed("Our licence covers fewer regions since the renewal.")
        .ago(55)
        .escalated(Managerial, Who::Dev, "The target is gone; the vendor wants a signature from management.");
    s.case(Ely, "batch", "Overnight batch ends two hours late")
        .told(
            Monitoring,
            "Batch watch",
            ManyUsers,
            "Step 14 took 131 minutes, usually 12. Morning reports were late.",
        )
        .logged(415)
        .ranked("slow_database", Two, High, "Branches open without their morning figures.")
        .assessed("Step 14 waits for a lock that the archive job holds.")
        .given(Who::Kay);
    s.case(Acme, "mail", "Search finds nothing older than a month")
        .told(Portal, "Nadia Brooks", SomeUsers, "Old offers cannot be found. Scrolling there works.")
        .logged(1_710)
        .ranked("software_bug", Three, Low, "A detour exists: folders by month.")
        .assessed("The index was rebuilt and stopped at the first damaged mailbox.")
        .given(Who::Tom);
}

fn raised_late(s: &mut Script) {
    // Eight hours count from logging; they were over when it was raised (ruling 5).
    s.case(Acme, "erp", "Some pallets appear at two sites")
        .told(Phone, "Oscar Lindgren", SomeUsers, "Four pallets this morning. Stock is corrected by hand.")
        .logged(620)
        .ranked("business_application", Three, Medium, "Four pallets of thousands.")
        .assessed("Transfers booked during the nightly copy are written twice.")
        .given(Who::Kay)
        .ago(18)
        .severity_by(
            Who::Mora,
            Two,
            "By now 260 pallets; three sites stop counting. A major function is gone.",
        )
        .note(Who::Mora, "Told Cole, who calls the client now.");
}

fn waiting(s: &mut Script) {
    s.case(Cobalt, "records", "Letters to one surgery are rejected")
        .told(Portal, "Priya Shah", ManyUsers, "Every referral letter to the Elm Street surgery bounces.")
        .logged(200)
        .ranked("interface", Two, Medium, "Referrals of one district; fax is used meanwhile.")
        .assessed("The surgery's address book entry changed; we need theirs to compare.")
        .given(Who::Tom)
        .paused(AwaitingClient, "The surgery has to name its new mailbox; Priya asks them.");
    s.case(Cobalt, "imaging", "Scanner in Lewisham sends no pictures")
        .told(
            Phone,
            "Sister Okonjo",
            ManyUsers,
            "Pictures stay on the device; examinations are moved to Hackney.",
        )
        .logged(95)
        .ranked("server_hardware", Two, High, "A whole room is out of use.")
        .assessed("Its network module is dead, the light is off.")
        .given(Who::Tara)
        .paused(AwaitingVendor, "The vendor brings a new module; courier is on the way.");
    s.case(Bolt, "backup", "Backup of the customs archive was skipped")
        .told(Monitoring, "Backup watch", SomeUsers, "Skipped twice: the archive was locked.")
        .logged(1_300)
        .ranked("backup", Three, Medium, "Two nights without a copy; the data itself is fine.")
        .assessed("Someone keeps the archive open over night.")
        .given(Who::Sam)
        .paused(AwaitingClient, "Jonas asks the team who needs it open.");
    s.case(Dune, "booking", "Rates for the winter season cannot be uploaded")
        .told(Email, "Meera Pillai", SomeUsers, "The form refuses the sheet without saying why.")
        .logged(900)
        .ranked("software_bug", Three, Medium, "Winter sales start in two weeks.")
        .assessed("The form still has last year's limit of 400 lines.")
        .given(Who::Kay)
        .paused(AwaitingChange, "The new limit goes in with the approved change of Thursday.");
}

fn quiet(s: &mut Script) {
    s.case(Fenn, "scales", "Weighbridge sends weights without a number plate")
        .told(
            Phone,
            "Hana Ruru",
            ManyUsers,
            "Weights arrive, the plate field is empty. Drivers write it on the ticket.",
        )
        .logged(260)
        .ranked("interface", Two, Medium, "Not lost: paper tickets carry the plate.")
        .assessed(
            "The camera answers, but with an empty text. No agreement names a target; we treat it as urgent.",
        )
        .given(Who::Tara);
    s.case(Ely, "desktops", "Desktops of branch 9 forget their printer")
        .told(Portal, "Luz Ortega", SomeUsers, "After each restart the default printer is the one upstairs.")
        .logged(330)
        .ranked("end_device", Four, Low, "They pick the right one by hand.")
        .assessed("Default comes from a policy for the wrong floor.")
        .given(Who::Sam);
}
