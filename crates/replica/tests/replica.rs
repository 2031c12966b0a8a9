//! The desk's copy, driven by commands and frames: no network, no clock of its own, no sleeping.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod replica {
    mod attention;
    mod board;
    mod breaches;
    mod damaged;
    mod frames;
    mod kept;
    mod laws;
    mod look_ups;
    mod optimistic;
    mod outbox;
    mod record_choices;
    mod search;
    mod world;
}
