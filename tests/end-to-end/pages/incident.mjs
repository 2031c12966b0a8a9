// One incident in full: its timeline and its composer.
import { ask } from "./stage.mjs";
import { until } from "../peers/wait.mjs";

const COMPOSER = '[data-place="composer"]';

/** Opens an incident as its link does. */
export async function openIncident(desk, id) {
  await desk.page((wanted) => {
    location.hash = `#/incident/${wanted}`;
  }, id);
  await desk.until((css) => document.querySelector(css), [COMPOSER], "the composer of the incident");
}

/** Goes on typing in the composer, and waits until this computer has kept the words. */
export async function typeNote(desk, words) {
  const id = await desk.page(() => location.hash.split("/")[2]);
  const before = await writtenNote(desk);
  const there = await desk.page((css) => document.activeElement?.matches(css), COMPOSER);
  if (!there) await desk.keys("o");
  await desk.until((css) => document.activeElement?.matches(css), [COMPOSER], "the focus in the composer");
  await desk.page(() => document.activeElement.setSelectionRange(9999, 9999));
  await desk.keys(words);
  await until(async () => (await ask(desk, { call: "draft", key: `note:${id}` })) === before + words, {
    what: `"${before + words}" to be kept`,
    instead: () => writtenNote(desk),
  });
}

/** What stands in the composer. */
export async function writtenNote(desk) {
  return desk.page((css) => document.querySelector(css)?.value, COMPOSER);
}
