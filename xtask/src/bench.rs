//! Measures of speed, each beside the floor that the same machine sets.
//!
//! What is printed is what was measured; an aim is never bent to a result.

mod business_time;

use std::path::Path;
use std::process::Command;

use crate::process;

/// What to measure.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Measure these alone
    #[arg(value_name = "NAME")]
    only: Vec<String>,
}

/// One number that a user would feel, or that limits one.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    /// What was measured.
    pub(crate) name: &'static str,
    /// The number.
    pub(crate) value: f64,
    /// Its unit.
    pub(crate) unit: &'static str,
    /// What the machine does at best, by name and in the same unit.
    pub(crate) floor: Option<(&'static str, f64)>,
    /// What the number should be.
    pub(crate) aim: &'static str,
}

/// A bench by its name, in its own file.
struct Bench {
    name: &'static str,
    run: fn(&Path) -> anyhow::Result<Vec<Measure>>,
}

const BENCHES: [Bench; 1] = [Bench { name: "business-time", run: business_time_bench }];

fn business_time_bench(_root: &Path) -> anyhow::Result<Vec<Measure>> {
    Ok(vec![Measure {
        name: "business time, due moments on one core",
        value: business_time::due_per_second(),
        unit: "/s",
        floor: None,
        aim: "≥ 5,000,000 /s",
    }])
}

/// Runs the benches, and prints their table.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<bool> {
    if let Some(unknown) = options.only.iter().find(|name| BENCHES.iter().all(|bench| bench.name != **name)) {
        let known: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        anyhow::bail!("there is no bench `{unknown}`; there are: {}", known.join(", "));
    }
    if cfg!(debug_assertions) {
        return optimised(root, options);
    }
    let mut measures = Vec::new();
    for bench in
        BENCHES.iter().filter(|bench| options.only.is_empty() || options.only.iter().any(|n| n == bench.name))
    {
        eprintln!("measuring {} …", bench.name);
        measures.extend((bench.run)(root)?);
    }
    print!("{}", table(&measures));
    Ok(true)
}

/// An unoptimised number says nothing: the optimised build of this program measures.
fn optimised(root: &Path, options: &Options) -> anyhow::Result<bool> {
    eprintln!("building with optimisations …");
    let mut again = Command::new("cargo");
    again.args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench"]).args(&options.only);
    process::shown(again.current_dir(root))?;
    Ok(true)
}

fn table(measures: &[Measure]) -> String {
    let mut rows = vec![["measure", "value", "aim", "floor", "ratio"].map(str::to_owned)];
    for measure in measures {
        let (floor, ratio) = match measure.floor {
            Some((name, value)) => (
                format!("{name}: {} {}", grouped(value), measure.unit),
                format!("{:.2} ×", measure.value / value),
            ),
            None => ("-".to_owned(), "-".to_owned()),
        };
        let value = format!("{} {}", grouped(measure.value), measure.unit);
        rows.push([measure.name.to_owned(), value, measure.aim.to_owned(), floor, ratio]);
    }
    columns(&rows)
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
    fn a_measure_stands_beside_its_floor() {
        let measure = Measure {
            name: "commands",
            value: 2_400.0,
            unit: "/s",
            floor: Some(("one row", 4_800.0)),
            aim: "≥ 2,000 /s",
        };
        let text = table(&[measure]);
        let row = text.lines().last().unwrap();
        assert_eq!(row, "commands  2,400 /s  ≥ 2,000 /s  one row: 4,800 /s  0.50 ×");
    }
}
