// Story C: a deadline comes while the window is hidden; a real notification daemon gets it in time, and a
// click on it opens the duty.
import { HURRIED_CLIENT, HURRIED_SERVICE, RESPONSE_MINUTES } from "../house.mjs";
import { focusCard, goTo, seeCard } from "../pages/board.mjs";
import { logIncident } from "../pages/entry.mjs";
import { answerPanel } from "../pages/panel.mjs";
import { Key } from "../peers/desk.mjs";
import { until } from "../peers/wait.mjs";
import { holds, same } from "../report.mjs";

const SUMMARY = "Dispatch sees no lorries";
const NEXT_SUMMARY = "Dispatch prints no papers";
/** Severe enough to be loud before its deadline. */
const IMPACT = "Many users";
const LATE_MAX = 2_000;
/** Half of the minute, and some time. */
const FIRST_WITHIN = 40_000;

export async function deadline(stage) {
  const { report } = stage;
  await report.story("C  a deadline comes while the window is hidden", () => stage.opened(), async () => {
    let ada, card, due;
    await report.step("an incident is logged whose response is due in a minute", async () => {
      ada = await stage.desk("ada");
      await goTo(ada, "b");
      await logIncident(ada, { client: HURRIED_CLIENT, service: HURRIED_SERVICE, summary: SUMMARY, impact: IMPACT });
      card = await seeCard(ada, SUMMARY, { column: "logged" });
      due = await dueOf(ada.server);
      return `due at ${new Date(due).toISOString()}`;
    });
    await report.step("the window is closed where no panel has a tray, and the desk goes on and says so", async () => {
      await hide(ada);
      const { notifications } = ada.computer;
      await until(() => notifications.about("Holdfast goes on").length > 0, {
        what: "a word that the desk goes on",
        instead: () => notifications.heard,
      });
    });
    await report.step("the notification daemon gets the deadline within 2 s of its time", async () => heard(ada, due));
    await report.step("a louder alarm stays, and the next one stands in its place", async () => louder(ada));
    await report.step("a click on it shows the window and opens the duty", async () => {
      ada.computer.notifications.activate();
      await opened(ada, card);
    });
    await report.step("a second start hands over to the first, and opens what it names", async () => {
      await goTo(ada, "b");
      await hide(ada);
      const said = ada.startAgain("--open", `incident:${card.id}`);
      holds(/^Holdfast is open over .*; its window comes to the front\.$/m.test(said), `the second start said "${said}"`);
      await opened(ada, card);
    });
    await report.step("a duty that is done takes its notification away", async () => takenAway(ada));
  });
}

/** When the response is due, as the server's export says: one minute of open time after it was logged. */
async function dueOf(server) {
  const [incident] = await until(() => server.incidents().filter(({ summary }) => summary === SUMMARY), {
    every: 300,
    what: "the incident in the export",
  });
  const clock = incident.clocks.find((one) => one.clock === "response");
  const due = Date.parse(clock.due_at);
  const promised = Date.parse(incident.logged_at) + RESPONSE_MINUTES * 60_000;
  holds(due === promised, `the response is due ${clock.due_at}, not ${RESPONSE_MINUTES} minute after ${incident.logged_at}`);
  return due;
}

async function hide(desk) {
  const [window] = desk.visible();
  holds(window, "the desk's window is not to be seen in the first place");
  desk.computer.closeWindow(window);
  await until(() => desk.visible().length === 0, { what: "the window to be gone", instead: () => desk.visible() });
}

async function heard(desk, due) {
  const { notifications } = desk.computer;
  const passed = ({ title }) => title.includes("overdue since");
  const found = await until(() => notifications.about("Assess", HURRIED_CLIENT).find(passed), {
    within: Math.max(0, due - Date.now()) + LATE_MAX + 3_000,
    what: "the deadline on the bus",
    instead: () => notifications.heard,
  });
  const late = found.at - due;
  const earlier = notifications.about("Assess", HURRIED_CLIENT).filter((one) => !passed(one)).length;
  holds(late >= 0 && late <= LATE_MAX, `"${found.title}" came ${late} ms after its time`);
  holds(desk.visible().length === 0, "the window came up by itself");
  await until(() => notifications.displayed() > 0, { what: "dunst to show it", instead: () => notifications.history() });
  return `"${found.title}" ${late} ms after its time, ${earlier} warnings before it`;
}

/** A banner passes by itself; what is loud stays, the later in the place of the earlier, and the daemon shows one. */
async function louder(desk) {
  const { notifications } = desk.computer;
  const rang = notifications.about("Assess", HURRIED_CLIENT);
  same(rang.map(({ urgency }) => urgency), ["normal", "critical", "critical"], "how loud they were");
  const [, loud, last] = rang;
  holds(last.replaces > 0, `"${last.title}" stands beside "${loud.title}"`);
  same(notifications.displayed(), 1, "how many dunst shows");
  const passed = notifications.history().map(({ title }) => title);
  // The banner before it has the same title, and may have passed.
  const away = (one) => passed.filter((title) => title === one.title).length;
  holds(away(loud) <= 1 && away(last) === 0, `dunst has put away ${passed.join(", ")}`);
  return rang.map(({ title, urgency }) => `${title.split(" · ")[0]} (${urgency})`).join(", then ");
}

/** Another deadline comes near while the window is there; the duty is done before, and nobody is told of it any more. */
async function takenAway(desk) {
  const { notifications } = desk.computer;
  await goTo(desk, "b");
  await logIncident(desk, { client: HURRIED_CLIENT, service: HURRIED_SERVICE, summary: NEXT_SUMMARY, impact: IMPACT });
  const shown = () => notifications.displayed() === 1;
  await until(shown, { within: FIRST_WITHIN, what: "its first alarm to be shown", instead: () => notifications.heard });
  const { id } = await seeCard(desk, NEXT_SUMMARY);
  desk.startAgain("--open", `incident:${id}`);
  await answerPanel(desk, { "What is it, and what does it do?": "The printer at the gate; lorries wait for papers" });
  holds(shown(), "the notification went although nobody has the incident");
  await goTo(desk, "b");
  await focusCard(desk, NEXT_SUMMARY);
  await desk.keys("i");
  await until(() => notifications.displayed() === 0, { what: "its notification to go", instead: () => notifications.heard });
}

async function opened(desk, card) {
  await until(() => desk.visible().length > 0, { what: "the window to come back" });
  await desk.until((id) => location.hash.includes(id), [card.id], "the address of the incident", {
    instead: () => desk.page(() => location.href),
  });
  await desk.until((words) => document.querySelector("main")?.innerText.includes(words), [SUMMARY], "the incident on screen");
  await desk.until(
    (wanted) => document.querySelector("aside")?.getAttribute("aria-label").startsWith(wanted) && document.activeElement.matches("aside textarea"),
    ["Record assessment"],
    "the duty's first question, with the focus in it",
  );
  await desk.keys(Key.ESCAPE);
  await desk.until(() => !document.querySelector("aside"), [], "the panel to go");
}
