// The guard panel: what a move still needs, asked beside the work.
import { Key } from "../peers/desk.mjs";
import { fill } from "./form.mjs";

const COLUMNS = ["identified", "logged", "prioritised", "investigating", "resolving", "restored", "closed"];

/** Moves the focused card by the state menu and its number, answers what the panel asks, and commits. */
export async function moveTo(desk, column, answers) {
  await desk.keys("s");
  await desk.until(() => document.querySelector('[role="menu"]'), [], "the menu of moves");
  await desk.keys(String(COLUMNS.indexOf(column)));
  await desk.until(() => document.querySelector("aside input, aside textarea"), [], "the guard panel");
  await fill(desk, answers);
  await commit(desk);
}

/** Does what the panel asks about, and waits until it has gone. */
export async function commit(desk) {
  await desk.keys(Key.ENTER);
  await desk.until(() => !document.querySelector("aside input, aside textarea"), [], "the guard panel to go", { within: 5_000 });
}
