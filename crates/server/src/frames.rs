//! Frames: what one desk has not seen yet, taken in one snapshot, cut to what its person may see.
//!
//! Change and filling are two walks of one index: upwards from the cursor, downwards from the mark.

mod board;
mod delta;
mod entry;
mod fill;

use std::collections::BTreeSet;

use incident::{CommandId, DeskId, PersonId, Timestamp};
use protocol::{
    FRAME_RECORDS_MAX, Fault, FaultCode, Frame, Image, Kind, Outcome, PROTOCOL, PullRequest, ScopeFill,
    ScopeId, Stage,
};
use rusqlite::{Connection, params};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::fault::{diverged, fault};
use crate::store::{Error, Head, chain_at, counted, hex, id, read_head, scopes_of, stored};

/// Scopes in one request; a desk with more is not one of ours.
const SCOPES_MAX: usize = 20_000;
/// Outcomes sent to a desk that begins anew.
const OUTCOMES_FIRST_MAX: usize = 2_000;

/// What a request sees: one snapshot, one person.
struct Sight<'a> {
    conn: &'a Connection,
    head: Head,
    request: &'a PullRequest,
    /// Scopes the person sees and the desk holds.
    held: Vec<ScopeFill>,
    /// Scopes the person sees and the desk does not hold yet.
    grant: Vec<ScopeId>,
    /// Scopes the desk holds and the person no longer sees.
    revoke: Vec<ScopeId>,
}

/// The next frame. `conn` must be in a transaction.
pub(crate) fn pull(
    conn: &Connection,
    request: &PullRequest,
    person: PersonId,
    now: Timestamp,
) -> Result<Frame, Fault> {
    let sight = Sight::take(conn, request, person)?;
    let is_first = request.stage == Stage::Board && request.scopes.is_empty();
    let head = sight.head;
    let mut frame = Frame {
        epoch: head.epoch,
        from: request.cursor,
        to: head.seq,
        chain: String::new(),
        safe: head.safe_seq,
        now,
        revoke: sight.revoke.clone(),
        grant: sight.grant.clone(),
        leave: Vec::new(),
        put: Vec::new(),
        outcomes: Vec::new(),
        fill: None,
        remaining: 0,
    };
    if is_first {
        frame.put = board::board(conn, &sight.grant)?;
    } else {
        delta::delta(&sight, &mut frame)?;
        frame.put.extend(board::settings(conn, &sight.grant)?);
        if frame.to == head.seq && frame.put.len() < FRAME_RECORDS_MAX {
            let room = FRAME_RECORDS_MAX - frame.put.len();
            frame.fill = fill::page(&sight, room)?;
        }
    }
    let first_only = is_first.then_some(OUTCOMES_FIRST_MAX);
    frame.outcomes = outcomes(conn, request.desk, person, request.cursor, frame.to, first_only)?;
    frame.remaining = fill::remaining(&sight, &frame)?;
    frame.chain = chain_at(conn, frame.to)?.map(|chain| hex(&chain)).unwrap_or_default();
    Ok(frame)
}

/// Whether a desk has anything to do with the frame but move its cursor.
pub fn has_news(frame: &Frame) -> bool {
    !(frame.revoke.is_empty()
        && frame.grant.is_empty()
        && frame.leave.is_empty()
        && frame.put.is_empty()
        && frame.outcomes.is_empty()
        && frame.fill.is_none())
}

/// The request that follows on a frame, as the desk would send it after applying it.
pub fn advance(request: &mut PullRequest, frame: &Frame) {
    request.epoch = Some(frame.epoch);
    request.cursor = frame.to;
    request.chain = Some(frame.chain.clone());
    request.stage = Stage::Fill;
    request.scopes.retain(|held| !frame.revoke.contains(&held.scope));
    request.scopes.extend(frame.grant.iter().map(|scope| ScopeFill { scope: *scope, low: frame.to }));
    if let Some(fill) = &frame.fill {
        for held in request.scopes.iter_mut().filter(|held| held.scope == fill.scope) {
            held.low = fill.low;
        }
    }
}

impl<'a> Sight<'a> {
    fn take(conn: &'a Connection, request: &'a PullRequest, person: PersonId) -> Result<Self, Fault> {
        let head = read_head(conn)?;
        check(conn, request, &head)?;
        let seen: BTreeSet<ScopeId> = scopes_of(conn, person)?.into_iter().collect();
        let asked: BTreeSet<ScopeId> = request.scopes.iter().map(|held| held.scope).collect();
        Ok(Self {
            conn,
            head,
            request,
            held: request.scopes.iter().copied().filter(|held| seen.contains(&held.scope)).collect(),
            grant: seen.difference(&asked).copied().collect(),
            revoke: asked.difference(&seen).copied().collect(),
        })
    }
}

/// The desk speaks our protocol and follows this very history.
fn check(conn: &Connection, request: &PullRequest, head: &Head) -> Result<(), Fault> {
    if request.protocol != PROTOCOL {
        let message = format!(
            "This server speaks protocol {PROTOCOL}, the desk {}; update whichever is older. The desk keeps working offline until then.",
            request.protocol
        );
        return Err(fault(FaultCode::ProtocolUnsupported, message));
    }
    if request.scopes.len() > SCOPES_MAX {
        return Err(fault(
            FaultCode::Malformed,
            format!(
                "A desk holds at most {SCOPES_MAX} scopes, this one says {}; fill it anew. Nothing was changed.",
                request.scopes.len()
            ),
        ));
    }
    if request.desk.0.is_nil() {
        let message = "A desk has an id of its own, not zeros. Nothing was changed.";
        return Err(fault(FaultCode::Malformed, message));
    }
    let follows = match request.epoch {
        None => request.cursor == 0,
        Some(epoch) => epoch == head.epoch && same_chain(conn, request)?,
    };
    if follows {
        return Ok(());
    }
    Err(diverged(head.epoch))
}

fn same_chain(conn: &Connection, request: &PullRequest) -> Result<bool, Error> {
    let known = chain_at(conn, request.cursor)?.map(|chain| hex(&chain));
    Ok(match (&known, &request.chain) {
        (Some(known), Some(claimed)) => known == claimed,
        (Some(_), None) => request.cursor == 0,
        (None, _) => false,
    })
}

/// Outcomes of this desk's commands, for the person who gave them alone.
fn outcomes(
    conn: &Connection,
    desk: DeskId,
    person: PersonId,
    from: u64,
    to: u64,
    last_only: Option<usize>,
) -> Result<Vec<Outcome>, Error> {
    let mut statement = conn.prepare_cached(
        "SELECT id, desk_seq, verdict FROM command_log
         WHERE desk = ?1 AND actor = ?2 AND seq > ?3 AND seq <= ?4 ORDER BY seq DESC LIMIT ?5",
    )?;
    let limit = last_only.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
    let mut rows = statement.query(params![
        desk.0.into_bytes(),
        person.0.into_bytes(),
        stored(from),
        stored(to),
        limit
    ])?;
    let mut outcomes = Vec::new();
    while let Some(row) = rows.next()? {
        let verdict: String = row.get(2)?;
        outcomes.push(Outcome {
            id: CommandId(id(row, 0)?),
            desk_seq: counted(row.get(1)?),
            verdict: serde_json::from_str(&verdict)?,
        });
    }
    outcomes.reverse();
    Ok(outcomes)
}

/// One record as it is now.
fn image(conn: &Connection, of: Uuid, scope: ScopeId) -> Result<Option<Image>, Error> {
    let mut statement = conn.prepare_cached("SELECT kind, rev, doc FROM record WHERE id = ?1")?;
    let mut rows = statement.query([of.into_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let kind: String = row.get(0)?;
    let kind = Kind::from_name(&kind).ok_or_else(|| Error::Corrupt(format!("a record of kind {kind:?}")))?;
    let doc = RawValue::from_string(row.get(2)?)?;
    Ok(Some(Image { kind, id: of, of, scope, rev: counted(row.get(1)?), doc }))
}

/// A record with its timeline, newest line first; nothing where it is gone.
fn whole(conn: &Connection, of: Uuid, scope: ScopeId, put: &mut Vec<Image>) -> Result<(), Error> {
    let Some(image) = image(conn, of, scope)? else { return Ok(()) };
    let has_timeline = image.kind == Kind::INCIDENT;
    put.push(image);
    if has_timeline {
        entry::of(conn, of, scope, entry::ENTRIES_MAX, put)?;
    }
    Ok(())
}

/// Scopes as SQL takes a set.
fn set(scopes: impl Iterator<Item = ScopeId>) -> String {
    let ids: Vec<String> = scopes.map(|scope| scope.0.to_string()).collect();
    format!("[{}]", ids.join(","))
}
