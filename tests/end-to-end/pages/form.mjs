// A form filled the way a person without a mouse fills it: Tab to a question, answer it, Tab on.
//
// What each stop is, is read from its role and name, so that only what a screen reader hears counts.
import { Key } from "../peers/desk.mjs";
import { sleep, until } from "../peers/wait.mjs";
import { focused } from "./focus.mjs";

const STOPS_MAX = 60;

/** Whether a stop is the question of that name, or belongs to the group of that name. */
function asks(stop, question) {
  const is = (name) => name.toLowerCase().replace(/\s*\*$/, "").startsWith(question.toLowerCase());
  return is(stop.name) || is(stop.group);
}

/** Answers the questions (by label) from where the focus is; fails with what it met when one is not there. */
export async function fill(desk, answers) {
  const open = new Map(Object.entries(answers));
  const met = [];
  for (let stop = 0; open.size > 0; stop += 1) {
    const at = await desk.page(focused);
    const question = [...open.keys()].find((name) => asks(at, name) && at.role !== "");
    met.push(`${at.role} "${at.name || at.group}"`);
    if (question !== undefined && (await answer(desk, at, open.get(question)))) open.delete(question);
    if (open.size === 0) return;
    if (stop >= STOPS_MAX) {
      throw new Error(`no question "${[...open.keys()].join('", "')}" within ${STOPS_MAX} stops; met ${met.slice(0, 25).join(", ")}`);
    }
    await desk.keys(Key.TAB);
  }
}

/** Answers one stop; false where it is not yet the place to answer. */
async function answer(desk, at, wanted) {
  switch (at.role) {
    case "textbox":
    case "spinbutton":
    case "searchbox":
      await write(desk, wanted);
      return true;
    case "combobox":
      return at.native ? pickNative(desk, wanted) : pickTyped(desk, wanted);
    case "button":
      return at.popup === "listbox" ? pickListed(desk, wanted) : false;
    case "radio":
      return pickRadio(desk, wanted);
    case "checkbox":
      return tick(desk, at, wanted);
    case "option":
      return pickOption(desk, wanted);
    default:
      return false;
  }
}

async function write(desk, words) {
  await desk.chord(Key.CONTROL, "a");
  await desk.keys(words);
  await until(async () => (await desk.page(focused)).value === words, {
    what: `"${words}" to stand in the field`,
    instead: () => desk.page(focused),
  });
}

async function pickNative(desk, wanted) {
  await desk.keys(wanted);
  await until(() => desk.page(() => document.activeElement.selectedOptions[0]?.text ?? "").then((text) => text.startsWith(wanted)), {
    what: `"${wanted}" to be chosen`,
    instead: () => desk.page(() => [...document.activeElement.options].map((option) => option.text)),
  });
  return true;
}

async function pickTyped(desk, wanted) {
  await desk.chord(Key.CONTROL, "a");
  await desk.keys(wanted);
  await until(async () => (await desk.page(focused)).expanded === "true", {
    what: `the list for "${wanted}" to open`,
    instead: () => desk.page(focused),
  });
  await until(
    async () => {
      const { active } = await desk.page(focused);
      if (begins(active, wanted)) return true;
      await desk.keys(Key.ARROW_DOWN);
      await sleep(30);
      return false;
    },
    { what: `"${wanted}" to be the active option`, instead: () => desk.page(focused) },
  );
  await desk.keys(Key.ENTER);
  return true;
}

async function pickListed(desk, wanted) {
  await desk.keys(Key.ENTER);
  await until(async () => (await desk.page(focused)).role === "option", {
    what: `the list for "${wanted}" to open`,
    instead: () => desk.page(focused),
  });
  await pickOption(desk, wanted);
  await until(async () => (await desk.page(focused)).role !== "option", { what: "the list to close" });
  return true;
}

async function pickOption(desk, wanted) {
  await until(
    async () => {
      if (begins((await desk.page(focused)).name, wanted)) return true;
      await desk.keys(Key.ARROW_DOWN);
      await sleep(30);
      return false;
    },
    { what: `the option "${wanted}"`, instead: () => desk.page(focused) },
  );
  await desk.keys(Key.ENTER);
  return true;
}

async function pickRadio(desk, wanted) {
  const chosen = async () => {
    const at = await desk.page(focused);
    return begins(at.name, wanted) && at.checked;
  };
  if (begins((await desk.page(focused)).name, wanted)) await desk.keys(" ");
  await until(
    async () => {
      if (await chosen()) return true;
      await desk.keys(Key.ARROW_DOWN);
      await sleep(30);
      return false;
    },
    { what: `"${wanted}" to be chosen`, instead: () => desk.page(focused) },
  );
  return true;
}

async function tick(desk, at, wanted) {
  if (!begins(at.name, wanted)) return false;
  if (!at.checked) await desk.keys(" ");
  await until(async () => (await desk.page(focused)).checked, { what: `"${wanted}" to be ticked` });
  return true;
}

const begins = (name, wanted) => name.toLowerCase().startsWith(wanted.toLowerCase());
