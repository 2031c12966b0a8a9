//! A source with its edits made, and where in it each mutant's words stand.

use std::cmp::Reverse;

use super::find::{Change, Edit, Other};
use super::{Kind, Part, Site};
use crate::mutants::list::MutantId;

/// The text with every edit in it. What lies within a choice is edited in its last branch alone: one mutant is
/// on at a time.
pub(super) fn printed(source: &str, mut edits: Vec<Edit>) -> (String, Vec<Part>) {
    // What goes in between comes before what it stands in front of; what is around comes before what is within.
    edits.sort_by_key(|edit| {
        let rank = match edit.change {
            Change::Return(..) => 0,
            Change::PassOver(..) => 1,
            Change::Choose(..) | Change::Gone => 2,
        };
        (edit.bytes.start, !edit.bytes.is_empty(), Reverse(edit.bytes.end), rank)
    });
    let mut page = Page { source, text: String::with_capacity(source.len() * 2), parts: Vec::new() };
    page.print(0, source.len(), &edits);
    (page.text, page.parts)
}

struct Page<'a> {
    source: &'a str,
    text: String,
    parts: Vec<Part>,
}

impl Page<'_> {
    /// The source between two bytes, with the edits that lie there.
    fn print(&mut self, from: usize, to: usize, edits: &[Edit]) {
        let (mut at, mut rest) = (from, edits);
        while let [edit, behind @ ..] = rest {
            self.copy(at, edit.bytes.start);
            let (within, after) =
                behind.split_at(behind.partition_point(|next| next.bytes.start < edit.bytes.end));
            self.make(edit, within);
            (at, rest) = (edit.bytes.end, after);
        }
        self.copy(at, to);
    }

    fn copy(&mut self, from: usize, to: usize) {
        self.text.push_str(self.source.get(from..to).unwrap_or_default());
    }

    fn make(&mut self, edit: &Edit, within: &[Edit]) {
        let begin = self.text.len();
        match &edit.change {
            Change::Gone => {}
            Change::Return(site, values) => {
                self.ask(*site);
                self.others(values, Kind::Value);
                self.text.push_str(" _ => {} }\n");
            }
            Change::Choose(site, others) => {
                self.text.push('(');
                self.ask(*site);
                self.others(others, Kind::Other);
                self.text.push_str(" _ => (");
                self.print(edit.bytes.start, edit.bytes.end, within);
                self.text.push_str(") })");
                self.part(Kind::Choice, begin, others.iter().map(|other| other.mutant).collect());
            }
            Change::PassOver(site, mutant) => {
                let is_off = format!("crate::mutant::at({}) != {mutant}", site.0);
                if edit.bytes.is_empty() {
                    self.text.push_str(&format!(" if {is_off}"));
                } else {
                    self.text.push_str(&format!("{is_off} && ("));
                    self.print(edit.bytes.start, edit.bytes.end, within);
                    self.text.push(')');
                }
                self.part(Kind::Arm, begin, vec![*mutant]);
            }
        }
    }

    fn ask(&mut self, site: Site) {
        self.text.push_str(&format!("match crate::mutant::at({}) {{", site.0));
    }

    fn others(&mut self, others: &[Other], kind: Kind) {
        for Other { mutant, text } in others {
            let begin = self.text.len();
            let branch = match kind {
                Kind::Value => format!(" {mutant} => return {text},\n"),
                Kind::Other | Kind::Choice | Kind::Arm => format!(" {mutant} => ({text}),\n"),
            };
            self.text.push_str(&branch);
            self.part(kind, begin, vec![*mutant]);
        }
    }

    fn part(&mut self, kind: Kind, begin: usize, mutants: Vec<MutantId>) {
        self.parts.push(Part { kind, bytes: begin..self.text.len(), mutants });
    }
}
