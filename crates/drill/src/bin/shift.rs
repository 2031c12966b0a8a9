//! `shift FILE…`: plays shifts against the rule book, and ends with 1 at the first that ends otherwise than it says.
//!
//! It needs neither desks nor a server: `cargo xtask mutants` builds it without the feature `world`.

use std::path::Path;
use std::process::ExitCode;

use drill::shift::{Shift, play};

fn main() -> ExitCode {
    for path in std::env::args().skip(1) {
        if let Err(wrong) = played(Path::new(&path)) {
            println!("{wrong}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// What cannot be read, or the first line that ends otherwise.
fn played(path: &Path) -> Result<(), String> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
    let shift = Shift::parse(&file, &text)?;
    play(&shift).first().map_or(Ok(()), |failure| Err(failure.to_string()))
}
