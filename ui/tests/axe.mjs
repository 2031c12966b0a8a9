// `npm run axe`: every screen, light and dark, is put before axe; what it finds fails the run.
import { createRequire } from "node:module";
import { onStage } from "./stage.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const SCREENS = [
  ["sign-in", "?state=signed-out", null],
  ["sign-in offline", "?state=signed-out-offline", null],
  ["board", "#/board", "[data-card]"],
  ["board, empty", "?state=empty#/board", null],
  ["board, offline", "?state=offline#/board", "[data-card]"],
  ["triage", "#/triage", "fieldset"],
  ["my work", "#/my-work", "[data-duty]"],
  ["attention", "#/attention", "article"],
  ["incident", "#/incident/incident-0", "[data-place=composer]"],
  ["sign-in again", "?state=session-ended#/sign-in", "form"],
  ["guard panel", "#/incident/incident-0/set_severity", "aside [data-field] input"],
];

/** Screens that a key opens. */
const OPENED = [
  ["new incident", "c", "[role=dialog] [data-field] input"],
  ["key list", "?", "[role=dialog] dl"],
  ["palette", "Control+k", "[role=dialog] [role=menuitem]"],
  ["card menu", "j l .", "[role=menu]"],
  ["card in the hand", "j l Control+Shift+m", "[data-welcome=needs]"],
];

async function look(page, name, faults) {
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  for (const { id, help, nodes } of violations) {
    faults.push(
      `${name}: ${id}: ${help}\n    ${nodes
        .slice(0, 3)
        .map((node) => `${node.target} ${node.any.concat(node.all)[0]?.message ?? ""}`)
        .join("\n    ")}`,
    );
  }
  console.log(`${violations.length === 0 ? "ok  " : "FAIL"} ${name}`);
}

const faults = [];
await onStage(async (open) => {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, place, settled] of SCREENS) {
      const page = await open(place, { colorScheme });
      if (settled) await page.waitForSelector(settled);
      await look(page, `${name}, ${colorScheme}`, faults);
      await page.context().close();
    }
    for (const [name, key, settled] of OPENED) {
      const page = await open("#/board", { colorScheme });
      await page.waitForSelector("[data-card]");
      for (const chord of key.split(" ")) await page.keyboard.press(chord);
      await page.waitForSelector(settled);
      await look(page, `${name}, ${colorScheme}`, faults);
      await page.context().close();
    }
  }
});
for (const fault of faults) console.log(`\n${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
