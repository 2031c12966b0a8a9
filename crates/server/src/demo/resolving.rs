//! Being resolved: a workaround helps, or the first step is done. Some came back after they had been restored.

use incident::Impact::{ManyUsers, SingleUser, SomeUsers};
use incident::Severity::{Four, Three, Two};
use incident::Urgency::{High, Low, Medium};
use incident::agreement::PauseReason::AwaitingClient;
use incident::communication::{Answer, Channel};
use incident::escalation::EscalationPath::{Managerial, Technical};
use incident::identification::Source::{Email, Monitoring, Phone, Portal};

use super::cast::Who;
use super::clients::Firm::{Acme, Bolt, Cobalt, Dune, Ely, Fenn};
use super::script::Script;

pub(super) fn tell(s: &mut Script) {
    behind_a_workaround(s);
    behind_another(s);
    step_by_step(s);
    at_the_clinics(s);
    reopened(s);
    after_a_wait(s);
    late(s);
}

fn behind_a_workaround(s: &mut Script) {
    s.case(Acme, "mail", "Large attachments never leave the outbox")
        .told(Phone, "Nadia Brooks", SomeUsers, "Everything above ten megabytes stays. Small mails go out.")
        .logged(410)
        .ranked("business_application", Three, Medium, "Offers with drawings, about ten people.")
        .assessed("The relay cuts the line after thirty seconds.")
        .given(Who::Tom)
        .worked_around("Drawings go through the exchange folder; the team has the link.")
        .diagnosed("A timeout was lowered by mistake with the last change of the relay.");
    s.case(Acme, "wifi", "Scanner guns ask for the password every hour")
        .told(Phone, "Oscar Lindgren", SomeUsers, "The whole late shift types the long password.")
        .logged(600)
        .ranked("wireless", Three, High, "One shift is slowed down.")
        .assessed("Their certificates are valid for one hour instead of one year.")
        .given(Who::Tara)
        .worked_around(
            "A second network with a fixed key, for the guns alone, until the certificates are new.",
        );
}

fn behind_another(s: &mut Script) {
    s.case(Ely, "print", "Statements miss the last page")
        .told(Email, "Omar Haddad", ManyUsers, "Every statement with more than nine pages ends at page nine.")
        .logged(190)
        .ranked("software_bug", Two, Medium, "Statements of large accounts cannot be sent.")
        .assessed("Started with the template of Monday.")
        .given(Who::Kay)
        .worked_around("Large accounts are printed with the template of last month.")
        .note(Who::Cole, "Omar is content with that until the end of the week.");
    s.case(Fenn, "orders", "Orders of one supermarket arrive twice")
        .told(Phone, "Tui Walker", SomeUsers, "Same number, same minute. Somebody nearly packed both.")
        .logged(370)
        .ranked("interface", Three, High, "One customer, but the largest.")
        .assessed("Their gateway repeats what we acknowledge too slowly.")
        .given(Who::Tom)
        .worked_around("Packing checks the order number before it prints.");
}

fn step_by_step(s: &mut Script) {
    s.case(Acme, "dispatch", "Night planners lose their session")
        .told(Portal, "Marcus Dell", SomeUsers, "Thrown out around two o'clock, unsaved tours are gone.")
        .logged(800)
        .ranked("software_bug", Three, Medium, "Two planners a night; they save more often now.")
        .assessed("The clean-up job of two o'clock takes live sessions along.")
        .given(Who::Kay)
        .diagnosed("It compares local time with UTC.")
        .step("Clean-up moved to the weekend until the comparison is right.");
    s.case(Bolt, "print", "Gate 5 prints the wrong sender")
        .told(Phone, "Katrin Vogel", SomeUsers, "Labels show the address of the old hall.")
        .logged(700)
        .ranked("business_application", Three, High, "Returns would go to an empty hall.")
        .assessed("Gate 5 keeps a template of its own.")
        .given(Who::Sam)
        .step("Template replaced at gate 5; reprint of the labels of today is running.");
    s.case(Ely, "desktops", "Branch 3 has no connection after the move")
        .told(Phone, "Dana Whitlock", ManyUsers, "The branch opens tomorrow at eight, eleven desks are dark.")
        .logged(160)
        .ranked("wide_area", Two, High, "A branch cannot open.")
        .assessed("The line is up, the switch has the configuration of the old house.")
        .given(Who::Kay)
        .step("Configuration of the new house loaded.")
        .note(Who::Kay, "Seven of eleven desks are green, four need their cables found.");
    s.case(Dune, "guestnet", "Guest Wi-Fi vouchers end after an hour")
        .told(Phone, "Arjun Menon", SomeUsers, "They are sold for a day.")
        .logged(1_000)
        .ranked("wireless", Three, Medium, "Guests come to the desk for a new one.")
        .assessed("Vouchers printed since the update carry the trial length.")
        .given(Who::Tara)
        .step("New vouchers carry 24 hours again; the printed ones are being swapped.");
}

fn at_the_clinics(s: &mut Script) {
    // Restored within the hour is what this agreement asks for; the fix may follow later.
    s.case(Cobalt, "records", "Lab results arrive without the name of the lab")
        .told(Phone, "Dr Amara Bello", ManyUsers, "All results since seven o'clock, in all clinics.")
        .logged(70)
        .ranked("interface", Two, High, "Results cannot be filed.")
        .assessed("The lab changed its message header over night.")
        .given(Who::Kay)
        .worked_around("The old header is written in front of each message on its way in.")
        .note(Who::Dev, "Restoration is due before the lunch break of the clinics; Wray knows.");
    s.case(Cobalt, "desktops", "Brixton prescriptions print in tiny letters")
        .told(Portal, "Priya Shah", SomeUsers, "Readable with good eyes only; the pharmacy called.")
        .logged(240)
        .ranked("printer", Three, High, "One clinic; safety says soon.")
        .assessed("Scaling went to 60 % with the new driver.")
        .given(Who::Tom)
        .step("Driver of last month is back on the first two printers.");
}

fn reopened(s: &mut Script) {
    s.case(Ely, "online", "Balance shows yesterday's amount")
        .told(Monitoring, "Synthetic check", ManyUsers, "Balance lags behind for accounts ending in 7.")
        .logged(300)
        .ranked("slow_database", Two, High, "A tenth of all customers see a wrong balance.")
        .assessed("One of ten partitions lags.")
        .given(Who::Kay)
        .step("Partition 7 caught up after its index was rebuilt.")
        .restored("All ten partitions show the same second.")
        .asked(Channel::Phone, "Dana Whitlock", Answer::Confirmed, "She checked three accounts, all fine.")
        .ago(80)
        .reopened("It lags again, forty minutes after she had confirmed.")
        .diagnosed("The rebuild helped for as long as the cache was warm; a disk of that node is slow.");
    s.case(Acme, "vpn", "Home office cannot print")
        .told(Email, "Gwen Abbott", SomeUsers, "Prints come out in the yard, hours later.")
        .logged(900)
        .ranked("remote_access", Three, Low, "They send it to a colleague.")
        .assessed("The print queue is reached only from inside.")
        .given(Who::Tom)
        .step("Queue published to the VPN.")
        .restored("A page from home came out in the yard at once.")
        .fixed("Queue published to the VPN.", "The queue was left out when the VPN was split.")
        .ago(240)
        .asked(Channel::Email, "Gwen Abbott", Answer::Disputed, "Works for her, not for the two others.")
        .reopened("Two of three colleagues still print into the void.");
}

fn after_a_wait(s: &mut Script) {
    s.case(Cobalt, "phones", "Reminder calls speak too fast")
        .told(Portal, "Sister Okonjo", SingleUser, "Patients call back to ask what was said.")
        .logged(1_900)
        .ranked("business_application", Four, Low, "A nuisance.")
        .assessed("Speed of the voice was changed; the clinic has to choose the new one.")
        .given(Who::Sam)
        .paused(AwaitingClient, "Three samples sent, the clinic chooses.")
        .ago(500)
        .resumed("They took the second sample.")
        .step("Second sample is live in Camden; the other clinics follow one by one.");
}

fn late(s: &mut Script) {
    s.case(Acme, "erp", "Invoices show the old VAT number")
        .told(Email, "Ruth Keller", SomeUsers, "Only those of the branch in Ontario.")
        .logged(1_560)
        .ranked("business_application", Three, High, "About thirty invoices a day go out wrong.")
        .assessed("The number is part of the form, not of the master data.")
        .given(Who::Kay)
        .step("Form corrected on the test system; waiting for her look at it.")
        .ago(110)
        .escalated(Managerial, Who::Mora, "The day we promised is over; accounting had no time to test.");
    s.case(Ely, "teller", "Coin counter of branch 17 is not booked")
        .told(Phone, "Luz Ortega", SomeUsers, "Amounts are typed in by hand.")
        .logged(520)
        .ranked("interface", Three, Medium, "One branch.")
        .assessed("The counter speaks the protocol of its old firmware.")
        .given(Who::Tara)
        .escalated(Technical, Who::Kay, "The old protocol is gone from my tools.")
        .offered(Who::Kay)
        .step("Firmware of the counter raised, first bookings came through.");
}
