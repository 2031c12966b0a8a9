// Story B: a desk loses the server, works on, is killed in the middle of a sentence, starts again, and
// everything arrives once and in order when the server is back.
import { CATEGORY, CLIENT, SERVICE } from "../house.mjs";
import { focusCard, goTo, seeCard } from "../pages/board.mjs";
import { logIncident } from "../pages/entry.mjs";
import { openIncident, typeNote, writtenNote } from "../pages/incident.mjs";
import { moveTo } from "../pages/panel.mjs";
import { ask } from "../pages/stage.mjs";
import { seeLine } from "../pages/status.mjs";
import { Key } from "../peers/desk.mjs";
import { until } from "../peers/wait.mjs";
import { holds, same } from "../report.mjs";

const SUMMARIES = ["First: the ward printer is silent", "Second: scans come out blank", "Third: nobody can sign in on 4 West"];
const HALF = "Asked the ward to try the spare, and they";
const REST = " said it works";
const PRIORITISED = { Category: CATEGORY, Severity: "3", "Why this severity?": "One ward, by phone", Urgency: "Medium" };
/** A desk that was long without its server asks again at ever longer intervals. */
const BACK_WITHIN = 60_000;
/** Two and a half heartbeats without a word, and some time to say so. */
const NOTICED_WITHIN = 35_000;
/** What each desk's timeline must tell of each of them, oldest first: how each line begins. */
const HISTORY = ["Logged", "Categorised", "Severity", "Urgency"];

export async function lostAndFound(stage) {
  const { report } = stage;
  await report.story("B  the server is lost, the desk is killed, nothing is", () => stage.opened(), async () => {
    let ada, ben;
    await report.step("two desks are live", async () => {
      [ada, ben] = await stage.both();
      await Promise.all([goTo(ada, "b"), goTo(ben, "b")]);
      await Promise.all([seeLine(ada, "live"), seeLine(ben, "live")]);
    });
    await report.step("the server stops, and the pill says so", async () => {
      await ben.server.stop();
      return seeLine(ben, "offline");
    });
    await offline(report, ben);
    await report.step("the desk is killed and started again, without the server", async () => {
      await ben.kill();
      await ben.start();
      for (const summary of SUMMARIES) await seeCard(ben, summary, { column: "prioritised" });
      return seeLine(ben, "offline");
    });
    await report.step("the session came from the keychain, and its token is nowhere in clear", async () => token(ben));
    await report.step("the half-typed words are still in the composer", async () => kept(ben));
    await report.step("the server returns, and everything arrives on the other desk", async () => {
      await ben.server.start();
      await seeLine(ben, "live", BACK_WITHIN);
      for (const summary of SUMMARIES) await seeCard(ada, summary, { column: "prioritised", within: BACK_WITHIN });
    });
    await report.step("each once, in order, with its whole history", async () => complete(ada, ben));
    await report.step("the sentence is finished, and arrives", async () => finish(ada, ben));
    await report.step("a server that hangs is noticed, and what was sent into it arrives once", async () => hang(ada, ben));
  });
}

async function offline(report, ben) {
  await report.step("three incidents are logged and moved offline", async () => {
    for (const summary of SUMMARIES) {
      await goTo(ben, "b");
      await logIncident(ben, { client: CLIENT, service: SERVICE, summary });
      await seeCard(ben, summary, { column: "logged" });
      await goTo(ben, "b");
      await focusCard(ben, summary);
      await moveTo(ben, "prioritised", PRIORITISED);
      await seeCard(ben, summary, { column: "prioritised" });
    }
    const { unsent } = await ask(ben, { call: "sync" });
    same(unsent, SUMMARIES.length * HISTORY.length, "commands that wait");
    return `${unsent} commands wait`;
  });
  await report.step("a note is half typed", async () => {
    await openIncident(ben, (await seeCard(ben, SUMMARIES[2])).id);
    await typeNote(ben, HALF);
  });
}

async function token(ben) {
  const session = JSON.parse(ben.computer.secret("service", "dev.holdfast.desk"));
  const { token_kept_in: place } = await ask(ben, { call: "session" });
  same(place, "the keychain", "where the token is kept");
  same(ben.filesWith(session.token), [], "files that hold the token");
  holds(ben.filesWith(SUMMARIES[0]).length > 0, "the search for words on disk finds nothing at all");
}

async function kept(ben) {
  await openIncident(ben, (await seeCard(ben, SUMMARIES[2])).id);
  await until(async () => (await writtenNote(ben)) === HALF, {
    what: `"${HALF}" in the composer`,
    instead: () => writtenNote(ben),
  });
}

async function complete(ada, ben) {
  const found = await until(
    () => {
      const mine = ada.server.incidents().filter(({ summary }) => SUMMARIES.includes(summary));
      return mine.length >= SUMMARIES.length && mine;
    },
    { every: 300, what: "all incidents in the export" },
  );
  same(found.map(({ summary }) => summary), SUMMARIES, "incidents in the order they were logged");
  const logged = found.map(({ logged_at: at }) => Date.parse(at));
  holds(logged.every((at, place) => place === 0 || at > logged[place - 1]), `logged out of order: ${logged}`);
  for (const { id, phase, category, severity, urgency } of found) {
    same([phase.toLowerCase(), category, severity, urgency], ["prioritised", "server", 3, "medium"], `state of ${id}`);
    for (const desk of [ada, ben]) {
      const { timeline } = await ask(desk, { call: "incident", id });
      const told = timeline.map(({ title, unsent }) => `${title}${unsent ? ", unsent" : ""}`).reverse();
      const ordered = told.length === HISTORY.length && told.every((title, place) => title.startsWith(HISTORY[place]));
      holds(ordered, `the timeline of ${id} on ${desk.name}'s desk is ${JSON.stringify(told)}`);
    }
  }
  const { unsent, sending, attention } = await ask(ben, { call: "sync" });
  same({ unsent, sending, attention }, { unsent: 0, sending: 0, attention: 0 }, "what waits on Ben's desk");
  return ben.server.tell("audit", "verify").trim();
}

async function finish(ada, ben) {
  await goTo(ben, "b");
  const { id } = await seeCard(ben, SUMMARIES[2]);
  await openIncident(ben, id);
  await typeNote(ben, REST);
  await ben.chord(Key.CONTROL, Key.ENTER);
  await openIncident(ada, id);
  await ada.until((words) => document.body.innerText.includes(words), [HALF + REST], "the note on the other desk");
}

async function hang(ada, ben) {
  const note = "Sent into a server that hangs";
  const id = await ben.page(() => location.hash.split("/")[2]);
  ben.server.freeze();
  try {
    await typeNote(ben, note);
    await ben.chord(Key.CONTROL, Key.ENTER);
    await seeLine(ben, "offline", NOTICED_WITHIN);
  } finally {
    ben.server.thaw();
  }
  await seeLine(ben, "live", BACK_WITHIN);
  await ada.until((words) => document.body.innerText.includes(words), [note], "the note on the other desk", { within: BACK_WITHIN });
  await until(async () => (await ask(ben, { call: "sync" })).unsent === 0, { what: "nothing to wait on Ben's desk" });
  for (const desk of [ada, ben]) {
    const { timeline } = await ask(desk, { call: "incident", id });
    same(timeline.filter(({ text }) => text === note).length, 1, `times the note stands on ${desk.name}'s desk`);
  }
  return ben.server.tell("audit", "verify").trim();
}
