//! What the benches found, as a table for people.

use serde::Deserialize;

/// One number that a user would feel, or that limits one.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Measure {
    /// What was measured.
    pub(super) name: String,
    /// The number.
    pub(super) value: f64,
    /// Its unit.
    pub(super) unit: String,
    /// What the machine does at best, in the same unit.
    pub(super) floors: Vec<Floor>,
    /// What the number should be.
    pub(super) aim: String,
}

/// What the machine does at best.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Floor {
    /// By what.
    pub(super) name: String,
    /// The number.
    pub(super) value: f64,
}

/// What became of a measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Finding {
    /// It was measured.
    Measured(Measure),
    /// It could not be measured here.
    Absent {
        /// What.
        name: String,
        /// Why.
        why: String,
    },
}

/// The table, and below it what is missing.
pub(super) fn table(findings: &[Finding]) -> String {
    let mut rows = vec![["measure", "value", "aim", "floor", "ratio"].map(str::to_owned)];
    let mut absences = String::new();
    for finding in findings {
        match finding {
            Finding::Measured(measure) => rows.extend(lines(measure)),
            Finding::Absent { name, why } => absences.push_str(&format!("not measured: {name}: {why}\n")),
        }
    }
    columns(&rows) + &absences
}

/// A line for the measure with its first floor, and one for each other floor.
fn lines(measure: &Measure) -> Vec<[String; 5]> {
    let beside = |floor: &Floor| {
        let text = format!("{}: {} {}", floor.name, grouped(floor.value), measure.unit);
        (text, format!("{:.2} ×", measure.value / floor.value))
    };
    let mut floors = measure.floors.iter().map(beside);
    let (floor, ratio) = floors.next().unwrap_or_else(|| ("-".to_owned(), "-".to_owned()));
    let value = format!("{} {}", grouped(measure.value), measure.unit);
    let mut lines = vec![[measure.name.clone(), value, measure.aim.clone(), floor, ratio]];
    lines.extend(floors.map(|(floor, ratio)| [String::new(), String::new(), String::new(), floor, ratio]));
    lines
}
/// Rows with their columns aligned by characters.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str(cell);
            line.push_str(&" ".repeat(width(column) + 2 - cell.chars().count()));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// 5123456.7 as 5,123,457; a small number keeps what matters of it.
fn grouped(value: f64) -> String {
    if value.abs() < 100.0 {
        return format!("{value:.2}");
    }
    let digits = format!("{value:.0}");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let mut text = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_for_the_eye() {
        assert_eq!(grouped(5_123_456.7), "5,123,457");
        assert_eq!(grouped(999.0), "999");
        assert_eq!(grouped(-1_000.0), "-1,000");
        assert_eq!(grouped(16.604), "16.60");
    }

    #[test]
    fn a_measure_stands_beside_its_floors() {
        let floor = |name: &str, value| Floor { name: name.to_owned(), value };
        let measure = Measure {
            name: "commands".to_owned(),
            value: 2_400.0,
            unit: "/s".to_owned(),
            floors: vec![floor("one row", 4_800.0), floor("pgbench", 1_200.0)],
            aim: "≥ 2,000 /s".to_owned(),
        };
        let absent = Finding::Absent { name: "window".to_owned(), why: "no display".to_owned() };
        let text = table(&[Finding::Measured(measure), absent]);
        let rows: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(rows[0], "commands  2,400 /s  ≥ 2,000 /s  one row: 4,800 /s  0.50 ×");
        assert_eq!(rows[1].trim_start(), "pgbench: 1,200 /s  2.00 ×");
        assert_eq!(rows[2], "not measured: window: no display");
    }
}
