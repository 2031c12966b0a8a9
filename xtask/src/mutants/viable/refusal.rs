//! A refusal of the compiler, and which mutants answer for it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::mutants::list::MutantId;
use crate::mutants::rewrite::{Kind, Left, Part};

/// A constant calls what is no constant.
const CALLED_BY_CONSTANT: &str = "E0015";
/// Arms that do not cover everything.
const UNCOVERED: &str = "E0004";
/// Two types where one is needed.
const OTHER_TYPE: [&str; 2] = ["E0308", "E0271"];

/// What rustc says as JSON, as far as it is read.
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    level: String,
    message: String,
    code: Option<Code>,
    spans: Vec<Span>,
    children: Vec<Remark>,
    rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

/// What it adds.
#[derive(Debug, Deserialize)]
struct Remark {
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    is_primary: bool,
}

/// Who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// These, which are left for this.
    Mutants(Vec<MutantId>, Left),
    /// A function of this name, which a constant calls.
    Constant(String),
    /// Nobody that is known.
    Nobody,
}

/// The parts of each file.
type Parts = BTreeMap<String, Vec<Part>>;

impl Refusal {
    /// Whether the build fails by it.
    pub(super) fn is_error(&self) -> bool {
        // An error without a place counts those that have one.
        self.level == "error" && !self.spans.is_empty()
    }

    /// As the compiler would print it.
    pub(super) fn words(&self) -> String {
        self.rendered.clone().unwrap_or_else(|| format!("{}\n", self.message))
    }

    /// Who answers, by where it points.
    pub(super) fn answer(&self, parts: &Parts) -> Answer {
        let code = self.code.as_ref().map_or("", |code| code.code.as_str());
        if code == CALLED_BY_CONSTANT
            && let Some(function) = called(&self.message).filter(|function| *function != "at")
        {
            return Answer::Constant(function.to_owned());
        }
        if code == UNCOVERED {
            let arms = self.arms(parts);
            if !arms.is_empty() {
                return Answer::Mutants(arms, Left::Alone);
            }
        }
        let is_type = OTHER_TYPE.contains(&code);
        if let Some((span, part)) = self.around(parts, &[Kind::Value, Kind::Other]) {
            // The value is right, and the type that it gives to the body is not that of the others.
            let is_alone = is_type && part.kind == Kind::Value && !span.is_primary;
            return Answer::Mutants(part.mutants.clone(), if is_alone { Left::Alone } else { Left::Unfit });
        }
        if let Some((_, part)) = self.around(parts, &[Kind::Choice, Kind::Arm]) {
            return Answer::Mutants(part.mutants.clone(), Left::Unfit);
        }
        let before = if is_type { self.value_before(parts) } else { None };
        before.map_or(Answer::Nobody, |part| Answer::Mutants(part.mutants.clone(), Left::Alone))
    }

    /// Its places, those that it is about before those that it only shows.
    fn places(&self) -> impl Iterator<Item = &Span> {
        let (about, shown): (Vec<_>, Vec<_>) = self.spans.iter().partition(|span| span.is_primary);
        about.into_iter().chain(shown)
    }

    /// The narrowest part of such kinds around a place of it.
    fn around<'a>(&self, parts: &'a Parts, kinds: &[Kind]) -> Option<(&Span, &'a Part)> {
        self.places().find_map(|span| {
            let here = parts.get(&span.file_name)?.iter().filter(|part| kinds.contains(&part.kind));
            let around = here.filter(|part| part.bytes.contains(&span.byte_start));
            around.min_by_key(|part| part.bytes.len()).map(|part| (span, part))
        })
    }

    /// The last value that a body may return before the place.
    fn value_before<'a>(&self, parts: &'a Parts) -> Option<&'a Part> {
        self.places().filter(|span| span.is_primary).find_map(|span| {
            let here = parts.get(&span.file_name)?.iter().filter(|part| part.kind == Kind::Value);
            here.filter(|part| part.bytes.end <= span.byte_start).max_by_key(|part| part.bytes.start)
        })
    }

    /// Every mutant of the arms between the place and the last one that a remark shows.
    fn arms(&self, parts: &Parts) -> Vec<MutantId> {
        let Some(place) = self.places().find(|span| span.is_primary) else { return Vec::new() };
        let remarks = self.children.iter().flat_map(|remark| &remark.spans);
        let here = remarks.filter(|span| span.file_name == place.file_name);
        let end = here.map(|span| span.byte_end).fold(place.byte_end, usize::max);
        let arms = parts.get(&place.file_name).into_iter().flatten().filter(|part| part.kind == Kind::Arm);
        let between = arms.filter(|part| (place.byte_start..=end).contains(&part.bytes.start));
        between.flat_map(|part| part.mutants.iter().copied()).collect()
    }
}

/// The last name of the path in the first pair of back-ticks.
fn called(message: &str) -> Option<&str> {
    let path = message.split('`').nth(1)?;
    let types = path.rfind("::<").filter(|_| path.ends_with('>'));
    let name = path.get(..types.unwrap_or(path.len()))?;
    name.rsplit("::").next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "crates/incident/src/clock.rs";

    fn refusal(code: &str, message: &str, spans: &[(usize, usize, bool)], remark_end: usize) -> Refusal {
        let span = |(byte_start, byte_end, is_primary): (usize, usize, bool)| Span {
            file_name: FILE.to_owned(),
            byte_start,
            byte_end,
            is_primary,
        };
        Refusal {
            level: "error".to_owned(),
            message: message.to_owned(),
            code: Some(Code { code: code.to_owned() }),
            spans: spans.iter().copied().map(span).collect(),
            children: vec![Remark { spans: vec![span((remark_end, remark_end, true))] }],
            rendered: None,
        }
    }

    /// A body of 1 and 2, and behind it a choice of 3 in which an arm of 4 stands.
    fn parts() -> Parts {
        let part = |kind, bytes, mutant| Part { kind, bytes, mutants: vec![MutantId(mutant)] };
        let all = vec![
            part(Kind::Value, 10..20, 1),
            part(Kind::Value, 20..30, 2),
            part(Kind::Other, 50..60, 3),
            part(Kind::Choice, 40..100, 3),
            part(Kind::Arm, 70..80, 4),
        ];
        Parts::from([(FILE.to_owned(), all)])
    }

    fn mutants(ids: &[u32], left: Left) -> Answer {
        Answer::Mutants(ids.iter().copied().map(MutantId).collect(), left)
    }

    #[track_caller]
    fn check(code: &str, spans: &[(usize, usize, bool)], expected: Answer) {
        assert_eq!(refusal(code, "wrong", spans, 0).answer(&parts()), expected);
    }

    #[test]
    fn the_narrowest_place_answers() {
        check("E0277", &[(25, 26, true)], mutants(&[2], Left::Unfit));
        check("E0277", &[(55, 56, true)], mutants(&[3], Left::Unfit));
        check("E0282", &[(90, 95, true)], mutants(&[3], Left::Unfit));
        check("E0282", &[(72, 73, true)], mutants(&[4], Left::Unfit));
    }

    #[test]
    fn what_is_only_shown_answers_after_what_it_is_about() {
        check("E0277", &[(15, 16, false), (25, 26, true)], mutants(&[2], Left::Unfit));
        check("E0277", &[(15, 16, false), (35, 36, true)], mutants(&[1], Left::Unfit));
    }

    #[test]
    fn a_value_that_gives_the_body_another_type_fits_alone() {
        check("E0308", &[(25, 26, true)], mutants(&[2], Left::Unfit));
        check("E0308", &[(35, 36, true), (15, 16, false)], mutants(&[1], Left::Alone));
        check("E0308", &[(35, 36, true)], mutants(&[2], Left::Alone));
        check("E0277", &[(35, 36, true)], Answer::Nobody);
    }

    #[test]
    fn arms_that_are_needed_fit_alone() {
        let uncovered = |end| refusal("E0004", "not covered", &[(62, 63, true)], end).answer(&parts());
        assert_eq!(uncovered(90), mutants(&[4], Left::Alone));
        assert_eq!(uncovered(65), mutants(&[3], Left::Unfit));
    }

    #[test]
    fn a_function_that_a_constant_calls_is_named() {
        let called = |message: &str| refusal("E0015", message, &[(5, 6, true)], 0).answer(&parts());
        let message = "cannot call non-const associated function `Span::<i64>::of::<u8>` in constants";
        assert_eq!(called(message), Answer::Constant("of".to_owned()));
        let message = "cannot call non-const function `mutant::at` in constants";
        assert_eq!(called(message), Answer::Nobody);
    }

    #[test]
    fn elsewhere_nobody_answers() {
        let mut refusal = refusal("E0308", "wrong", &[(25, 26, true)], 0);
        refusal.spans[0].file_name = "crates/drill/src/lib.rs".to_owned();
        assert_eq!(refusal.answer(&parts()), Answer::Nobody);
        assert!(refusal.is_error());
        refusal.spans.clear();
        assert!(!refusal.is_error());
    }
}
