//! What happened, as lines for people and as one hash: the same seed gives the same hash.

/// The story of one run.
#[derive(Debug)]
pub(super) struct Trace {
    hash: u64,
    kept: Option<Vec<String>>,
}

impl Trace {
    /// An empty story; its lines are kept where somebody wants to read them.
    pub(super) fn new(is_told: bool) -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, kept: is_told.then(Vec::new) }
    }

    /// One more line.
    pub(super) fn tell(&mut self, millis: i64, line: &str) {
        self.mix(&millis.to_le_bytes());
        self.mix(line.as_bytes());
        if let Some(kept) = &mut self.kept {
            kept.push(format!("{:>10}.{:03}  {line}", millis / 1_000, millis % 1_000));
        }
    }

    /// Takes bytes into the hash (FNV-1a).
    pub(super) fn mix(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.hash = (self.hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash so far.
    pub(super) const fn hash(&self) -> u64 {
        self.hash
    }

    /// The lines, where they were kept.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.kept.unwrap_or_default()
    }
}
