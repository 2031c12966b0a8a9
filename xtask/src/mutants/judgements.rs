//! What people say of the mutants that nothing notices: the table of docs/mutants.md.
//!
//! | place | mutant | judgement |, where the place is a file and the mutant its name without a line.

use std::collections::BTreeMap;
use std::path::Path;

use super::list::Key;

/// Where they stand.
pub(super) const DOCUMENT: &str = "docs/mutants.md";

/// By mutant; the words may be missing.
pub(super) type Judgements = BTreeMap<Key, String>;

/// Every judgement of the document; none where there is no document.
pub(super) fn read(root: &Path) -> Judgements {
    parse(&std::fs::read_to_string(root.join(DOCUMENT)).unwrap_or_default())
}

/// The rows whose first cell names a source.
fn parse(text: &str) -> Judgements {
    let rows = text.lines().filter_map(|line| cells(line.trim()));
    let rows = rows.filter(|[place, _, _]| place.ends_with(".rs"));
    rows.map(|[file, what, judgement]| (Key { file, what }, judgement)).collect()
}

/// The three cells of a row, without the marks of code and of a bar that divides nothing.
fn cells(row: &str) -> Option<[String; 3]> {
    let inside = row.strip_prefix('|')?.strip_suffix('|')?;
    let bar = "\u{0}";
    let whole = inside.replace("\\|", bar);
    let cells: Vec<String> =
        whole.split('|').map(|cell| cell.trim().trim_matches('`').replace(bar, "|")).collect();
    cells.try_into().ok()
}

/// The row of a mutant, as it would stand in the table.
pub(super) fn row(key: &Key, judgement: &str) -> String {
    format!("| `{}` | `{}` | {judgement} |", key.file, key.what.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_is_written() {
        let key = Key { file: "crates/a/src/a.rs".to_owned(), what: "replace || with && in f #2".to_owned() };
        let row = row(&key, "The two never differ.");
        assert_eq!(row, "| `crates/a/src/a.rs` | `replace \\|\\| with && in f #2` | The two never differ. |");
        let text = format!("# Mutants\n\n| place | mutant | judgement |\n| --- | --- | --- |\n{row}\n");
        assert_eq!(parse(&text), BTreeMap::from([(key, "The two never differ.".to_owned())]));
    }
}
