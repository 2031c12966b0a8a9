//! What people read of a clock's stamps (§3.3, §4.1): how far one may be off, and who else saw a stop.

use incident::clock::{UNBOUNDED_MS, Witness, off_by};

#[test]
fn how_far_a_stamp_may_be_off_is_said_in_whole_seconds() {
    for (within_ms, words) in
        [(0, "by 0 s"), (1, "by 1 s"), (5_000, "by 5 s"), (5_001, "by 6 s"), (UNBOUNDED_MS, "by any time")]
    {
        assert_eq!(off_by(within_ms), words);
    }
}

#[test]
fn who_saw_a_stop_is_said_in_words() {
    assert_eq!(Witness::ALL.map(Witness::name), ["a monitor's recovery", "the client's statement"]);
}
