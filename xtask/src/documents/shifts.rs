//! What the shifts say of clauses and verbs, read from their text: `docs/shifts.md` is the grammar.

use std::collections::BTreeSet;

use crate::checkout::Tree;

/// Where they stand.
const FOLDER: &str = "tests/shifts";

/// One shift, as far as a document needs it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Its file, from the root of the checkout.
    pub(super) path: String,
    /// What the register says in it: clause and verdict.
    pub(super) judged: Vec<(String, String)>,
    /// Verbs that are refused in it.
    pub(super) refused: BTreeSet<String>,
    /// Verbs that are accepted in it.
    pub(super) accepted: BTreeSet<String>,
}

/// Every shift of the checkout, in the order of their names.
pub(super) fn told(tree: &Tree) -> Vec<Told> {
    let shifts = tree.under(FOLDER).filter(|(path, _)| path.ends_with(".shift"));
    shifts.map(|(path, text)| read(path, text)).collect()
}

fn read(path: &str, text: &str) -> Told {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let mut told = Told { path: path.to_owned(), ..Told::default() };
    // The first line is the title.
    for line in lines.skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        // A time may stand before it.
        let clause = words.iter().take(3).position(|word| *word == "clause");
        if let Some([_, _, id, verdict, ..]) = clause.and_then(|place| words.get(place..)) {
            told.judged.push(((*id).to_owned(), (*verdict).to_owned()));
            continue;
        }
        let ends = words.iter().position(|word| *word == "ok" || *word == "refused");
        let Some(end) = ends else { continue };
        // TIME PERSON ROLE VERB, where the time may be two words.
        let before = words.get(3..end.min(5)).unwrap_or_default();
        let into = if words[end] == "refused" { &mut told.refused } else { &mut told.accepted };
        into.extend(before.iter().map(|word| (*word).to_owned()));
    }
    told
}

impl Told {
    /// Whether the register says in it that the clause was kept, or that people have to look.
    pub(super) fn keeps(&self, clause: &str) -> bool {
        let ends = ["kept", "needs_human_review"];
        self.judged.iter().any(|(id, verdict)| id == clause && ends.contains(&verdict.as_str()))
    }

    /// Whether the register says in it that the clause failed, or a deed that would have broken it is refused.
    pub(super) fn breaks(&self, clause: &str, verbs: &[String]) -> bool {
        let ends = ["failed", "excepted", "excepted_afterwards"];
        let fails = |(id, verdict): &(String, String)| id == clause && ends.contains(&verdict.as_str());
        let is_about_it = self.judged.iter().any(|(id, _)| id == clause);
        self.judged.iter().any(fails) || is_about_it && verbs.iter().any(|verb| self.refused.contains(verb))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_and_refusals_are_read() {
        let text = "§3.1  Told\n\n# clause I1 §9/9 kept\n09:00 ines service_desk close I1 refused too_early §3.1\n\
                    clause I1 §3.1/5 not_due_yet\nTue 09:00 clause I1 §3.1/6 failed at=09:00\n\
                    Tue 09:00 ines service_desk categorise I1 software_bug ok\n";
        let told = read("tests/shifts/3.1-told.shift", text);
        assert!(told.breaks("§3.1/6", &[]) && !told.keeps("§3.1/6"));
        assert!(told.breaks("§3.1/5", &["close".to_owned()]));
        assert!(!told.breaks("§3.1/5", &["categorise".to_owned()]));
        assert!(!told.breaks("§9/9", &["close".to_owned()]));
        assert!(told.accepted.contains("categorise") && told.refused.contains("close"));
    }
}
