//! The hash chain: what it commits to, byte by byte (§4.1: records stand up to an audit).
//!
//! **Never change what is here**: every event ever written is verified by it.
//! A part is committed to with a salt, so that an erased body cannot be guessed back from its commitment.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::column::Hash;

const PART: u8 = 1;
const EVENT: u8 = 2;
const LINK: u8 = 3;

/// The one field group there is.
pub(crate) const EVERYTHING: u64 = 0;

/// The chain before the first event of the first epoch.
pub(crate) const GENESIS: Hash = [0; 32];

/// What the chain says of an event beside its parts. Fields stand in alphabetical order.
#[derive(Debug, Serialize)]
pub(crate) struct Header<'a> {
    pub(crate) actor: Uuid,
    pub(crate) at: i64,
    pub(crate) command: Uuid,
    pub(crate) epoch: Uuid,
    pub(crate) idx: u64,
    pub(crate) kind: &'a str,
    pub(crate) received: i64,
    pub(crate) seq: u64,
    pub(crate) subject: Uuid,
    pub(crate) subject_kind: &'a str,
    pub(crate) subject_rev: u64,
    pub(crate) v: u64,
}

/// Commitment to one field group of an event.
pub(crate) fn commitment(salt: &[u8], seq: u64, group: u64, body: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([PART]);
    hash.update(salt);
    hash.update(seq.to_be_bytes());
    hash.update(group.to_be_bytes());
    hash.update(body);
    hash.finalize().into()
}

/// Hash of an event: its header and the commitments to its parts, in order of their groups.
pub(crate) fn event_hash(header: &Header<'_>, commitments: &[Hash]) -> serde_json::Result<Hash> {
    let mut hash = Sha256::new();
    hash.update([EVENT]);
    hash.update(serde_json::to_vec(header)?);
    for commitment in commitments {
        hash.update(commitment);
    }
    Ok(hash.finalize().into())
}

/// The chain after one more event.
pub(crate) fn link(before: &Hash, event: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update([LINK]);
    hash.update(before);
    hash.update(event);
    hash.finalize().into()
}

/// SHA-256 of what a command says, to tell a retry from another command under the same id.
pub(crate) fn body_hash(body: &impl Serialize) -> serde_json::Result<Hash> {
    Ok(Sha256::digest(canonical(body)?).into())
}

/// JSON without spaces, with the names of every object sorted.
pub(crate) fn canonical(value: &impl Serialize) -> serde_json::Result<String> {
    let mut text = String::with_capacity(256);
    write(&serde_json::to_value(value)?, &mut text)?;
    Ok(text)
}

fn write(value: &Value, text: &mut String) -> serde_json::Result<()> {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| name.as_str());
            text.push('{');
            for (place, (name, value)) in fields.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&serde_json::to_string(name)?);
                text.push(':');
                write(value, text)?;
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(item, text)?;
            }
            text.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&serde_json::to_string(value)?);
        }
    }
    Ok(())
}
