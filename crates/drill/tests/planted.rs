//! The drill can see: each deliberate fault is caught within fifty seeds, and nothing is caught without one.

use std::collections::BTreeSet;

use drill::world::{Plant, Script, play};

/// Seeds within which a fault must show.
const SEEDS: u64 = 50;

fn script(seed: u64, plant: Option<Plant>) -> Script {
    Script { seed, ops: 120, plant }
}

fn is_caught(plant: Plant) {
    let caught = (1..=SEEDS).find_map(|seed| Some((seed, play(script(seed, Some(plant)), false).broken?)));
    let (seed, broken) = caught.unwrap_or_else(|| panic!("{plant:?} went unseen for {SEEDS} seeds"));
    println!("{plant:?}: seed {seed}, {}", broken.lines().next().unwrap_or_default());
}

macro_rules! planted {
    ($($test:ident: $plant:ident;)*) => {
        $(#[test]
        fn $test() {
            is_caught(Plant::$plant);
        })*

        #[test]
        fn planted_faults_are_all_here() {
            assert_eq!(Plant::ALL, [$(Plant::$plant),*]);
        }
    };
}

planted! {
    planted_outcomes_dropped: OutcomesDropped;
    planted_old_frame_again: OldFrameAgain;
    planted_cursor_without_rows: CursorWithoutRows;
    planted_outbox_lost: OutboxLost;
    planted_push_reordered: PushReordered;
    planted_replay_skipped: ReplaySkipped;
    planted_refusal_outlived: RefusalOutlived;
    planted_refusal_forgotten: RefusalForgotten;
    planted_retry_unrecognised: RetryUnrecognised;
    planted_revocation_ignored: RevocationIgnored;
    planted_frames_for_all: FramesForAll;
    planted_sent_once: SentOnce;
    planted_log_rewritten: LogRewritten;
    planted_record_not_written: RecordNotWritten;
    planted_safe_too_soon: SafeTooSoon;
}

#[test]
fn planted_nothing_is_caught() {
    for seed in 1..=3 {
        assert_eq!(play(script(seed, None), false).broken, None, "seed {seed}");
    }
}

#[test]
fn a_seed_is_always_the_same() {
    let hashes: BTreeSet<u64> = (0..2).map(|_| play(script(7, None), false).hash).collect();
    assert_eq!(hashes.len(), 1);
}
