//! How far an import is, on the terminal's error stream: a bar, or a line each tenth where nobody looks.

use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The progress of one import.
#[derive(Debug)]
pub struct Progress {
    rows: u64,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Bar(ProgressBar),
    /// Tenths already printed.
    Lines(u64),
}

impl Progress {
    /// Starts at zero of `rows`; `is_terminal` is whether the error stream is one.
    pub fn new(rows: u64, is_terminal: bool) -> Self {
        let shown = if is_terminal { Shown::Bar(bar(rows)) } else { Shown::Lines(0) };
        Self { rows, shown }
    }

    /// Shows that `done` rows are stored; `out` takes the lines.
    pub fn reach(&mut self, done: u64, out: &mut impl Write) -> io::Result<()> {
        match &mut self.shown {
            Shown::Bar(bar) => bar.set_position(done),
            Shown::Lines(printed) => {
                let tenths = done.saturating_mul(10).checked_div(self.rows).unwrap_or(10).min(10);
                if tenths > *printed {
                    *printed = tenths;
                    writeln!(out, "import: {} % ({done} of {} rows)", tenths * 10, self.rows)?;
                }
            }
        }
        Ok(())
    }

    /// Leaves the finished bar on screen.
    pub fn finish(self) {
        if let Shown::Bar(bar) = self.shown {
            bar.finish();
        }
    }
}

fn bar(rows: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(rows), ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template(
        "{bar:40} {percent:>3} %  {human_pos} of {human_len} rows  {per_sec}  {eta} left",
    );
    // The template is a constant; were it wrong, the plain bar would do.
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_each_tenth_once() {
        let mut progress = Progress::new(1_000, false);
        let mut out = Vec::new();
        for done in [0, 40, 99, 100, 101, 350, 1_000, 1_000] {
            progress.reach(done, &mut out).expect("printed");
        }
        progress.finish();
        let out = String::from_utf8(out).expect("text");
        let tenths: Vec<_> = out.lines().map(|line| line.split(" (").next().expect("a line")).collect();
        assert_eq!(tenths, ["import: 10 %", "import: 30 %", "import: 100 %"]);
    }

    #[test]
    fn nothing_to_read_is_done_at_once() {
        let mut out = Vec::new();
        Progress::new(0, false).reach(0, &mut out).expect("printed");
        assert_eq!(String::from_utf8(out).expect("text"), "import: 100 % (0 of 0 rows)\n");
    }
}
