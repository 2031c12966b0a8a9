//! Signals that wait to be logged, and some that turned out to be nothing.

use incident::identification::Source;

use super::cast::Who;
use super::clients::Firm;
use super::script::{Script, Words};

pub(super) fn tell(s: &mut Script) {
    waiting(s);
    dismissed(s);
}

fn waiting(s: &mut Script) {
    let words = Words {
        reporter: "",
        summary: "DiskWillFillIn4Hours on the booking database",
        details: "Free space 6 %, falling by 1.4 % an hour. Volume: data-02.",
    };
    s.alert(26, Firm::Dune, "booking", words).again(21, 5, None).again(11, 10, None).again(1, 10, None);
    let words = Words {
        reporter: "",
        summary: "Packet loss above 8 % on the warehouse uplink",
        details: "Loss 11 % over five minutes, three of nine access points affected.",
    };
    s.alert(9, Firm::Acme, "wifi", words).again(6, 3, None).recovered(2);
    let words = Words {
        reporter: "Harriet Vane, Camden clinic",
        summary: "Second phone line at Camden is silent",
        details: "She hears the caller, the caller does not hear her. Only on the second line, since lunch.",
    };
    s.report(3, Source::Phone, Some(Firm::Cobalt), words);
    let words = Words {
        reporter: "l.ortega@ely.example",
        summary: "Statements of branch 14 print twice",
        details: "Hello, since this morning every statement comes out two times. It is only our branch I think. \
                  Could somebody have a look? Thanks, Luz",
    };
    s.report(7, Source::Email, Some(Firm::Ely), words);
    let words = Words {
        reporter: "R. Nakamura",
        summary: "Cannot open the customs folder",
        details: "It says access denied. Yesterday it worked. I need it before the truck leaves.",
    };
    s.report(4, Source::Portal, Some(Firm::Bolt), words);
    let words = Words {
        reporter: "Tara Nystrom",
        summary: "Certificate of the weighbridge gateway ends tomorrow",
        details: "Seen while looking for something else. Nobody has an alarm on it; renewal needs the vendor.",
    };
    s.report(2, Source::Staff, Some(Firm::Fenn), words);
    let words = Words {
        reporter: "night-operator@unknown.example",
        summary: "Your system is slow again",
        details: "No client, no service named. The address is not one we know.",
    };
    s.report(5, Source::Email, None, words);
}

fn dismissed(s: &mut Script) {
    let words = Words {
        reporter: "",
        summary: "Host teller-test-03 is down",
        details: "No answer to ping for 60 s.",
    };
    let signal = s.alert(400, Firm::Ely, "teller", words).signal();
    s.dismiss(
        396,
        signal,
        Who::Ines,
        "A test host, switched off by Kay for the change of tonight. Not a service.",
    );
    let words = Words {
        reporter: "newsletter@printers.example",
        summary: "Save 30 % on toner this week",
        details: "Advertisement.",
    };
    let signal = s.report(700, Source::Email, None, words);
    s.dismiss(690, signal, Who::Sam, "Advertisement; the sender is blocked now.");
}
