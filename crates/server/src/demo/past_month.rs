//! Closed two to four weeks ago; those of the bank under the first version of its agreement.

use incident::Impact::{ManyUsers, SingleUser, SomeUsers};
use incident::Severity::{Four, One, Three, Two};
use incident::Urgency::{High, Low, Medium};
use incident::identification::Source::{Email, Monitoring, Phone, Portal};

use super::cast::Who;
use super::clients::Firm::{Acme, Bolt, Cobalt, Dune, Ely, Fenn};
use super::past::days;
use super::script::Script;

pub(super) fn tell(s: &mut Script) {
    bank(s);
    freight(s);
    parcels_and_foods(s);
    clinics(s);
    hotels(s);
}

fn bank(s: &mut Script) {
    s.case(Ely, "batch", "Overnight batch did not start")
        .told(Monitoring, "Batch watch", ManyUsers, "Calendar says holiday.")
        .logged(days(16, 6))
        .ranked("software_bug", Two, High, "Branches would open without figures.")
        .repaired(
            Who::Kay,
            "It is no holiday.",
            "Calendar of the scheduler corrected, run started.",
            "A date of last year.",
        )
        .done("Dana Whitlock", "Figures were there at seven.");
    s.case(Ely, "desktops", "Branch 12 lost its network drives")
        .told(Phone, "Luz Ortega", SomeUsers, "Drives G and K.")
        .logged(days(19, 3))
        .ranked("name_resolution", Three, Medium, "Forms are on the intranet too.")
        .repaired(
            Who::Tom,
            "Short names are not found.",
            "Search list of the branch restored.",
            "Lost with a new router.",
        )
        .done("Luz Ortega", "G and K are back.");
    s.case(Ely, "online", "Exchange rates stood still for a day")
        .told(Email, "Omar Haddad", ManyUsers, "Rates of the day before.")
        .logged(days(22, 9))
        .ranked("interface", Two, Medium, "Treasury works with its own source.")
        .assessed("The feed changed its address; a redirect is not followed.")
        .given(Who::Tara)
        .ago(days(22, 0))
        .step("New address of the feed entered.")
        .restored("Rates of this hour are shown.")
        .fixed("New address entered, age of rates is watched.", "The notice went to somebody who has left.")
        .done("Omar Haddad", "Rates agree with treasury's.");
    s.case(Ely, "print", "Two trays fed at once")
        .told(Portal, "Omar Haddad", SingleUser, "Blank sheet before each letter.")
        .logged(days(27, 2))
        .ranked("printer", Four, Low, "Wastes paper.")
        .repaired(Who::Sam, "Separator sheet is on.", "Separator switched off.", "A default of the driver.")
        .done("Omar Haddad", "No more blank sheets.");
}

fn freight(s: &mut Script) {
    s.case(Acme, "dispatch", "Dispatch board froze on Monday morning")
        .told(Phone, "Marcus Dell", ManyUsers, "Every planner, at six sharp.")
        .logged(days(17, 4))
        .ranked("slow_database", Two, High, "No tours can be given out.")
        .repaired(
            Who::Kay,
            "Statistics run held the tables.",
            "Run stopped and moved to Sunday.",
            "It grew into the morning.",
        )
        .done("Marcus Dell", "Tours went out by half past six.");
    s.case(Acme, "vpn", "Tablets in the south lost their maps")
        .told(Phone, "Nadia Brooks", SomeUsers, "Nine drivers.")
        .logged(days(20, 8))
        .ranked("remote_access", Three, Medium, "They know the roads.")
        .repaired(
            Who::Tara,
            "Map host is not routed.",
            "Route added for the map host.",
            "It moved to another block.",
        )
        .done("Nadia Brooks", "Maps are back.");
    s.case(Acme, "mail", "Shared calendar showed private entries")
        .told(Email, "Gwen Abbott", SomeUsers, "Titles of private entries were readable in the team.")
        .logged(days(24, 5))
        .ranked("access", Three, High, "Looked into with the privacy officer.")
        .repaired(
            Who::Tom,
            "Permission of the folder is too wide.",
            "Permission set to free and busy.",
            "Set by hand for one meeting.",
        )
        .done("Gwen Abbott", "Only free and busy shows.");
    // A major incident of the month: handled and closed by the Incident Manager.
    s.case(Acme, "erp", "Freight ERP was unreachable from every site")
        .and("dispatch")
        .told(Monitoring, "Synthetic check", ManyUsers, "No site gets an answer.")
        .logged(days(28, 7))
        .ranked("server_hardware", One, High, "Complete loss at every site.")
        .assessed("Both database nodes wait for each other.")
        .given(Who::Kay)
        .led("bridge 4471")
        .note(Who::Mora, "Cole calls every thirty minutes.")
        .step("First node taken out by hand, second one leads.")
        .restored("All sites post again, checked with each of them.")
        .fixed("Cluster runs with a third vote in another room.", "Two nodes, two votes, one broken cable.")
        .review_opened()
        .done("Ruth Keller", "Every site has booked since.");
}

fn parcels_and_foods(s: &mut Script) {
    s.case(Bolt, "scan", "Night scans carried the date of the day before")
        .told(Portal, "Katrin Vogel", SomeUsers, "Between midnight and one.")
        .logged(days(18, 2))
        .ranked("software_bug", Three, Medium, "Corrected by hand each morning.")
        .repaired(
            Who::Tara,
            "Date is taken in another zone.",
            "Zone of the hall is used.",
            "The server runs on UTC.",
        )
        .done("Katrin Vogel", "Last night was right.");
    s.case(Bolt, "backup", "Restore of one folder failed")
        .told(Email, "Jonas Fricke", SingleUser, "A folder deleted by mistake.")
        .logged(days(25, 10))
        .ranked("backup", Four, Medium, "He has a copy of last week.")
        .repaired(
            Who::Sam,
            "Path is longer than the tool allows.",
            "Restored to a short path and moved.",
            "A limit of the tool.",
        )
        .done("Jonas Fricke", "Every file is there.");
    s.case(Fenn, "orders", "Orders stopped at the daylight change")
        .told(Phone, "Tui Walker", ManyUsers, "None since two in the morning.")
        .logged(days(21, 12))
        .ranked("software_bug", Two, High, "No orders come in.")
        .repaired(
            Who::Kay,
            "Service waits for an hour that never came.",
            "Service restarted, timer counts in UTC.",
            "Local time in a timer.",
        )
        .done("Tui Walker", "All 140 orders are in.");
}

fn clinics(s: &mut Script) {
    s.case(Cobalt, "records", "Search for birth dates found nobody")
        .told(Phone, "Priya Shah", SomeUsers, "Search by name works.")
        .logged(days(15, 5))
        .ranked("software_bug", Three, Medium, "Search by name is slower.")
        .repaired(
            Who::Tara,
            "Dates are read month first.",
            "Locale of the new server set.",
            "Server was built from another image.",
        )
        .done("Priya Shah", "Found on the first try.");
    s.case(Cobalt, "phones", "Clinic of Camden had no dial tone")
        .told(Phone, "Harriet Vane", ManyUsers, "All handsets are dead.")
        .logged(days(23, 4))
        .ranked("network_outage", Two, High, "A clinic without phones.")
        .assessed("The switch that feeds the phones is off.")
        .given(Who::Tom)
        .worked_around("Main number forwarded to two mobile phones.")
        .ago(days(23, 1))
        .step("Switch replaced by the courier's spare.")
        .restored("Every handset has its tone.")
        .fixed("Switch replaced.", "Power supply of the switch died.")
        .done("Harriet Vane", "Phones ring again.");
}

fn hotels(s: &mut Script) {
    s.case(Dune, "frontdesk", "Wake-up calls came an hour early")
        .told(Phone, "Night porter Iyer", SomeUsers, "Eleven unhappy guests.")
        .logged(days(26, 8))
        .ranked("business_application", Three, High, "Not a second night.")
        .repaired(
            Who::Sam,
            "Exchange was set to another zone.",
            "Zone set, test call at noon was right.",
            "Set during the repair of last week.",
        )
        .done("Arjun Menon", "Nobody was woken early.");
    s.case(Dune, "guestnet", "Guest Wi-Fi was slow on the top floors")
        .told(Portal, "Arjun Menon", SomeUsers, "Films stop.")
        .logged(days(29, 6))
        .ranked("performance_degradation", Three, Low, "Complaints, no loss.")
        .repaired(
            Who::Tom,
            "All access points share one channel.",
            "Channels spread by plan.",
            "Automatic choice was off.",
        )
        .done("Arjun Menon", "Films run.");
}
