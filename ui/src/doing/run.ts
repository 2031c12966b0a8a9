// Doing it: one call; what changed is on screen at once, and can be taken back where that is honest.
import type { Command, CommandId, Executed, Refusal } from "../bindings";
import { call, reasonOf, Unheard } from "../door";
import { announce } from "../parts/announce";
import { records } from "../records/records";

const UNDO_MAX = 20;

/** What was done and can be taken back. */
export interface Done {
  readonly command: CommandId;
  readonly words: string;
  /** What taking it back would do; none where it cannot be. */
  readonly undo: string | null;
}

const undoable: Done[] = [];
let latest: Done | null = null;
const listeners = new Set<() => void>();

/** Executes a command and remembers how to take it back. */
export async function execute(command: Command, words: string): Promise<Executed> {
  const executed = await call("execute", { command });
  records.change(executed.change);
  remember({ command: executed.command, words, undo: executed.undo });
  announce(words);
  return executed;
}

/** An id for what a command will make; commands that make nothing need none. */
export async function freshId(): Promise<string> {
  const [id] = await call("fresh_ids", { count: 1 });
  return id ?? "";
}

/** Takes the latest deed back. */
export async function undoLatest(): Promise<void> {
  const done = undoable.pop();
  if (done === undefined) {
    say("There is nothing to take back.");
    return;
  }
  try {
    records.change(await call("undo", { command: done.command }));
    say(`Taken back: ${done.words}`);
  } catch (caught) {
    sayCaught(caught, "Not taken back: ");
  }
}

/** Shows a line that needs no answer. */
export function say(words: string): void {
  show({ command: "", words, undo: null });
  announce(words);
}

/** Says what went wrong; of what somebody asked who has left since, nothing. */
export function sayCaught(caught: unknown, lead = ""): void {
  if (!(caught instanceof Unheard)) say(lead + reasonOf(caught).message);
}

/** Says why something may not be done, and what to do instead. */
export function sayRefusal(refusal: Refusal): void {
  say(`${refusal.what} (${refusal.clause}). ${refusal.instead}`);
}

/** The toast goes. */
export function dismissToast(): void {
  show(null);
}

/** Whoever did it leaves: the next person takes nothing of it back, and neither reads nor hears of it. */
export function forgetDone(): void {
  undoable.length = 0;
  show(null);
  announce("");
}

function remember(done: Done): void {
  if (done.undo !== null) undoable.push(done);
  if (undoable.length > UNDO_MAX) undoable.shift();
  show(done);
}

function show(done: Done | null): void {
  latest = done;
  for (const listener of listeners) listener();
}

/** What the toast shows. */
export function latestDone(): Done | null {
  return latest;
}

export function onDone(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
