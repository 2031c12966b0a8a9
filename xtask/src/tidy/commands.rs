//! A verb is whole: its rule, its § of the policy, a shift, and its object on the screen.
//!
//! A file of the folder is a verb when it states a rule; a list of verbs and
//! what several of them share are none. A deed of the server or of an
//! administrator is offered on no screen, and owes the rest.

use super::Fault;
use crate::checkout::{Tree, extension, stem};

const RULES: &str = "crates/incident/src/command/";
const OFF_SCREEN: &str = "crates/incident/src/command/server/";
const STATES_A_RULE: &str = "const RULE: Rule";
const SHIFTS: &str = "tests/shifts/";
const OBJECTS: &str = "ui/src/commands/";

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let verbs =
        || tree.under(RULES).filter(|(path, text)| extension(path) == "rs" && text.contains(STATES_A_RULE));
    if verbs().next().is_none() && tree.holds(RULES) {
        let cure =
            format!("a verb states `{STATES_A_RULE}`; if that changed, say so in xtask/src/tidy/commands.rs");
        faults.push(Fault::new(RULES, 0, "no file states a rule", cure));
    }
    for (path, text) in verbs() {
        let verb = stem(path);
        if !text.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains('§')) {
            faults.push(Fault::new(
                path,
                1,
                format!("`{verb}` cites no § of the policy"),
                "say in the module doc which § it carries out, such as `//! Closes an incident (§3.1).`",
            ));
        }
        if !has_shift(tree, verb) {
            faults.push(Fault::new(
                path,
                0,
                format!("no shift uses `{verb}`"),
                format!("write one under {SHIFTS} that keeps the rule, and one that is refused"),
            ));
        }
        if path.starts_with(OFF_SCREEN) {
            continue;
        }
        let object = format!("{OBJECTS}{}", verb.replace('_', "-"));
        if !tree.holds(&format!("{object}.ts")) && !tree.holds(&format!("{object}.tsx")) {
            faults.push(Fault::new(
                path,
                0,
                format!("`{verb}` has no object on the screen"),
                format!("write {object}.ts: its label, key, icon and form"),
            ));
        }
    }
    faults
}

fn has_shift(tree: &Tree, verb: &str) -> bool {
    tree.under(SHIFTS)
        .filter(|(path, _)| extension(path) == "shift")
        .flat_map(|(_, text)| text.lines())
        .filter(|line| !line.starts_with(['§', '#']))
        .any(|line| line.split_whitespace().any(|word| word == verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: (&str, &str) =
        ("crates/incident/src/command/close_incident.rs", "//! Closes (§3.1).\n\nconst RULE: Rule = x;\n");
    const SHIFT: (&str, &str) =
        ("tests/shifts/close.shift", "§3.1  close\n09:00 ines service_desk close_incident I1 ok\n");
    const OBJECT: (&str, &str) = ("ui/src/commands/close-incident.ts", "");

    fn check(files: &[(&str, &str)]) -> Vec<String> {
        faults(&Tree::of(files)).into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn a_whole_verb_passes() {
        assert!(check(&[RULE, SHIFT, OBJECT]).is_empty());
        let shared = ("crates/incident/src/command/situation.rs", "//! What verbs share.\n");
        assert!(check(&[RULE, SHIFT, OBJECT, shared]).is_empty());
    }

    #[test]
    fn a_deed_of_the_server_needs_no_object() {
        let deed = ("crates/incident/src/command/server/close_incident.rs", RULE.1);
        assert!(check(&[deed, SHIFT]).is_empty());
        assert_eq!(check(&[deed]), ["no shift uses `close_incident`"]);
    }

    #[test]
    fn verbs_that_cannot_be_told_are_found() {
        assert_eq!(
            check(&[("crates/incident/src/command/close.rs", "//! §3.1\n")]),
            ["no file states a rule"]
        );
    }

    #[test]
    fn each_missing_piece_is_found() {
        let silent = (RULE.0, "//! Closes.\n\n// §3.1\nconst RULE: Rule = x;\n");
        assert_eq!(check(&[silent, SHIFT, OBJECT]), ["`close_incident` cites no § of the policy"]);
        assert_eq!(check(&[RULE, OBJECT]), ["no shift uses `close_incident`"]);
        assert_eq!(check(&[RULE, SHIFT]), ["`close_incident` has no object on the screen"]);
    }

    #[test]
    fn a_title_is_no_use_of_the_verb() {
        let title = ("tests/shifts/close.shift", "§3.1 close_incident\n");
        assert_eq!(check(&[RULE, title, OBJECT]), ["no shift uses `close_incident`"]);
    }
}
