//! Small sources in, text out.

use super::*;
use crate::mutants::list::parse;

const FILE: &str = "crates/incident/src/lib.rs";

/// A mutant of the first place that holds this text.
fn mutant(source: &str, genre: &str, changed: &str, replacement: &str) -> String {
    let begin = source.find(changed).unwrap();
    let place = |byte: usize| {
        let before = &source[..byte];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        format!(r#"{{"line": {line}, "column": {column}}}"#)
    };
    format!(
        r#"{{"file": "{FILE}", "genre": "{genre}", "name": "{FILE}:1:1: {changed} {replacement}",
           "replacement": "{replacement}", "span": {{"start": {}, "end": {}}}}}"#,
        place(begin),
        place(begin + changed.len())
    )
    .replace('\n', " ")
}

fn rewritten(source: &str, mutants: &[String], said: &Said) -> Rewritten {
    let files = Files::from([(FILE.to_owned(), source.to_owned())]);
    all(&files, &parse(&format!("[{}]", mutants.join(","))).unwrap(), said).unwrap()
}

/// The rewritten text without the module that is added to it.
fn text(rewritten: &Rewritten) -> &str {
    rewritten.files[FILE].strip_suffix("\nmod mutant;\n").unwrap()
}

#[track_caller]
fn check(source: &str, mutants: &[String], expected: &str) {
    let rewritten = rewritten(source, mutants, &Said::default());
    assert_eq!(text(&rewritten), expected);
    syn::parse_file(text(&rewritten)).unwrap();
    assert!(rewritten.left.is_empty(), "{:?}", rewritten.left);
}

#[track_caller]
fn check_left(source: &str, mutants: &[String], said: &Said, left: Left) {
    let rewritten = rewritten(source, mutants, said);
    assert_eq!(text(&rewritten), source);
    assert_eq!(rewritten.left, BTreeMap::from([(MutantId(1), left)]));
}

#[test]
fn a_body_returns_what_the_mutant_says() {
    let source = "fn open() -> bool {\n    ask()\n}\n";
    let mutants = [mutant(source, "FnValue", "ask()", "true"), mutant(source, "FnValue", "ask()", "false")];
    check(
        source,
        &mutants,
        "fn open() -> bool {match crate::mutant::at(1) { 1 => return true,\n 2 => return false,\n _ => {} }\n\n    ask()\n}\n",
    );
}

#[test]
fn an_operator_is_replaced_in_its_own_expression() {
    let source = "fn f() -> i64 { a + b * c }\n";
    check(
        source,
        &[mutant(source, "BinaryOperator", "*", "/")],
        "fn f() -> i64 { a + (match crate::mutant::at(1) { 1 => (b / c),\n _ => (b * c) }) }\n",
    );
}

#[test]
fn what_lies_within_is_changed_where_no_mutant_is_on_around_it() {
    let source = "fn f() -> bool { a && !b }\n";
    check(
        source,
        &[mutant(source, "BinaryOperator", "&&", "||"), mutant(source, "UnaryOperator", "!", "")],
        "fn f() -> bool { (match crate::mutant::at(1) { 1 => (a || !b),\n _ => \
         (a && (match crate::mutant::at(2) { 2 => (b),\n _ => (!b) })) }) }\n",
    );
}

#[test]
fn an_arm_is_passed_over_and_its_guard_chosen() {
    let source = "fn f() { match a { 1 => b(), 2 if x => d(), _ => e() } }\n";
    check(
        source,
        &[
            mutant(source, "MatchArm", "1 => b(),", ""),
            mutant(source, "MatchArm", "2 if x => d(),", ""),
            mutant(source, "MatchArmGuard", "x", "true"),
        ],
        "fn f() { match a { 1 if crate::mutant::at(1) != 1 => b(), 2 if crate::mutant::at(2) != 2 && \
         ((match crate::mutant::at(3) { 3 => (true),\n _ => (x) })) => d(), _ => e() } }\n",
    );
}

#[test]
fn a_field_is_left_to_the_struct_that_it_comes_from() {
    let source = "fn f() -> A { A { b: 1, ..c } }\n";
    check(
        source,
        &[mutant(source, "StructField", "b: 1,", "")],
        "fn f() -> A { (match crate::mutant::at(1) { 1 => (A {  ..c }),\n _ => (A { b: 1, ..c }) }) }\n",
    );
}

#[test]
fn a_function_is_constant_no_more_unless_a_constant_calls_it() {
    let source = "const fn f() -> bool {\n    a\n}\n";
    let mutants = [mutant(source, "FnValue", "a\n", "true")];
    check(
        source,
        &mutants,
        " fn f() -> bool {match crate::mutant::at(1) { 1 => return true,\n _ => {} }\n\n    a\n}\n",
    );
    let said = Said { constant: BTreeSet::from(["f".to_owned()]), ..Said::default() };
    check_left(source, &mutants, &said, Left::Constant);
}

#[test]
fn constants_and_chains_of_let_are_left() {
    let source = "const A: i64 = 2 * 3;\n";
    let nothing_said = Said::default();
    check_left(source, &[mutant(source, "BinaryOperator", "*", "+")], &nothing_said, Left::Constant);
    let source = "fn f() { if a && let Some(b) = c {} }\n";
    check_left(source, &[mutant(source, "BinaryOperator", "&&", "||")], &nothing_said, Left::LetChain);
    let source = "fn f() { a(b) }\n";
    check_left(source, &[mutant(source, "UnaryOperator", "b", "")], &nothing_said, Left::NotFound);
}

#[test]
fn what_the_compiler_refused_is_in_the_text_no_more() {
    let source = "fn f() -> bool { a == b }\n";
    let said = Said { left: BTreeMap::from([(MutantId(1), Left::Unfit)]), ..Said::default() };
    check_left(source, &[mutant(source, "BinaryOperator", "==", "!=")], &said, Left::Unfit);
}

#[test]
fn letters_of_several_bytes_are_one_letter() {
    let source = "fn f() -> bool { \"§ é\" == b }\n";
    check(
        source,
        &[mutant(source, "BinaryOperator", "==", "!=")],
        "fn f() -> bool { (match crate::mutant::at(1) { 1 => (\"§ é\" != b),\n _ => (\"§ é\" == b) }) }\n",
    );
}

#[test]
fn parts_are_where_their_words_stand() {
    let source = "fn f() -> bool { a == b }\n";
    let rewritten = rewritten(source, &[mutant(source, "BinaryOperator", "==", "!=")], &Said::default());
    let told: Vec<_> =
        rewritten.parts[FILE].iter().map(|part| (part.kind, &text(&rewritten)[part.bytes.clone()])).collect();
    assert_eq!(
        told,
        [
            (Kind::Other, " 1 => (a != b),\n"),
            (Kind::Choice, "(match crate::mutant::at(1) { 1 => (a != b),\n _ => (a == b) })"),
        ]
    );
    assert_eq!(rewritten.sites, BTreeMap::from([(MutantId(1), Site(1))]));
}
