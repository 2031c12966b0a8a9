// The records on screen: what the door answered and pushed, keyed by id. Read-only for everyone else.
//
// A change costs what changed: only those who read a changed record are told.
import type {
  AttentionItem,
  Board,
  BoardChange,
  Card,
  Choices,
  ColumnHead,
  DutyChip,
  IncidentId,
  IncidentView,
  Local,
  SessionView,
  SignalCard,
  SignalId,
  SyncView,
} from "../bindings";
import { changeHands } from "../door";
import { learnWall, setOffset } from "../parts/clock";
import { Revisions } from "./revisions";

/** What can be listened to. */
export type Topic =
  | "board"
  | "columns"
  | "session"
  | "sync"
  | "choices"
  | "attention"
  | "duties"
  | "owed"
  | "line"
  | "held"
  | `card:${IncidentId}`
  | `signal:${SignalId}`
  | `incident:${IncidentId}`;

/** Which cards and signals changed, came or went. */
export interface Changed {
  readonly cards: readonly IncidentId[];
  readonly signals: readonly SignalId[];
}

/** What of a change is to be shown. */
type News = Omit<BoardChange, "revision">;

const NOTHING: News = { cards: [], gone: [], signals: [], signals_gone: [] };

/** One desk's records. */
export class Records {
  readonly cards = new Map<IncidentId, Card>();
  readonly signals = new Map<SignalId, SignalCard>();
  readonly incidents = new Map<IncidentId, IncidentView>();
  columns: readonly ColumnHead[] = [];
  lastClosed: Local | null = null;
  /** Whether the first board has been read. */
  boardRead = false;
  session: SessionView | null = null;
  sync: SyncView | null = null;
  choices: Choices | null = null;
  attention: readonly AttentionItem[] = [];
  /** The duties of mine that come first; read while somebody looks at them. */
  duties: readonly DutyChip[] = [];
  /** How many duties I owe. */
  owed = 0;
  /** Whether the desk itself answers. */
  lineOpen = true;
  /** Whether changes from elsewhere wait until motion is thawed. */
  held = false;

  readonly #topics = new Map<Topic, Set<() => void>>();
  readonly #watchers = new Set<(changed: Changed) => void>();
  readonly #revisions = new Revisions();
  #syncRevision = 0;
  #waiting: BoardChange[] = [];

  /** Tells `listener` whenever a topic changes. */
  subscribe(topic: Topic, listener: () => void): () => void {
    const listeners = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#topics.delete(topic);
    };
  }

  /** Whether anybody listens to a topic. */
  hears(topic: Topic): boolean {
    return this.#topics.has(topic);
  }

  /** Tells `watcher` which cards and signals changed. */
  watch(watcher: (changed: Changed) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** The whole board, read anew. */
  readBoard(board: Board): void {
    if (!this.#revisions.whole(board.revision)) return;
    const cards = new Set(board.cards.map((card) => card.id));
    const signals = new Set(board.signals.map((signal) => signal.id));
    const gone = [...this.cards.keys()].filter((id) => !cards.has(id));
    const signalsGone = [...this.signals.keys()].filter((id) => !signals.has(id));
    this.columns = board.columns;
    this.lastClosed = board.last_closed;
    this.boardRead = true;
    learnWall(board.last_closed);
    this.readOwed(board.owed);
    this.#waiting = this.#waiting.filter((change) => change.revision > board.revision);
    this.change({ ...board, gone, signals_gone: signalsGone });
    if (!this.held) this.#letIn();
    this.#tell("columns");
  }

  /**
   * What changed anywhere; waits while motion is frozen, and for the board itself: until that is read, a push may be
   * meant for the person before. What was done here is on screen already.
   */
  push(change: BoardChange): void {
    if (this.held || !this.boardRead) {
      this.#waiting.push(change);
      this.#tell("held");
      return;
    }
    const news = this.#unseen(this.#newer(change));
    if (!isNothing(news)) this.#show(news);
  }

  /** What changed here, at once. */
  change(change: BoardChange): void {
    this.#show(this.#newer(change));
  }

  /** A card as a deed will leave it, until the desk speaks of it. */
  foresee(card: Card): void {
    this.#show({ ...NOTHING, cards: [card] });
  }

  #show(change: News): void {
    for (const card of change.cards) {
      this.cards.set(card.id, card);
      learnWall(card.duty?.due_local);
    }
    for (const id of change.gone) this.cards.delete(id);
    for (const signal of change.signals) {
      this.signals.set(signal.id, signal);
      learnWall(signal.reported_local);
    }
    for (const id of change.signals_gone) this.signals.delete(id);
    const cards = [...change.cards.map((card) => card.id), ...change.gone];
    const signals = [...change.signals.map((signal) => signal.id), ...change.signals_gone];
    for (const watcher of this.#watchers) watcher({ cards, signals });
    for (const id of cards) this.#tell(`card:${id}`);
    for (const id of signals) this.#tell(`signal:${id}`);
    this.#tell("board");
  }

  /** Holds what comes from elsewhere, or lets it in. */
  hold(still: boolean): void {
    this.held = still;
    if (!still) this.#letIn();
    this.#tell("held");
  }

  #letIn(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const change of waiting) this.change(change);
  }

  /** How many changes wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  readSession(session: SessionView): void {
    const left = this.session?.person != null && session.person?.id !== this.session.person.id;
    this.session = session;
    setOffset(session.offset_ms);
    if (left) {
      changeHands();
      this.#forget();
    }
    this.#tell("session");
  }

  readSync(sync: SyncView): void {
    if (sync.revision < this.#syncRevision) return;
    this.#syncRevision = sync.revision;
    this.sync = sync;
    setOffset(sync.offset_ms);
    learnWall(sync.now);
    this.#tell("sync");
  }

  readChoices(choices: Choices): void {
    this.choices = choices;
    this.#tell("choices");
  }

  readAttention(items: readonly AttentionItem[]): void {
    this.attention = items;
    this.#tell("attention");
  }

  readDuties(duties: readonly DutyChip[]): void {
    this.duties = duties;
    this.#tell("duties");
  }

  readOwed(owed: number): void {
    this.owed = owed;
    this.#tell("owed");
  }

  readIncident(view: IncidentView): void {
    this.incidents.set(view.card.id, view);
    this.#tell(`incident:${view.card.id}`);
  }

  forgetIncident(id: IncidentId): void {
    this.incidents.delete(id);
  }

  /** The desk itself may be another when it answers again; whatever it pushed meanwhile is read anew then. */
  lineLost(): void {
    this.#revisions.forget();
    this.#syncRevision = 0;
    this.setLine(false);
  }

  setLine(open: boolean): void {
    this.lineOpen = open;
    this.#tell("line");
  }

  /** Another person's desk starts empty. */
  #forget(): void {
    const gone = [...this.cards.keys()];
    const signalsGone = [...this.signals.keys()];
    this.incidents.clear();
    this.choices = null;
    this.attention = [];
    this.duties = [];
    this.readOwed(0);
    this.boardRead = false;
    this.#waiting = [];
    this.#tell("held");
    this.#show({ ...NOTHING, gone, signals_gone: signalsGone });
  }

  /** What of a change is no older than what was told before. */
  #newer({ revision, cards, gone, signals, signals_gone }: BoardChange): News {
    const admitted = (id: IncidentId | SignalId) => this.#revisions.admits(id, revision);
    return {
      cards: cards.filter((card) => admitted(card.id)),
      gone: gone.filter(admitted),
      signals: signals.filter((signal) => admitted(signal.id)),
      signals_gone: signals_gone.filter(admitted),
    };
  }

  /** What of a change is not on screen yet. */
  #unseen(change: News): News {
    return {
      cards: change.cards.filter((card) => !same(card, this.cards.get(card.id))),
      gone: change.gone.filter((id) => this.cards.has(id)),
      signals: change.signals.filter((signal) => !same(signal, this.signals.get(signal.id))),
      signals_gone: change.signals_gone.filter((id) => this.signals.has(id)),
    };
  }

  #tell(topic: Topic): void {
    for (const listener of this.#topics.get(topic) ?? []) listener();
  }
}

function isNothing({ cards, gone, signals, signals_gone }: News): boolean {
  return cards.length + gone.length + signals.length + signals_gone.length === 0;
}

/** Whether two records of one kind say the same: the door writes their fields in one order. */
function same<T>(told: T, known: T | undefined): boolean {
  return known !== undefined && JSON.stringify(told) === JSON.stringify(known);
}

/** The records of this desk. */
export const records = new Records();
