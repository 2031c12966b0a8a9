// Story D: every screen in the real window, as axe-core sees it and as a person sees it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { goTo, seeCard, seeSignal } from "../pages/board.mjs";
import { openEntry } from "../pages/entry.mjs";
import { openIncident } from "../pages/incident.mjs";
import { seeSignIn, signIn } from "../pages/sign-in.mjs";
import { theme } from "../pages/stage.mjs";
import { Computer } from "../peers/computer.mjs";
import { Desk } from "../peers/desk.mjs";
import { holds } from "../report.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function readable(stage) {
  const { report } = stage;
  let desk;
  await report.story("D  every screen can be read by anybody", () => (desk ? [desk] : []), async () => {
    const demo = await stage.demo();
    const look = (name) => report.check(`${name}: axe finds nothing`, () => clean(desk));
    await report.step("a desk over the demo opens its sign-in", async () => {
      desk = new Desk(await Computer.start("eve", stage.place("eve")), demo.server);
      await desk.start();
      await seeSignIn(desk);
    });
    await look("sign-in");
    await desk.picture("sign-in");
    await report.step("the demo is signed in", () => signIn(desk, demo.name, demo.password));
    for (const mode of ["light", "dark"]) {
      await report.step(`the board in ${mode}`, async () => {
        await theme(desk, mode);
        await goTo(desk, "b");
        await desk.until(
          () => document.querySelectorAll("[data-card]").length > 5 && !document.querySelector("footer").innerText.includes("filling"),
          [],
          "all cards on the board",
        );
        await desk.picture(`board-${mode}`);
      });
      await look(`board, ${mode}`);
    }
    await theme(desk, "light");
    await screens(desk, look, report);
  });
}

async function screens(desk, look, report) {
  await report.step("triage", async () => {
    await goTo(desk, "t");
    await seeSignal(desk, "");
    await desk.picture("triage");
  });
  await look("triage");
  await report.step("incident detail", async () => {
    await goTo(desk, "b");
    const card = await seeCard(desk, "");
    await openIncident(desk, card.id);
    await desk.picture("incident");
  });
  await look("incident detail");
  await report.step("new incident", async () => {
    await openEntry(desk);
    await desk.picture("new-incident");
  });
  await look("new incident");
}

/** Fails with what axe finds, rule by rule. */
async function clean(desk) {
  await desk.window.executeScript(AXE);
  const violations = await desk.window.executeAsyncScript(`
    const done = arguments[0];
    axe.run(document, { resultTypes: ["violations"] }).then(
      (found) => done(found.violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 4).map(({ target, failureSummary }) => target.join(" ") + ": " + failureSummary.replace(/\\s+/g, " ")) }))),
      (error) => done([{ id: "axe", help: String(error), where: [] }]),
    )`);
  const told = violations.map(({ id, help, where }) => `${id}: ${help}\n  ${where.join("\n  ")}`);
  holds(violations.length === 0, told.join("\n"));
}
