//! A production file stops at 400 lines and a function at 70.
//!
//! Sources are formatted, so a function ends at the first line of its own
//! indentation that closes it. Blank and comment lines of a function are free,
//! and so is a uniform list that argues its length with an expected lint.

use super::{Fault, production};
use crate::checkout::{Tree, extension};

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, lines) in production::sources(tree) {
        if lines.len() > FILE_LINES_MAX {
            faults.push(Fault::new(
                path,
                0,
                format!("{} production lines; the limit is {FILE_LINES_MAX}", lines.len()),
                "move one of its stories into a file of its own, named by its noun",
            ));
        }
        faults.extend(long_functions(path, &lines));
    }
    faults
}

fn long_functions(path: &str, lines: &[(usize, &str)]) -> Vec<Fault> {
    let opens = if extension(path) == "rs" { opens_rust_function } else { opens_typescript_function };
    let mut faults = Vec::new();
    for (start, (number, line)) in lines.iter().enumerate() {
        if !opens(line) || argued(&lines[..start]) {
            continue;
        }
        let length = code_lines(&lines[start..]);
        if length > FUNCTION_LINES_MAX {
            faults.push(Fault::new(
                path,
                *number,
                format!("a function of {length} lines; the limit is {FUNCTION_LINES_MAX}"),
                "let it branch, and move each branch's work into a function whose name says it",
            ));
        }
    }
    faults
}

/// Whether the attributes just above expect the lint and say why.
fn argued(above: &[(usize, &str)]) -> bool {
    let attributes =
        above.iter().rev().take_while(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('}'));
    let text: String = attributes.map(|(_, line)| *line).collect();
    text.contains("clippy::too_many_lines") && text.contains("reason = ")
}

/// Lines of code from the function's first to the one that closes it.
fn code_lines(lines: &[(usize, &str)]) -> usize {
    let indent = lines.first().map_or(0, |(_, line)| indentation(line));
    let mut count = 0;
    for (index, (_, line)) in lines.iter().enumerate() {
        let text = line.trim();
        if !text.is_empty() && !text.starts_with("//") && !text.starts_with('*') && !text.starts_with("/*") {
            count += 1;
        }
        let at_the_door = indentation(line) == indent && !text.is_empty();
        let one_line = index == 0 && (text.ends_with('}') || text.ends_with(';'));
        let closes = index > 0
            && at_the_door
            && text.starts_with(['}', ')'])
            && !text.ends_with(['{', '('])
            && !text.ends_with("=>");
        // A signature of several lines without a body: a trait's method.
        let bodiless = index > 0 && at_the_door && text.ends_with(';');
        if one_line || closes || bodiless {
            return count;
        }
    }
    count
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn opens_rust_function(line: &str) -> bool {
    let mut words = line.trim_start().split([' ', '(']);
    loop {
        match words.next() {
            Some("pub" | "crate)" | "super)" | "const" | "async" | "unsafe" | "extern" | "default") => {}
            Some("fn") => return true,
            Some(_) | None => return false,
        }
    }
}

fn opens_typescript_function(line: &str) -> bool {
    let text = line.trim();
    let declared = [
        "function ",
        "async function ",
        "export function ",
        "export async function ",
        "export default function ",
    ]
    .iter()
    .any(|start| text.starts_with(start));
    let arrow = text.ends_with("=> {") || text.ends_with("=> (") || text.ends_with("=> ({");
    // A wrapped parameter list names its function on the line before the arrow.
    let wrapped = text.starts_with("const ") || text.starts_with("export const ");
    declared || (arrow && !text.starts_with(['}', ')'])) || (wrapped && text.ends_with('('))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> Vec<(usize, String)> {
        faults(&Tree::of(&[(path, text)])).into_iter().map(|fault| (fault.line, fault.what)).collect()
    }

    fn rust_function(lines: usize) -> String {
        format!(
            "/// Long.\npub(crate) fn long(\n    of: u8,\n) -> u8 {{\n{}}}\n",
            "    step();\n".repeat(lines)
        )
    }

    fn component(lines: usize) -> String {
        format!("export function Board({{\n  cards,\n}}: Cards) {{\n{}}}\n", "  <p>Don't</p>\n".repeat(lines))
    }

    #[test]
    fn a_long_rust_function_is_found() {
        assert_eq!(check("crates/a/src/a.rs", &rust_function(80))[0].0, 2);
        assert!(check("crates/a/src/a.rs", &rust_function(66)).is_empty());
        assert!(check("crates/a/tests/a.rs", &rust_function(80)).is_empty());
    }

    #[test]
    fn a_uniform_list_may_argue_its_length() {
        let list = rust_function(80);
        let argued = format!("#[expect(clippy::too_many_lines, reason = \"one arm per event\")]\n{list}");
        assert!(check("crates/a/src/a.rs", &argued).is_empty());
        let elsewhere =
            format!("#[expect(clippy::too_many_lines, reason = \"one\")]\nfn a() {{\n}}\n\n{list}");
        assert_eq!(check("crates/a/src/a.rs", &elsewhere).len(), 1);
    }

    #[test]
    fn comments_of_a_function_are_free() {
        let told = format!("fn told() {{\n{}}}\n", "    // why\n\n".repeat(60));
        assert!(check("crates/a/src/a.rs", &told).is_empty());
    }

    #[test]
    fn a_long_component_is_found_past_its_parameters() {
        assert_eq!(check("ui/src/nouns/board/Board.tsx", &component(80))[0].0, 1);
        assert!(check("ui/src/nouns/board/Board.tsx", &component(66)).is_empty());
    }

    #[test]
    fn a_long_arrow_is_found() {
        let arrow =
            format!("export const play = (\n  card: Card,\n) => {{\n{}}};\n", "  step();\n".repeat(80));
        assert_eq!(check("ui/src/parts/play.ts", &arrow)[0].0, 1);
    }

    #[test]
    fn a_long_file_is_found() {
        let long = "const A: u8 = 1;\n".repeat(401);
        assert!(check("crates/a/src/a.rs", &long)[0].1.starts_with("401 production lines"));
        assert!(check("crates/a/src/a.rs", &"const A: u8 = 1;\n".repeat(400)).is_empty());
        let tested = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}\n", "    // case\n".repeat(500));
        assert!(check("crates/a/src/a.rs", &tested).is_empty());
    }
}
