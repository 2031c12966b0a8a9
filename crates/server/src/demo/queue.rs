//! Logged and prioritised: nobody has taken these yet. Response clocks in every state.

use incident::Impact::{ManyUsers, SingleUser, SomeUsers};
use incident::Severity::{Four, Three, Two};
use incident::Urgency::{High, Low, Medium};
use incident::identification::Source::{Email, Monitoring, Phone, Portal, Staff};

use super::cast::Who;
use super::clients::Firm::{Acme, Bolt, Cobalt, Dune, Ely, Fenn};
use super::script::Script;

pub(super) fn tell(s: &mut Script) {
    just_logged(s);
    logged_a_while_ago(s);
    ranked(s);
    ranked_low(s);
    offered(s);
}

fn just_logged(s: &mut Script) {
    s.case(Acme, "vpn", "Driver tablets drop the VPN every few minutes")
        .told(
            Phone,
            "Marcus Dell",
            SomeUsers,
            "Seven tablets so far, all on the newest client. Comes back by itself.",
        )
        .logged(2);
    s.case(Cobalt, "desktops", "Login takes five minutes at the Hackney clinic")
        .told(Phone, "Priya Shah", SomeUsers, "Reception only. The spinning circle, then it works normally.")
        .logged(6);
    s.case(Fenn, "orders", "Order mails arrive without their attachment")
        .told(
            Email,
            "Tui Walker",
            SomeUsers,
            "The body is there, the PDF is not. Since about nine this morning.",
        )
        .logged(11);
    // Severity 2 by its impact; assessed within thirty minutes, or late: six are left.
    s.case(Acme, "mail", "Calendar invitations do not reach the yard office")
        .told(
            Portal,
            "Gwen Abbott",
            ManyUsers,
            "Nobody in the yard office gets invitations; mail itself works.",
        )
        .logged(24);
}

fn logged_a_while_ago(s: &mut Script) {
    s.case(Dune, "guestnet", "Guests of the east wing see no Wi-Fi login page")
        .told(Phone, "Arjun Menon", SomeUsers, "Connected, but the page never opens. West wing is fine.")
        .logged(48)
        .categorised("wireless");
    s.case(Ely, "desktops", "Branch 22: badge reader locks the desktops")
        .told(
            Phone,
            "Dana Whitlock",
            SomeUsers,
            "Two desktops lock as soon as the badge is taken off the reader.",
        )
        .logged(75);
    s.case(Bolt, "files", "Former colleague still owns the tariff folder")
        .told(
            Email,
            "Jonas Fricke",
            SingleUser,
            "The folder cannot be shared because its owner left in spring.",
        )
        .logged(190);
    // Two hours were promised; they passed without an assessment.
    s.case(Acme, "wifi", "Handhelds in aisle 9 lose the network")
        .told(
            Phone,
            "Oscar Lindgren",
            SomeUsers,
            "Pickers walk back to aisle 7 to sync. New racks were put up last week.",
        )
        .logged(138)
        .note(Who::Ines, "Called back, nobody at the shift desk. Trying again after the break.");
}

fn ranked(s: &mut Script) {
    s.case(Ely, "online", "Transfers above 10,000 need two attempts")
        .told(
            Monitoring,
            "Synthetic check",
            ManyUsers,
            "First attempt times out at the signing step, the second goes through.",
        )
        .logged(9)
        .ranked("interface", Two, High, "A major function fails for many customers.");
    s.case(Cobalt, "phones", "Callers of the Brixton clinic hear an old greeting")
        .told(Portal, "Sister Okonjo", SomeUsers, "The greeting still names the summer opening hours.")
        .logged(33)
        .ranked("business_application", Four, Low, "Wrong words, but calls get through.");
    s.case(Acme, "erp", "Freight ERP slow while the month is closed")
        .told(
            Phone,
            "Ruth Keller",
            SomeUsers,
            "Posting a page of invoices takes forty seconds instead of three.",
        )
        .logged(96)
        .ranked("slow_database", Three, High, "Accounting is slowed down, dispatch is not touched.")
        .note(Who::Sam, "Month end: they want it today, not tomorrow.");
    s.case(Bolt, "print", "Label printer at gate 3 prints blank labels")
        .told(
            Phone,
            "Katrin Vogel",
            SomeUsers,
            "Every second label is empty. Ribbon was changed, no difference.",
        )
        .logged(64)
        .ranked("printer", Three, Medium, "One gate of eight; the others take over.");
}

fn ranked_low(s: &mut Script) {
    s.case(Dune, "backoffice", "Monthly occupancy report misses the pool bar")
        .told(
            Email,
            "Meera Pillai",
            SingleUser,
            "The line is there but the amount is zero since the new till.",
        )
        .logged(310)
        .ranked("interface", Four, Low, "One report of one person.");
    s.case(Fenn, "mail", "Shared mailbox of the export team is full")
        .told(Portal, "Sione Latu", SomeUsers, "New mail bounces with quota exceeded.")
        .logged(140)
        .ranked("capacity", Three, Medium, "One team cannot receive mail.");
    s.case(Ely, "print", "Which paper tray do the new statements use?")
        .told(Email, "Omar Haddad", SingleUser, "A question, no fault: the manual names three trays.")
        .logged(220)
        .ranked("request", Four, Low, "A request for information.");
}

fn offered(s: &mut Script) {
    s.case(Acme, "dispatch", "Dispatch board shows yesterday's tours")
        .told(
            Phone,
            "Marcus Dell",
            SomeUsers,
            "Two of nine screens only; reload does not help, another browser does.",
        )
        .logged(101)
        .ranked("business_application", Three, High, "Two screens of nine.")
        .offered(Who::Tara)
        .note(Who::Ines, "Tara is in a call until the full hour; the assessment is still to be written.");
    s.case(Cobalt, "imaging", "Old X-rays open only on the second click")
        .told(Staff, "Kay Lindqvist", SomeUsers, "Seen at the Lewisham clinic while installing a screen.")
        .logged(55)
        .ranked("slow_application", Three, Low, "A nuisance, no examination is held up.")
        .offered(Who::Kay);
}
