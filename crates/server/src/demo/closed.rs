//! Closed within the last day: most in time, some late.

use incident::Impact::{ManyUsers, SingleUser, SomeUsers};
use incident::Severity::{Four, Three, Two};
use incident::Urgency::{High, Low, Medium};
use incident::communication::{Answer, Channel};
use incident::identification::Source::{Email, Monitoring, Phone, Portal, Staff};

use super::cast::Who;
use super::clients::Firm::{Acme, Bolt, Cobalt, Dune, Ely, Fenn};
use super::script::Script;

pub(super) fn tell(s: &mut Script) {
    at_acme(s);
    at_bolt(s);
    at_cobalt(s);
    at_dune(s);
    at_ely(s);
    at_fenn(s);
    no_incidents(s);
}

fn at_acme(s: &mut Script) {
    s.case(Acme, "mail", "Scan-to-mail of the yard copier fails")
        .told(Phone, "Gwen Abbott", SomeUsers, "The copier says: server not found.")
        .logged(190)
        .ranked("name_resolution", Three, Medium, "One copier, another is near.")
        .repaired(
            Who::Sam,
            "It asks for the old mail name.",
            "New mail name entered.",
            "The old name was retired.",
        )
        .done("Gwen Abbott", "A scan arrived while we spoke.");
    s.case(Acme, "dispatch", "Trailer list is sorted the wrong way")
        .told(Portal, "Marcus Dell", SingleUser, "Oldest first since the update.")
        .logged(350)
        .ranked("request", Four, Low, "A setting of his own.")
        .repaired(
            Who::Ines,
            "He clicked the heading twice.",
            "Showed him the heading.",
            "A click by accident.",
        )
        .done("Marcus Dell", "He has what he wanted.");
    s.case(Acme, "vpn", "Nobody in the Newark depot could connect")
        .told(Phone, "Nadia Brooks", ManyUsers, "All twelve desks, since they came in.")
        .logged(620)
        .ranked("remote_access", Two, High, "A depot without its systems.")
        .repaired(
            Who::Kay,
            "Tunnel is down on their side.",
            "Router restarted from remote.",
            "Router hung after a power cut.",
        )
        .done("Nadia Brooks", "All twelve are back at work.");
    s.case(Acme, "erp", "Price list of tyres would not load")
        .told(Email, "Ruth Keller", SomeUsers, "Spinning for minutes.")
        .logged(1_380)
        .ranked("slow_database", Three, Low, "They have it on paper.")
        .assessed("A query without its index.")
        .given(Who::Tara)
        .ago(700)
        .step("Index of the price list built again.")
        .restored("Loads in two seconds.")
        .fixed("Index of the price list built again.", "The index was dropped with the last release.")
        .done("Ruth Keller", "Faster than before, she says.");
}

fn at_bolt(s: &mut Script) {
    s.case(Bolt, "print", "Customs labels without barcode")
        .told(Phone, "Katrin Vogel", SomeUsers, "The bars are missing, the number is there.")
        .logged(260)
        .ranked("printer", Three, High, "Customs refuses them.")
        .repaired(
            Who::Tom,
            "Font for bars is gone.",
            "Font loaded on both printers.",
            "A firmware update wiped it.",
        )
        .done("Katrin Vogel", "The officer took the first ones.");
    s.case(Bolt, "scan", "One belt scanner blind after cleaning")
        .told(Phone, "Katrin Vogel", SomeUsers, "Red light, no beep.")
        .logged(840)
        .ranked("end_device", Three, Medium, "One scanner of six.")
        .repaired(
            Who::Sam,
            "Cover still on the lens?",
            "Cover removed by the shift.",
            "Left on after cleaning.",
        )
        .done("Katrin Vogel", "It beeps.");
    s.case(Bolt, "backup", "Backup of server 4 failed at 02:10")
        .told(Monitoring, "Backup watch", SingleUser, "No space on the target.")
        .logged(1_290)
        .ranked("backup", Four, Medium, "The copy of yesterday exists.")
        .repaired(
            Who::Tara,
            "Target holds three copies too many.",
            "Old copies removed, run repeated.",
            "Clean-up was off.",
        )
        .asked(Channel::Portal, "Jonas Fricke", Answer::NoAnswer, "Told through the portal, no answer.")
        .closed_unanswered(
            "The repeated run is complete.",
            "The client asked not to be called about single runs.",
        );
}

fn at_cobalt(s: &mut Script) {
    s.case(Cobalt, "records", "Records opened read-only in Hackney")
        .told(Phone, "Dr Amara Bello", ManyUsers, "Nobody can write, everybody can read.")
        .logged(500)
        .ranked("access", Two, High, "Findings are written on paper.")
        .repaired(
            Who::Kay,
            "Site licence shows one seat.",
            "Licence file of the site restored.",
            "File was cut short by a full disk.",
        )
        .done("Dr Amara Bello", "She wrote a finding and saw it in Camden.");
    s.case(Cobalt, "phones", "Waiting music plays over the talk")
        .told(Portal, "Sister Okonjo", SomeUsers, "Music goes on when the call is taken.")
        .logged(760)
        .ranked("business_application", Three, Medium, "One can talk over it.")
        .repaired(
            Who::Tom,
            "Only with the new handsets.",
            "Handset profile corrected.",
            "Profile of another model.",
        )
        .done("Sister Okonjo", "Quiet at last.");
    s.case(Cobalt, "imaging", "Archive refused pictures for an hour")
        .told(Monitoring, "Archive watch", ManyUsers, "Queue of the archive grew to 480.")
        .logged(1_150)
        .ranked("capacity", Two, High, "New pictures are not seen in other clinics.")
        .assessed("The volume for incoming pictures is full.")
        .given(Who::Tara)
        .ago(1_010)
        .step("Volume enlarged by a third, queue is being worked off.")
        .restored("Queue is empty.")
        .fixed("Volume enlarged, alarm set at 80 %.", "Growth was faster than planned and nobody was told.")
        .done("Priya Shah", "All pictures of today are there.");
}

fn at_dune(s: &mut Script) {
    s.case(Dune, "frontdesk", "Passport reader shows letters upside down")
        .told(Phone, "Night porter Iyer", SingleUser, "He turns the passport round meanwhile.")
        .logged(440)
        .ranked("end_device", Four, Low, "It works if one turns it.")
        .repaired(
            Who::Sam,
            "Reader was mounted the other way.",
            "Rotation set to 180 degrees.",
            "Mounted on the other side.",
        )
        .done("Night porter Iyer", "The right way up.");
    s.case(Dune, "guestnet", "Conference room had no Wi-Fi")
        .told(Phone, "Arjun Menon", SomeUsers, "Sixty guests and a speaker with nothing on the screen.")
        .logged(930)
        .ranked("wireless", Three, High, "A paying conference.")
        .repaired(
            Who::Tara,
            "Access point off.",
            "Port switched on again.",
            "The port was taken for a dead one.",
        )
        .done("Arjun Menon", "The speaker had his slides.");
    s.case(Dune, "booking", "Tax line missing on invoices")
        .told(Email, "Meera Pillai", SomeUsers, "Since midnight.")
        .logged(1_330)
        .ranked("business_application", Three, High, "Every guest who leaves today.")
        .repaired(
            Who::Kay,
            "The rate ended with the month.",
            "Rate of the new month entered.",
            "Rates are entered month by month.",
        )
        .done("Meera Pillai", "Two invoices checked, both right.");
}

fn at_ely(s: &mut Script) {
    s.case(Ely, "teller", "Tellers of branch 5 could not sign in")
        .told(Phone, "Luz Ortega", ManyUsers, "Wrong password, say all four desks.")
        .logged(300)
        .ranked("access", Two, High, "A branch stands still.")
        .repaired(
            Who::Kay,
            "Their clock is eleven minutes late.",
            "Clock set, time source corrected.",
            "The time source pointed at a retired server.",
        )
        .done("Luz Ortega", "All four desks serve.");
    s.case(Ely, "online", "Logo of the sign-in page was stretched")
        .told(Staff, "Cole Hartley", SingleUser, "Seen on his own phone.")
        .logged(680)
        .ranked("software_bug", Four, Low, "Cosmetic.")
        .repaired(Who::Sam, "Only on narrow screens.", "Picture given its own width.", "No width was set.")
        .done("Omar Haddad", "Looks right on his phone too.");
    s.case(Ely, "print", "Printer of the cash desk jammed all morning")
        .told(Phone, "Dana Whitlock", SomeUsers, "Every tenth receipt.")
        .logged(1_080)
        .ranked("printer", Three, Medium, "They tear it out.")
        .repaired(
            Who::Tom,
            "Rollers are worn.",
            "Printer swapped with the spare.",
            "Rollers at the end of their life.",
        )
        .done("Dana Whitlock", "Forty receipts without a jam.");
    s.case(Ely, "batch", "Address file was refused by the post")
        .told(Email, "Omar Haddad", SomeUsers, "They say line 1 is no header.")
        .logged(1_410)
        .ranked("interface", Three, Medium, "Letters leave tomorrow.")
        .repaired(
            Who::Tara,
            "A mark stands before the header.",
            "File is written without the mark.",
            "New export writes a byte order mark.",
        )
        .done("Omar Haddad", "The post took the file.");
}

fn at_fenn(s: &mut Script) {
    s.case(Fenn, "orders", "Web form did not accept macrons")
        .told(Portal, "Tui Walker", SomeUsers, "Names with long vowels are refused.")
        .logged(570)
        .ranked("software_bug", Three, Medium, "Customers cannot write their own name.")
        .repaired(
            Who::Kay,
            "The form allows plain letters only.",
            "Form takes any letter now.",
            "A check that was too narrow.",
        )
        .done("Tui Walker", "Her own name goes through.");
    s.case(Fenn, "mail", "Signature picture sent as attachment")
        .told(Email, "Sione Latu", SingleUser, "Customers think there is a file.")
        .logged(1_250)
        .ranked("request", Four, Low, "Cosmetic.")
        .repaired(
            Who::Ines,
            "Mail is sent as plain text.",
            "Showed how to write formatted mail.",
            "A setting was changed.",
        )
        .done("Sione Latu", "Looks right.");
}

fn no_incidents(s: &mut Script) {
    s.case(Bolt, "files", "Share of the planning team is gone")
        .told(Phone, "Jonas Fricke", SomeUsers, "The drive letter is missing.")
        .logged(540)
        .categorised("access")
        .cancelled("Logged twice: Jonas had opened it through the portal a minute before.");
    s.case(Ely, "desktops", "Screen of the lobby is black")
        .told(Phone, "Luz Ortega", SingleUser, "Black since the morning.")
        .logged(1_100)
        .cancelled("Switched off for the painters until Friday, says the branch. No incident.");
}
