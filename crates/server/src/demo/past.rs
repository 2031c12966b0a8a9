//! Closed within the last two weeks.

use incident::Impact::{ManyUsers, SingleUser, SomeUsers};
use incident::Severity::{Four, Three, Two};
use incident::Urgency::{High, Low, Medium};
use incident::identification::Source::{Email, Monitoring, Phone, Portal, Staff};

use super::cast::Who;
use super::clients::Firm::{Acme, Bolt, Cobalt, Dune, Ely, Fenn};
use super::script::Script;

/// Minutes of so many days and a few hours.
pub(super) const fn days(days: i64, hours: i64) -> i64 {
    (days * 24 + hours) * 60
}

pub(super) fn tell(s: &mut Script) {
    freight(s);
    parcels(s);
    clinics(s);
    hotels(s);
    bank(s);
    foods(s);
}

fn freight(s: &mut Script) {
    s.case(Acme, "mail", "Mail was down for the dispatch floor")
        .told(Phone, "Marcus Dell", ManyUsers, "Outlook says disconnected on every screen.")
        .logged(days(2, 5))
        .ranked("business_application", Two, High, "Dispatch lives by mail.")
        .repaired(
            Who::Kay,
            "One mail store is offline.",
            "Store mounted after its log volume was cleared.",
            "Log volume full.",
        )
        .done("Marcus Dell", "All screens connected.");
    s.case(Acme, "wifi", "No Wi-Fi at dock 12")
        .told(Portal, "Oscar Lindgren", SomeUsers, "Trucks wait for their papers.")
        .logged(days(4, 9))
        .ranked("wireless", Three, High, "One dock of twenty.")
        .repaired(
            Who::Tara,
            "Access point has no power.",
            "New injector fitted by the site.",
            "A forklift hit the old one.",
        )
        .done("Oscar Lindgren", "Papers come out.");
    s.case(Acme, "erp", "Fuel surcharge was charged twice")
        .told(Email, "Ruth Keller", ManyUsers, "All invoices of the morning.")
        .logged(days(9, 3))
        .ranked("business_application", Two, High, "Every customer sees it.")
        .assessed("Two rules match since the first of the month.")
        .given(Who::Kay)
        .ago(days(8, 15))
        .step("Second rule switched off, 212 invoices issued again.")
        .restored("Three new invoices checked.")
        .fixed("Second rule removed.", "The rule of last year had no end date.")
        .done("Ruth Keller", "All 212 went out again.");
}

fn parcels(s: &mut Script) {
    s.case(Bolt, "scan", "Parcel scans arrived ten minutes late")
        .told(Monitoring, "Queue watch", ManyUsers, "12,000 scans wait.")
        .logged(days(3, 2))
        .ranked("performance_degradation", Two, High, "Tracking is blind.")
        .repaired(
            Who::Kay,
            "One of two workers died.",
            "Worker restarted and watched.",
            "It ran out of memory.",
        )
        .done("Katrin Vogel", "Tracking is up to date.");
    s.case(Bolt, "files", "File server asked for a password")
        .told(Phone, "Jonas Fricke", SomeUsers, "Planning team, since lunch.")
        .logged(days(6, 7))
        .ranked("access", Three, Medium, "One team.")
        .repaired(
            Who::Tom,
            "Tickets are refused.",
            "Account of the server joined again.",
            "Its password had run out of step.",
        )
        .done("Jonas Fricke", "Everyone is in.");
    s.case(Bolt, "print", "Gate 1 printed in slow motion")
        .told(Phone, "Katrin Vogel", SomeUsers, "Twenty seconds a label.")
        .logged(days(11, 4))
        .ranked("printer", Three, High, "A queue of vans.")
        .repaired(
            Who::Sam,
            "Driver renders pictures.",
            "Driver that speaks the printer's own language.",
            "Wrong driver after a swap.",
        )
        .done("Katrin Vogel", "Fast again.");
}

fn clinics(s: &mut Script) {
    s.case(Cobalt, "phones", "No outside calls from Lewisham")
        .told(Phone, "Sister Okonjo", ManyUsers, "Inside calls work. She called from her own phone.")
        .logged(days(1, 20))
        .ranked("wide_area", Two, High, "A clinic that cannot call an ambulance by its own phones.")
        .repaired(
            Who::Kay,
            "Trunk is not registered.",
            "Registered again; the provider had a restart.",
            "Provider works at night.",
        )
        .done("Sister Okonjo", "Called back on the clinic's line.");
    s.case(Cobalt, "desktops", "Blue screens after the monthly patch")
        .told(Portal, "Priya Shah", SomeUsers, "Four of sixty.")
        .logged(days(7, 6))
        .ranked("operating_system", Three, Medium, "Four desks, spares exist.")
        .repaired(
            Who::Tara,
            "All four have the old graphics card.",
            "Patch held back for that card.",
            "Patch and card do not agree.",
        )
        .done("Priya Shah", "No blue screen since.");
    s.case(Cobalt, "imaging", "Pictures carried the wrong clinic")
        .told(Staff, "Tara Nystrom", SomeUsers, "Hackney pictures say Camden.")
        .logged(days(12, 8))
        .ranked("interface", Three, High, "Found before anyone was misled.")
        .repaired(
            Who::Kay,
            "The scanner was moved, its name was not.",
            "Station name corrected, 31 pictures relabelled.",
            "Move without a checklist.",
        )
        .done("Dr Amara Bello", "Checked all 31.");
}

fn hotels(s: &mut Script) {
    s.case(Dune, "booking", "No bookings from two portals over night")
        .told(Monitoring, "Booking watch", ManyUsers, "Zero for six hours; forty are usual.")
        .logged(days(5, 1))
        .ranked("certificate", Two, High, "Rooms are sold by phone only.")
        .repaired(
            Who::Tara,
            "Our certificate ended at midnight.",
            "Certificate renewed; its end is watched now.",
            "Nobody owned the date.",
        )
        .done("Arjun Menon", "Bookings come in.");
    s.case(Dune, "backoffice", "Till closing took an hour")
        .told(Phone, "Meera Pillai", SomeUsers, "Usually five minutes.")
        .logged(days(10, 11))
        .ranked("slow_application", Three, Medium, "People stay late.")
        .repaired(
            Who::Tom,
            "It writes one line at a time.",
            "Writes in one go since the vendor's patch.",
            "A fault of the vendor's release.",
        )
        .done("Meera Pillai", "Five minutes again.");
}

fn bank(s: &mut Script) {
    s.case(Ely, "teller", "Cheque reader of branch 8 refused all cheques")
        .told(Phone, "Dana Whitlock", SomeUsers, "One desk.")
        .logged(days(2, 14))
        .ranked("end_device", Three, Medium, "The next desk takes them.")
        .repaired(
            Who::Sam,
            "Reader is dirty, says its lamp.",
            "Cleaned by the branch with our guide.",
            "Dust.",
        )
        .done("Dana Whitlock", "It reads.");
    s.case(Ely, "online", "Card blocking form gave an error")
        .told(Monitoring, "Synthetic check", ManyUsers, "Error 500 after the last step.")
        .logged(days(8, 2))
        .ranked("software_bug", Two, High, "A lost card must be blocked at once.")
        .repaired(
            Who::Kay,
            "Release of last night.",
            "Release taken back.",
            "A field was renamed on one side only.",
        )
        .done("Omar Haddad", "Blocked and unblocked his own card.");
    s.case(Ely, "print", "Envelopes showed half of the address")
        .told(Email, "Omar Haddad", SomeUsers, "The last line is cut.")
        .logged(days(13, 5))
        .ranked("printer", Four, Medium, "Found before the post left.")
        .repaired(Who::Tom, "Paper size set to A4.", "Set to letter.", "Default of the new driver.")
        .done("Omar Haddad", "The whole address shows.");
}

fn foods(s: &mut Script) {
    s.case(Fenn, "scales", "Weighbridge was offline")
        .told(Phone, "Hana Ruru", ManyUsers, "Trucks queue on the road.")
        .logged(days(3, 18))
        .ranked("server_hardware", Two, High, "Nothing enters the plant.")
        .repaired(
            Who::Kay,
            "Gateway does not boot.",
            "Spare gateway configured and plugged in by Hana.",
            "Memory card worn out.",
        )
        .done("Hana Ruru", "Trucks roll.");
    s.case(Fenn, "mail", "Phishing training mail reported as real")
        .told(Portal, "Sione Latu", SingleUser, "Somebody wants his password.")
        .logged(days(6, 20))
        .ranked("request", Four, Low, "It was their own training.")
        .repaired(Who::Ines, "Sender is their training partner.", "Explained, and praised him.", "No fault.")
        .done("Sione Latu", "He was pleased.");
}
