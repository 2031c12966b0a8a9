// Carrying a card to another column without its menu: by arrows, and by a real mouse.
import { Key } from "../peers/desk.mjs";
import { CARD } from "./board.mjs";

/** Picks the focused card up by its keys, carries it one column to the right, and drops it. */
export async function carryRight(desk) {
  await desk.window.actions().keyDown(Key.CONTROL).keyDown(Key.SHIFT).sendKeys("m").keyUp(Key.SHIFT).keyUp(Key.CONTROL).perform();
  await desk.until(() => document.querySelector("[data-welcome]"), [], "the columns to say what a carried card needs");
  await desk.keys(Key.ARROW_RIGHT);
  await desk.until(() => document.querySelector("[data-over]"), [], "the carried card to stand over the next column");
  await desk.keys(Key.ENTER);
}

/** Drags a card to a column with the pointer of the display, as a hand does: no event is made up. */
export async function drag(desk, words, column) {
  const [from, to] = await desk.page(
    (css, text, wanted) => {
      const card = [...document.querySelectorAll(css)].find((one) => one.innerText.includes(text));
      return [card, document.querySelector(`[data-column="${wanted}"]`)].map((element) => {
        const { left, top, width } = element.getBoundingClientRect();
        return { x: Math.round(left + width / 2), y: Math.round(top + 30) };
      });
    },
    CARD,
    words,
    column,
  );
  const [window] = desk.visible();
  const at = ({ x, y }) => ["mousemove", "--window", window, String(x), String(y)];
  const steps = Array.from({ length: 20 }, (_, step) => (step + 1) / 20).flatMap((part) => [
    ...at({ x: Math.round(from.x + (to.x - from.x) * part), y: Math.round(from.y + (to.y - from.y) * part) }),
    "sleep",
    "0.03",
  ]);
  desk.computer.run("xdotool", [...at(from), "sleep", "0.1", "mousedown", "1", "sleep", "0.1", ...steps, "sleep", "0.4", "mouseup", "1"]);
}
