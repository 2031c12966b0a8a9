// The board and the triage inbox, as a person with a keyboard meets them.
import { Key } from "../peers/desk.mjs";

export const CARD = "[data-card]";
export const SIGNAL = "[data-signal]";

/** Goes to a place by its two keys: `b`, `t`, `m`. */
export async function goTo(desk, letter) {
  await leaveFields(desk);
  await desk.keys("g", letter);
  const place = { b: "#/board", t: "#/triage", m: "#/my-work" }[letter];
  await desk.until((hash) => location.hash.startsWith(hash) || (hash === "#/board" && location.hash === ""), [place], `the address ${place}`);
}

/** Keys of one letter work where nothing is being typed. */
async function leaveFields(desk) {
  await desk.page(() => document.activeElement?.blur?.());
}

/** Waits for a card that holds the words, and gives its column and text. */
export async function seeCard(desk, words, { column, within } = {}) {
  return desk.until(
    (css, text, where) => {
      for (const card of document.querySelectorAll(css)) {
        if (!card.innerText.includes(text)) continue;
        const at = card.closest("[data-column]")?.dataset.column;
        if (!where || at === where) return { column: at, text: card.innerText.replace(/\s+/g, " "), id: card.dataset.card };
      }
      return undefined;
    },
    [CARD, words, column],
    `a card "${words}"${column ? ` in ${column}` : ""}`,
    { within },
  );
}

/** Puts the focus on a card, as arrows would. */
export async function focusCard(desk, words) {
  await desk.until(
    (css, text) => {
      const card = [...document.querySelectorAll(css)].find((one) => one.innerText.includes(text));
      const link = card?.querySelector("a");
      link?.focus();
      return link && document.activeElement === link;
    },
    [CARD, words],
    `the focus on the card "${words}"`,
  );
}

/** Waits for a signal that holds the words. */
export async function seeSignal(desk, words, within) {
  return desk.until(
    (css, text) => [...document.querySelectorAll(css)].map((one) => one.innerText).find((told) => told !== "" && told.includes(text)),
    [SIGNAL, words],
    `a signal "${words}" in triage`,
    { within },
  );
}

/** Puts the focus on a signal. */
export async function focusSignal(desk, words) {
  await desk.until(
    (css, text) => {
      const signal = [...document.querySelectorAll(css)].find((one) => one.innerText.includes(text));
      const link = signal?.matches("[tabindex], a, button") ? signal : signal?.querySelector("a, button, [tabindex]");
      link?.focus();
      return link && document.activeElement === link;
    },
    [SIGNAL, words],
    `the focus on the signal "${words}"`,
  );
}

/** Opens the rail of closed incidents by keyboard. */
export async function openClosed(desk) {
  await desk.until(
    () => {
      const toggle = [...document.querySelectorAll("button[aria-expanded]")].find((one) => one.innerText.startsWith("Closed"));
      toggle?.focus();
      return toggle && document.activeElement === toggle;
    },
    [],
    "the focus on the rail of closed incidents",
  );
  await desk.keys(Key.ENTER);
  await desk.until(() => document.querySelector('[data-column="closed"]'), [], "the column of closed incidents");
}
