// Waiting: always for a condition, always with a deadline, and a failure says what was there instead.

const EVERY = 25;
/** What is awaited may take this long on a slow machine; what must be fast is measured, and compared with its aim. */
export const PATIENCE_MS = 30_000;

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Asks until the answer is truthy, and gives that answer. At the deadline it fails, naming what was awaited
 * and, from `instead`, what was seen.
 */
export async function until(ask, { within = PATIENCE_MS, what = "a condition", instead, every = EVERY } = {}) {
  const began = Date.now();
  let trouble;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      trouble = undefined;
    } catch (error) {
      if (error.isFinal) throw error;
      trouble = error;
    }
    if (Date.now() - began >= within) break;
    await sleep(every);
  }
  const seen = instead ? await Promise.resolve(instead()).catch((error) => `nothing (${error.message})`) : undefined;
  const parts = [`waited ${within} ms for ${what}`];
  if (trouble) parts.push(`the last try said: ${trouble.message}`);
  if (seen !== undefined) parts.push(`seen instead: ${typeof seen === "string" ? seen : JSON.stringify(seen)}`);
  throw new Error(parts.join("; "));
}

/** Fails for good: no further try can help. */
export function final(message) {
  return Object.assign(new Error(message), { isFinal: true });
}
