//! Arrows between folders of the screen point down: parts → nouns → main.
//!
//! A part knows no noun, a noun knows no other noun, nothing knows `main`, and
//! the door alone knows Tauri.

use super::Fault;
use crate::checkout::{Tree, extension, stem};

const ROOT: &str = "ui/src/";

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.under(ROOT).filter(|(path, _)| matches!(extension(path), "ts" | "tsx")) {
        for (number, specifier) in imports(text) {
            faults.extend(fault(path, &specifier).map(|(what, cure)| Fault::new(path, number, what, cure)));
        }
    }
    faults
}

fn fault(path: &str, specifier: &str) -> Option<(String, &'static str)> {
    if specifier.starts_with("@tauri-apps/") {
        let door = path == "ui/src/door.ts" || path.starts_with("ui/src/door/");
        return (!door).then(|| {
            (
                format!("`{specifier}` outside the door"),
                "call it from ui/src/door.ts, and import that: the door has two hosts",
            )
        });
    }
    let target = resolve(path, specifier)?;
    match (Place::of(path), Place::of(&target)) {
        (Place::Part, Place::Noun(noun)) => Some((
            format!("a part imports the noun `{noun}`"),
            "hand the part what it draws as a property, or move it into the noun",
        )),
        (Place::Noun(from), Place::Noun(to)) if from != to => Some((
            format!("the noun `{from}` imports the noun `{to}`"),
            "move what both need into ui/src/parts, or join them in ui/src/main.tsx",
        )),
        (Place::Part | Place::Noun(_) | Place::Elsewhere, Place::Main) => Some((
            "an import of main".to_owned(),
            "main joins the nouns; hand down what they need as a property",
        )),
        (Place::Elsewhere, Place::Noun(noun)) if path.starts_with("ui/src/bindings/") => Some((
            format!("bindings import the noun `{noun}`"),
            "bindings are generated: run `cargo xtask bindings`",
        )),
        (Place::Part | Place::Noun(_) | Place::Main | Place::Elsewhere, _) => None,
    }
}

/// What a file of the screen is, by its folder.
#[derive(Debug, PartialEq)]
enum Place<'a> {
    Part,
    Noun(&'a str),
    Main,
    Elsewhere,
}

impl<'a> Place<'a> {
    fn of(path: &'a str) -> Self {
        let inside = path.strip_prefix(ROOT).unwrap_or(path);
        let mut folders = inside.split('/');
        match (folders.next(), folders.next(), folders.next()) {
            (Some("parts"), Some(_), _) => Self::Part,
            (Some("nouns"), Some(noun), Some(_)) => Self::Noun(noun),
            (Some("nouns"), Some(file), None) => Self::Noun(stem(file)),
            (Some(file), None, None) if stem(file) == "main" => Self::Main,
            _ => Self::Elsewhere,
        }
    }
}

/// The path from the root of a relative import; nothing for a package.
fn resolve(path: &str, specifier: &str) -> Option<String> {
    if let Some(inside) = specifier.strip_prefix("@/").or_else(|| specifier.strip_prefix("~/")) {
        return Some(format!("{ROOT}{inside}"));
    }
    if !specifier.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// What a file imports, re-exports or loads later, with the line that names it.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.trim();
        if code.starts_with("//") || code.starts_with('*') {
            continue;
        }
        for opening in ["from \"", "from '", "import(\"", "import('", "import \"", "import '"] {
            let Some((_, rest)) = code.split_once(opening) else { continue };
            if let Some((specifier, _)) = rest.split_once(['"', '\'']) {
                found.push((index + 1, specifier.to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> Vec<String> {
        faults(&Tree::of(&[(path, text)])).into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn a_part_that_imports_a_noun_is_found() {
        let path = "ui/src/parts/countdown.tsx";
        assert_eq!(check(path, "import { Card } from \"../nouns/board/card\";\n").len(), 1);
        assert_eq!(check(path, "const Board = lazy(() => import(\"../nouns/board\"));\n").len(), 1);
        assert!(check(path, "import { Button } from \"./button\";\n").is_empty());
    }

    #[test]
    fn a_noun_that_imports_another_is_found() {
        let path = "ui/src/nouns/board/board.tsx";
        assert_eq!(check(path, "import {\n  Entry,\n} from '../incident/entry';\n").len(), 1);
        assert!(
            check(path, "import { Card } from './card';\nimport { Dot } from '../../parts/dot';\n")
                .is_empty()
        );
    }

    #[test]
    fn nothing_imports_main() {
        assert_eq!(check("ui/src/nouns/board/board.tsx", "import { route } from '../../main';\n").len(), 1);
        assert!(check("ui/src/main.tsx", "import { Board } from './nouns/board/board';\n").is_empty());
    }

    #[test]
    fn tauri_stays_behind_the_door() {
        let import = "import { invoke } from '@tauri-apps/api/core';\n";
        assert_eq!(check("ui/src/nouns/board/board.tsx", import).len(), 1);
        assert!(check("ui/src/door.ts", import).is_empty());
    }
}
