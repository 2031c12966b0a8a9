//! Which mutants compile, all in one build: those that the compiler refuses are left out, until it refuses none.
//!
//! A refusal says where, and who answers for that place is read in `refusal`. A refusal that nobody answers for
//! ends the command, with the compiler's words.

mod refusal;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use serde::Deserialize;

use super::list::Mutant;
use super::rewrite::{self, Left, Rewritten, Said};
use super::tree::{self, Files};
use refusal::{Answer, Refusal};

/// What plays shifts, of the drill.
const SHIFT_PLAYER: &str = "shift";
/// The rule book alone answers fastest, then all that is run; what runs takes longest, and is built last.
const BUILDS: [&[&str]; 3] = [
    &["check", "--package", "incident", "--lib"],
    &["check", "--workspace", "--tests"],
    &["test", "--workspace", "--tests", "--no-run"],
];

/// What the build made.
#[derive(Debug, Default)]
pub(super) struct Programs {
    /// Plays shifts.
    pub(super) shifts: PathBuf,
    /// Programs of tests, by their name.
    pub(super) tests: BTreeMap<String, PathBuf>,
}

/// A line of what cargo says.
#[derive(Debug, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerMessage {
        message: Refusal,
    },
    CompilerArtifact {
        target: Target,
        profile: Profile,
        executable: Option<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Profile {
    test: bool,
}

/// How a round of builds ended.
enum Built {
    Whole(Programs),
    Refused(Vec<Refusal>),
}

/// Builds until nothing is refused; what was said is kept with `keep` after each round.
pub(super) fn settled(
    folder: &Path,
    files: &Files,
    mutants: &[Mutant],
    said: &mut Said,
    keep: impl Fn(&Said) -> anyhow::Result<()>,
) -> anyhow::Result<(Rewritten, Programs)> {
    loop {
        let rewritten = rewrite::all(files, mutants, said)?;
        tree::put(&folder.join("tree"), &rewritten.files)?;
        let refusals = match built(folder)? {
            Built::Whole(programs) => return Ok((rewritten, programs)),
            Built::Refused(refusals) => refusals,
        };
        let before = said.clone();
        let answers: Vec<_> = refusals.iter().map(|refusal| refusal.answer(&rewritten.parts)).collect();
        for answer in &answers {
            match answer {
                Answer::Mutants(mutants, left) => said.left.extend(mutants.iter().map(|id| (*id, *left))),
                Answer::Constant(function) => said.constant.extend([function.clone()]),
                Answer::Nobody => {}
            }
        }
        if *said == before {
            bail!(
                "the copy does not compile, and no mutant answers for it:\n{}",
                unanswered(&refusals, &answers)
            );
        }
        keep(said)?;
        let unfit = said.left.values().filter(|left| **left == Left::Unfit).count();
        println!("  {} refusals; {unfit} mutants do not compile so far", refusals.len());
    }
}

/// The compiler's words, where nobody answers for them; all of them, where somebody did before.
fn unanswered(refusals: &[Refusal], answers: &[Answer]) -> String {
    let nobodys = refusals.iter().zip(answers).filter(|(_, answer)| **answer == Answer::Nobody);
    let words: String = nobodys.map(|(refusal, _)| refusal.words()).collect();
    if words.is_empty() { refusals.iter().map(Refusal::words).collect() } else { words }
}

/// One round; the first build that fails ends it.
fn built(folder: &Path) -> anyhow::Result<Built> {
    let mut programs = Programs::default();
    for build in BUILDS {
        let output = cargo(folder, build).output().context("cargo could not be started")?;
        let refusals = heard(&String::from_utf8_lossy(&output.stdout), &mut programs)?;
        if output.status.success() {
            continue;
        }
        if refusals.is_empty() {
            bail!("cargo {} failed:\n{}", build.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        return Ok(Built::Refused(refusals));
    }
    ensure!(!programs.shifts.as_os_str().is_empty(), "nothing named `{SHIFT_PLAYER}` was built");
    Ok(Built::Whole(programs))
}

/// What cargo says: the programs it made, and what was refused.
fn heard(said: &str, programs: &mut Programs) -> anyhow::Result<Vec<Refusal>> {
    let mut refusals = Vec::new();
    for line in said.lines() {
        match serde_json::from_str(line).with_context(|| format!("cargo says `{line}`"))? {
            Line::CompilerMessage { message } if message.is_error() => refusals.push(message),
            Line::CompilerArtifact { target, profile, executable: Some(program) } => {
                match (profile.test, target.name.as_str()) {
                    (true, _) => programs.tests.extend([(target.name, program)]),
                    (false, SHIFT_PLAYER) => programs.shifts = program,
                    (false, _) => {}
                }
            }
            Line::CompilerMessage { .. } | Line::CompilerArtifact { .. } | Line::Other => {}
        }
    }
    Ok(refusals)
}

fn cargo(folder: &Path, build: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(build).arg("--message-format=json").current_dir(folder.join("tree"));
    // A lint has nothing to say about what is wrong on purpose.
    cargo.env("RUSTFLAGS", "--cap-lints allow").env("CARGO_TARGET_DIR", folder.join("build"));
    cargo.stdin(Stdio::null());
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_refusals_are_heard() {
        let artifact = |name: &str, is_test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"a","target":{{"kind":["bin"],"name":"{name}"}},"profile":{{"opt_level":"1","test":{is_test}}},"filenames":[],"executable":{executable},"fresh":true}}"#
            )
        };
        let message = |level: &str, spans: &str| {
            format!(
                r#"{{"reason":"compiler-message","message":{{"level":"{level}","message":"m","code":null,"children":[{{"children":[],"level":"help","message":"h","code":null,"spans":[],"rendered":null}}],"spans":[{spans}],"rendered":"{level}: m\n"}}}}"#
            )
        };
        let span = r#"{"file_name":"a.rs","byte_start":1,"byte_end":2,"is_primary":true,"line_start":1,"text":[],"expansion":null}"#;
        let said = [
            artifact("serde", false, "null"),
            artifact("shift", false, r#""/t/shift""#),
            artifact("shift", true, r#""/t/shift-1""#),
            artifact("laws", true, r#""/t/laws-2""#),
            message("warning", span),
            message("error", span),
            message("error", ""),
            r#"{"reason":"build-finished","success":false}"#.to_owned(),
        ];
        let mut programs = Programs::default();
        let refusals = heard(&said.join("\n"), &mut programs).unwrap();
        assert_eq!(refusals.iter().map(Refusal::words).collect::<Vec<_>>(), ["error: m\n"]);
        assert_eq!(programs.shifts, PathBuf::from("/t/shift"));
        assert_eq!(programs.tests.keys().collect::<Vec<_>>(), ["laws", "shift"]);
        assert!(heard("Compiling", &mut programs).is_err());
    }
}
