//! What the policy says of many incidents, and of the house: the clause register as a page of text (§4.1).
//!
//! It prints what `incident` judged. Where the records came from another desk's file, it says how each count can
//! be made again from that file by hand.

use std::fmt::Write;

use incident::agreement::ClockKind;
use incident::clock::{Reading, Verdict};
use incident::compliance::{self, CLAUSES, Clause, Judgement, Register};

/// How a number can be counted again from where it came.
pub type ByHand = fn(&str) -> Option<&'static str>;

/// The page.
#[derive(Debug)]
pub struct PolicyReport<'a> {
    /// What was judged, such as "24918 incidents in …".
    pub about: String,
    /// When it was judged.
    pub at: String,
    /// The agreement that was applied to incidents without one; none means "no target".
    pub agreement: Option<String>,
    /// The counts.
    pub register: &'a Register,
    /// What holds of the house as a whole: each of these clauses has a line of its own, and is not counted.
    pub house: &'a [Judgement],
    /// What the clocks said.
    pub clocks: &'a Clocks,
    /// Counts of the file itself, each with how it is counted.
    pub file: Vec<(&'static str, u64, &'static str)>,
    /// How a clause's failures are counted by hand.
    pub by_hand: ByHand,
}

/// Verdicts of the clocks, counted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Clocks([[u64; 7]; 3]);

const VERDICTS: [&str; 7] =
    ["met", "breached", "pending", "no target", "uncertain", "not counted", "excepted"];

impl Clocks {
    /// Counts the clocks of one incident.
    pub fn count(&mut self, readings: &[Reading]) {
        for reading in readings {
            let place = match reading.verdict {
                Verdict::Met { .. } => 0,
                Verdict::Breached { .. } => 1,
                Verdict::Pending => 2,
                Verdict::NoTarget { .. } => 3,
                Verdict::Uncertain { .. } => 4,
                Verdict::NotApplicable => 5,
                Verdict::Excluded { .. } => 6,
            };
            let kind = ClockKind::ALL.iter().position(|kind| *kind == reading.kind);
            if let Some(row) = kind.and_then(|kind| self.0.get_mut(kind)) {
                row[place] += 1;
            }
        }
    }
}

impl std::fmt::Display for PolicyReport<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "What the policy says of {}", self.about)?;
        writeln!(out, "judged as of {}", self.at)?;
        match &self.agreement {
            Some(agreement) => {
                writeln!(out, "under {agreement}, where an incident had no agreement of its own")?
            }
            None => {
                writeln!(out, "no agreement was given: a clock without a target is \"no target\", never met")?
            }
        }
        self.file_counts(out)?;
        self.clock_counts(out)?;
        self.clause_counts(out)?;
        self.house_lines(out)?;
        self.counted_by_hand(out)
    }
}

impl PolicyReport<'_> {
    fn file_counts(&self, out: &mut impl Write) -> std::fmt::Result {
        if self.file.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nThe file")?;
        for (what, count, how) in &self.file {
            writeln!(out, "{count:>8}  {what}: {how}")?;
        }
        Ok(())
    }

    fn clock_counts(&self, out: &mut impl Write) -> std::fmt::Result {
        write!(out, "\n{:<12}", "Clocks")?;
        VERDICTS.iter().try_for_each(|verdict| write!(out, "{verdict:>13}"))?;
        writeln!(out)?;
        for (kind, row) in ClockKind::ALL.iter().zip(self.clocks.0) {
            write!(out, "{:<12}", kind.name())?;
            row.iter().try_for_each(|count| write!(out, "{count:>13}"))?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn clause_counts(&self, out: &mut impl Write) -> std::fmt::Result {
        let columns = ["kept", "failed", "excepted", "afterwards", "not due", "no question", "for people"];
        write!(out, "\n{:<9}", "Clause")?;
        columns.iter().try_for_each(|column| write!(out, "{column:>12}"))?;
        writeln!(out, "  demand")?;
        let is_counted = |clause: &Clause| self.house.iter().all(|judged| judged.clause != clause.id);
        let lines = self.register.lines.iter().zip(CLAUSES);
        for (line, clause) in lines.filter(|(_, clause)| is_counted(clause)) {
            let tally = line.tally;
            write!(out, "{:<9}", line.clause)?;
            for count in [
                tally.kept,
                tally.failed,
                tally.excepted,
                tally.excepted_afterwards,
                tally.not_due_yet,
                tally.not_applicable,
                tally.needs_human_review,
            ] {
                write!(out, "{count:>12}")?;
            }
            writeln!(out, "  {}", clause.demand)?;
        }
        Ok(())
    }

    fn house_lines(&self, out: &mut impl Write) -> std::fmt::Result {
        if self.house.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nThe house")?;
        for judged in self.house {
            let demand = Clause::of(judged.clause).map_or("", |clause| clause.demand);
            writeln!(out, "{:<9}{:>12}  {demand}", judged.clause, column(judged.verdict))?;
            writeln!(out, "{:<23}{}", "", judged.why)?;
        }
        Ok(())
    }

    fn counted_by_hand(&self, out: &mut impl Write) -> std::fmt::Result {
        let mut how = self
            .register
            .lines
            .iter()
            .filter_map(|line| Some((line, (self.by_hand)(line.clause)?)))
            .peekable();
        if how.peek().is_some() {
            writeln!(out, "\nHow to count the failures again from the file")?;
        }
        how.try_for_each(|(line, how)| writeln!(out, "{:<9}{:>8}  {how}", line.clause, line.tally.failed))
    }
}

/// A verdict, by the name of the column that counts it.
const fn column(verdict: compliance::Verdict) -> &'static str {
    match verdict {
        compliance::Verdict::Kept => "kept",
        compliance::Verdict::Failed { .. } => "failed",
        compliance::Verdict::Excepted { is_retroactive: false, .. } => "excepted",
        compliance::Verdict::Excepted { is_retroactive: true, .. } => "afterwards",
        compliance::Verdict::NotDueYet { .. } => "not due",
        compliance::Verdict::NotApplicable => "no question",
        compliance::Verdict::NeedsHumanReview => "for people",
    }
}

#[cfg(test)]
mod tests {
    use incident::clock::ClockState;
    use incident::{Records, Severity, Timestamp};

    use super::*;

    #[test]
    fn every_clause_has_its_line_and_its_way_to_count() {
        let (mut register, clocks) = (Register::empty(), Clocks::default());
        register.lines[0].tally.failed = 7;
        let page = PolicyReport {
            about: "3 incidents in a test".to_owned(),
            at: "2026-06-01T09:00:00Z".to_owned(),
            agreement: None,
            register: &register,
            house: &[],
            clocks: &clocks,
            file: vec![("incidents", 3, "different values of number")],
            by_hand: |clause| (clause == "§3.1/1").then_some("count the sevens"),
        }
        .to_string();
        for clause in CLAUSES {
            assert_eq!(
                page.matches(&format!("\n{:<9}", clause.id)).count(),
                1 + usize::from(clause.id == "§3.1/1")
            );
        }
        assert!(page.contains("       3  incidents: different values of number"));
        assert!(page.contains("§3.1/1          7  count the sevens"));
        assert!(page.contains("\"no target\", never met"));
    }

    #[test]
    fn trap_32_what_is_not_counted_stands_in_a_column_of_its_own() {
        let cancelled = Reading {
            kind: ClockKind::Resolution,
            severity: Severity::Three,
            target: None,
            started: Timestamp::from_millis(1_800_000_000_000),
            due: None,
            attention: None,
            state: ClockState::NotCounted,
            verdict: Verdict::NotApplicable,
            broken: None,
            response: None,
            excepted_afterwards: None,
            corrected: None,
        };
        let mut clocks = Clocks::default();
        clocks.count(&[cancelled.clone(), cancelled]);
        let page = PolicyReport {
            about: "2 incidents in a test".to_owned(),
            at: "2027-01-15T08:00:00Z".to_owned(),
            agreement: None,
            register: &Register::empty(),
            house: &[],
            clocks: &clocks,
            file: Vec::new(),
            by_hand: |_| None,
        }
        .to_string();
        let line =
            |name: &str| page.lines().find(|line| line.starts_with(name)).expect("a line of the clocks");
        let column = line("Clocks").find("not counted").expect("the column") + "not counted".len();
        assert!(line("Resolution").get(..column).expect("as many columns").ends_with(" 2"));
        let counts: Vec<_> = line("Resolution").split_whitespace().skip(1).collect();
        assert_eq!(counts, ["0", "0", "0", "0", "0", "2", "0"], "neither met nor broken");
    }

    #[test]
    fn the_house_has_lines_of_its_own() {
        let house = compliance::house(&Records::default(), Timestamp::from_millis(1_800_000_000_000));
        assert!(!house.is_empty());
        let page = PolicyReport {
            about: "no incidents in a test".to_owned(),
            at: "2027-01-15T08:00:00Z".to_owned(),
            agreement: None,
            register: &Register::empty(),
            house: &house,
            clocks: &Clocks::default(),
            file: Vec::new(),
            by_hand: |_| None,
        }
        .to_string();
        let (counted, own) = page.split_once("\nThe house\n").expect("lines of the house");
        for judged in &house {
            let line = format!("{:<9}{:>12}  ", judged.clause, column(judged.verdict));
            assert!(own.lines().any(|found| found.starts_with(&line)), "{line}");
            assert!(own.contains(&*judged.why), "{}", judged.clause);
            let clause = format!("{:<9}", judged.clause);
            assert!(counted.lines().all(|found| !found.starts_with(&clause)), "{clause}");
        }
    }
}
