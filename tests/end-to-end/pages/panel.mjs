// The guard panel: what a move still needs, asked beside the work.
import { Key } from "../peers/desk.mjs";
import { fill } from "./form.mjs";

const COLUMNS = ["identified", "logged", "prioritised", "investigating", "resolving", "restored", "closed"];

/** Moves the focused card by the state menu and its number. */
export async function moveByMenu(desk, column) {
  await desk.keys("s");
  await desk.until(() => document.querySelector('[role="menu"]'), [], "the menu of moves");
  await desk.keys(String(COLUMNS.indexOf(column)));
}

/** Moves the focused card by the menu, answers what the panel asks, and commits. */
export async function moveTo(desk, column, answers) {
  await moveByMenu(desk, column);
  await answerPanel(desk, answers);
}

/** Answers what the guard panel asks by keyboard, commits by Enter, and waits until it has gone. */
export async function answerPanel(desk, answers) {
  await desk.until(() => document.querySelector("aside [data-field]"), [], "the guard panel");
  await fill(desk, answers);
  await desk.keys(Key.ENTER);
  await desk.until(() => !document.querySelector("aside [data-field]"), [], "the guard panel to go");
}
