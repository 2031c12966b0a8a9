//! What the whole run says at its end.

use std::fmt;

/// How long a failing step's log is shown.
const LAST_LINES: usize = 60;

/// One step, done.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) step: &'static str,
    pub(super) seconds: f64,
    pub(super) verdict: Verdict,
}

/// How it ended, and in what words.
#[derive(Debug)]
pub(super) enum Verdict {
    Passed(String),
    Failed(String),
    Skipped(String),
}

impl Verdict {
    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verdict, word) = match self {
            Self::Passed(word) => ("passed", word),
            Self::Failed(word) => ("FAILED", word),
            Self::Skipped(word) => ("skipped", word),
        };
        if word.is_empty() { out.write_str(verdict) } else { write!(out, "{verdict}  {word}") }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:14} {:7.1} s  {}", self.step, self.seconds, self.verdict)
    }
}

pub(super) fn table(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The last line of the run.
pub(super) fn closing(lines: &[Line]) -> String {
    let count = |is: fn(&Verdict) -> bool| lines.iter().filter(|line| is(&line.verdict)).count();
    let passed = count(|verdict| matches!(verdict, Verdict::Passed(_)));
    let failed = count(Verdict::is_failure);
    let skipped = count(|verdict| matches!(verdict, Verdict::Skipped(_)));
    let mut text = format!("{passed} passed, {failed} failed");
    if skipped > 0 {
        text.push_str(&format!(", {skipped} skipped"));
    }
    text
}

/// The end of a log, where the reason stands.
pub(super) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LAST_LINES);
    lines.get(from..).unwrap_or_default().iter().map(|line| format!("   │ {line}\n")).collect()
}

/// The last line of the form `N passed, N failed`, if the log has one.
pub(super) fn counted(text: &str) -> Option<String> {
    let is_count = |line: &&str| {
        let mut words = line.split([' ', ',']).filter(|word| !word.is_empty());
        let mut number = || words.next().is_some_and(|word| word.parse::<u64>().is_ok());
        number() && line.contains(" passed, ") && line.contains(" failed")
    };
    text.lines().rev().map(str::trim).find(is_count).map(str::to_owned)
}

/// The sum of what every `cargo test` binary in the log says.
pub(super) fn cargo_tests(text: &str) -> String {
    let passed = |line: &str| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u64>().ok();
    let total: u64 = text.lines().filter_map(passed).sum();
    format!("{total} tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(step: &'static str, verdict: Verdict) -> Line {
        Line { step, seconds: 1.25, verdict }
    }

    #[test]
    fn the_closing_line_counts_steps() {
        let lines = [
            line("tidy", Verdict::Passed(String::new())),
            line("drill", Verdict::Failed("seed 7".to_owned())),
            line("alerts", Verdict::Skipped("no folder".to_owned())),
        ];
        assert_eq!(closing(&lines), "1 passed, 1 failed, 1 skipped");
        assert_eq!(closing(&lines[..1]), "1 passed, 0 failed");
        assert!(table(&lines).contains("drill              1.2 s  FAILED  seed 7"));
    }

    #[test]
    fn counts_are_read_from_logs() {
        assert_eq!(counted("case 1\n110 passed, 0 failed\n"), Some("110 passed, 0 failed".to_owned()));
        assert_eq!(counted("it passed, nothing failed\n"), None);
        let log = "test result: ok. 12 passed; 0 failed;\nx\ntest result: ok. 30 passed; 0 failed;\n";
        assert_eq!(cargo_tests(log), "42 tests");
    }

    #[test]
    fn only_the_end_of_a_log_is_shown() {
        let text: String = (0..100).map(|number| format!("{number}\n")).collect();
        let shown = last_lines(&text);
        assert_eq!(shown.lines().count(), 60);
        assert!(shown.starts_with("   │ 40\n"));
    }
}
