//! Attest: a person has understood a procedure (§3.5).
//!
//! - Given a procedure in force and the case that comes with it,
//! - when I answer the case rightly,
//! - then it is on record that I have understood that version. A wrong answer is refused and leaves no trace.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::{ProcedureId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Attest {
    /// The procedure.
    pub procedure: ProcedureId,
    /// The version that was read.
    pub version: u32,
    /// The answer to its case, by its place from 0.
    pub answer: u32,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::Attest, clause: "§3.5", label: "Attest a procedure", roles: &[Role::Personnel] };

impl Attest {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Procedure(self.procedure)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let setup = &s.records.setup;
        let in_force = setup.procedures_in_force(s.now).into_iter().find(|one| one.id == self.procedure);
        let Some(procedure) = in_force else {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Unknown,
                "Attest a procedure: no such procedure is in force",
                "Choose one from the list; an Administrator can add it.",
            )
            .about("procedure"));
        };
        if procedure.version != self.version {
            let how = format!("version {} is in force now", procedure.version);
            return Err(s.changed_meanwhile(&RULE, how));
        }
        let known = s.records.attestations.get(&self.procedure);
        let mine = |known: &crate::procedure::Attestations| {
            known.attested.iter().any(|one| one.person == s.actor.person && one.version == self.version)
        };
        if known.is_some_and(|known| mine(known)) {
            return Err(s.nothing_changes(&RULE, "you have attested this version"));
        }
        if !procedure.scenario.is_right(self.answer) {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Invalid,
                "Attest a procedure: that is not what it says to do in this case",
                "Read it once more, and answer again.",
            )
            .about("answer"));
        }
        let fact = Fact::ProcedureAttested { version: self.version, answer: self.answer };
        Ok(vec![s.event(Subject::Procedure(self.procedure), fact)])
    }
}
