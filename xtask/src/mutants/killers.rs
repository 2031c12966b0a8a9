//! What noticed a mutant before is most likely to notice it again: it is asked first.
//!
//! It is a hint and no verdict. Lines come and go, so that a mutant is known by its file and what it changes; of
//! several that are called alike, one answers for all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::judge::{End, Verdict};

/// By mutant, the words of what failed.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Killers(BTreeMap<String, String>);

impl Killers {
    /// Remembers who killed what; what an earlier run said of others stays.
    pub(super) fn learn(&mut self, verdicts: Vec<Verdict>) {
        for Verdict { name, end, .. } in verdicts {
            match end {
                End::Killed { by } if !by.is_empty() => {
                    self.0.insert(unplaced(&name), by);
                }
                End::Killed { .. } | End::TimedOut | End::Survived | End::Unreached => {}
            }
        }
    }

    /// What killed the mutant of this name.
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        self.0.get(&unplaced(name)).map(String::as_str)
    }
}

/// `file: what` of `file:line:column: what`.
fn unplaced(name: &str) -> String {
    let (place, what) = name.split_once(": ").unwrap_or(("", name));
    let file = place.split(':').next().unwrap_or_default();
    format!("{file}: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutants::list::MutantId;

    fn verdict(name: &str, end: End) -> Verdict {
        Verdict { mutant: MutantId(1), name: name.to_owned(), end }
    }

    #[test]
    fn a_killer_is_known_after_the_lines_have_moved() {
        let mut killers = Killers::default();
        let by = |by: &str| End::Killed { by: by.to_owned() };
        killers.learn(vec![
            verdict("a.rs:3:5: replace f -> bool with true", by("laws::whole")),
            verdict("a.rs:4:9: replace + with * in g", by("")),
            verdict("b.rs:3:5: replace f -> bool with true", End::Survived),
        ]);
        assert_eq!(killers.of("a.rs:30:5: replace f -> bool with true"), Some("laws::whole"));
        assert_eq!(killers.of("a.rs:4:9: replace + with * in g"), None);
        assert_eq!(killers.of("b.rs:3:5: replace f -> bool with true"), None);
        killers.learn(vec![verdict("a.rs:30:5: replace f -> bool with true", by("traps_clocks::one"))]);
        assert_eq!(killers.of("a.rs:30:5: replace f -> bool with true"), Some("traps_clocks::one"));
    }
}
