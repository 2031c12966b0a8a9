//! The system of record, as one binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
