// Story A: an alert fires; one person accepts it by key and takes it to its close; the other sees every state.
import { CATEGORY, CLIENT, PEOPLE, SERVICE } from "../house.mjs";
import { CARD, focusCard, focusSignal, goTo, openClosed, seeCard, seeSignal } from "../pages/board.mjs";
import { carryRight, drag } from "../pages/carry.mjs";
import { fill } from "../pages/form.mjs";
import { answerPanel, moveByMenu } from "../pages/panel.mjs";
import { lastKey, noted, watchFor, watchKeys } from "../pages/stage.mjs";
import { Alertmanager } from "../peers/alertmanager.mjs";
import { Key } from "../peers/desk.mjs";
import { until } from "../peers/wait.mjs";
import { holds, same } from "../report.mjs";

const SUMMARY = "Disk of db-7 is nearly full";
const ACCEPTED_WITHIN = 1_000;

export async function alertToClose(stage) {
  const { report } = stage;
  await report.story("A  from an alert to a close, on two desks", () => stage.opened(), async () => {
    let ada, ben, alertmanager;
    await report.step("two desks are signed in and live", async () => {
      [ada, ben] = await stage.both();
    });
    await report.step("the alert of a real Alertmanager is in triage on both desks", async () => {
      alertmanager = await Alertmanager.start(stage.place("alertmanager"), `${ada.server.address}/v1/intake/alertmanager`, stage.hook);
      await Promise.all([goTo(ada, "t"), goTo(ben, "b")]);
      await alertmanager.fire(
        { alertname: "DiskNearlyFull", instance: "db-7", severity: "warning" },
        { summary: SUMMARY, description: "92 % of /var/lib is used." },
      );
      await Promise.all([seeSignal(ada, SUMMARY), seeSignal(ben, SUMMARY)]);
    });
    await report.step("accepted by key, it is on both boards in under a second", async () => accept(ada, ben));
    await takeToClose(report, ada, ben);
    await report.step("the server's export tells the same story", async () => exported(ada.server));
  });
}

/** Accepts the signal by its key, and measures from the last key to the card on the other desk. */
async function accept(ada, ben) {
  await focusSignal(ada, SUMMARY);
  await ada.keys("1");
  await fill(ada, { Client: CLIENT, "Affected services": SERVICE, "Initial impact": "Some users" });
  await Promise.all([watchKeys(ada), watchFor(ben, "accepted", CARD, SUMMARY)]);
  await ada.keys(Key.ENTER);
  const seen = await noted(ben, "accepted");
  const took = seen - (await lastKey(ada));
  await goTo(ada, "b");
  await seeCard(ada, SUMMARY, { column: "logged" });
  await seeCard(ben, SUMMARY, { column: "logged" });
  holds(took < ACCEPTED_WITHIN, `the card was on the other board after ${took} ms, not in under ${ACCEPTED_WITHIN} ms`);
  return `${took} ms from key to the other board`;
}

const byMenu = (desk, column) => moveByMenu(desk, column);
const byArrows = (desk) => carryRight(desk);
const byMouse = (desk, column) => drag(desk, SUMMARY, column);

/** The moves in order: how, to which column, and what its guard panel asks. */
const MOVES = [
  ["carried by arrows", byArrows, "prioritised", { Category: CATEGORY, Severity: "3", "Why this severity?": "One server, no user yet", Urgency: "Medium" }],
  ["dragged by mouse", byMouse, "investigating", { "What is it, and what does it do?": "Old dumps fill the disk", "Assign to": PEOPLE.ben.name }],
  ["moved by menu", byMenu, "resolving", { "What was done, and what came of it?": "Moved the dumps to the archive" }],
  ["moved by menu", byMenu, "restored", { "How was it seen that service is back?": "The alert went away, and records open" }],
  [
    "moved by menu",
    byMenu,
    "closed",
    {
      "Final resolution": "Dumps go to the archive each night",
      Cause: "Nightly dumps were never removed",
      "How was the client asked?": "Phone",
      "What came back?": "Confirmed",
      "What was said, or how the attempt ended": "Dr Haas sees her records again",
      "Closing remark": "Confirmed by phone",
    },
  ],
];

async function takeToClose(report, ada, ben) {
  for (const desk of [ada, ben]) await openClosed(desk);
  for (const [how, move, column, answers] of MOVES) {
    await report.step(`${how} to ${column}, and there on the other desk`, async () => {
      await Promise.all([watchKeys(ada), watchFor(ben, column, `[data-column="${column}"] ${CARD}`, SUMMARY)]);
      await focusCard(ada, SUMMARY);
      await move(ada, column);
      await answerPanel(ada, answers);
      const took = (await noted(ben, column)) - (await lastKey(ada));
      await seeCard(ada, SUMMARY, { column });
      return `${took} ms from key to the other board`;
    });
  }
}

async function exported(server) {
  const [incident] = await until(() => server.incidents().filter(({ summary }) => summary === SUMMARY), {
    every: 300,
    what: "the incident in the export",
  });
  same(incident.phase.toLowerCase(), "closed", "phase");
  same([incident.client, incident.services, incident.source], [CLIENT, [SERVICE], "monitoring"], "entry");
  same([incident.category, incident.severity, incident.urgency], ["server", 3, "medium"], "what was set");
  same(incident.assignments.map(({ is }) => is), [PEOPLE.ben.name], "assignments");
  const stamps = ["reported_at", "logged_at", "assessed_at", "restored_at", "resolved_at", "confirmed_at", "closed_at"];
  const at = stamps.map((name) => Date.parse(incident[name]));
  holds(at.every((instant, place) => place === 0 || instant >= at[place - 1]), `stamps out of order: ${JSON.stringify(incident)}`);
}
