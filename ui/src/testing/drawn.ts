// What an invented desk draws: each later than the one before, whichever desk of a test draws it.
import type { Board, BoardChange } from "../bindings";

let revision = 0;

/** The next revision. */
export function nextRevision(): number {
  return ++revision;
}

/** A change of the board, drawn now. */
export function changeOf(change: Partial<BoardChange>): BoardChange {
  return { revision: nextRevision(), cards: [], gone: [], signals: [], signals_gone: [], ...change };
}

/** A whole board, drawn now. */
export function boardOf(board: Partial<Board>): Board {
  const nothing = { columns: [], cards: [], signals: [], last_closed: null, owed: 0 };
  return { revision: nextRevision(), ...nothing, ...board };
}
