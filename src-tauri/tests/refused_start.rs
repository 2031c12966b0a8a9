//! A start that is refused says why in one line.

use std::process::Command;

#[test]
fn whatever_the_environment_asks_for() {
    let refused = Command::new(env!("CARGO_BIN_EXE_holdfast"))
        .args(["--loopback", "--data", "/dev/null/desk"])
        .env("RUST_BACKTRACE", "1")
        .output()
        .expect("the desk starts");
    let said = String::from_utf8(refused.stderr).expect("words");
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.starts_with("holdfast: cannot use /dev/null/desk; check the path"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
