// End to end: two desks in real windows, one real server, a real Alertmanager, real notifications.
//
// `node run.mjs` plays every story; `--only A,C` some of them. Logs and pictures: target/end-to-end.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { LOGS, ROOT, sweep } from "./peers/process.mjs";
import { Report } from "./report.mjs";
import { Stage } from "./stage.mjs";
import { alertToClose } from "./stories/alert-to-close.mjs";
import { deadline } from "./stories/deadline.mjs";
import { lostAndFound } from "./stories/lost-and-found.mjs";
import { readable } from "./stories/readable.mjs";

const STORIES = { A: alertToClose, B: lostAndFound, C: deadline, D: readable };
/** Three minutes on two quiet cores; this much means that something hangs. */
const LIMIT_MS = 12 * 60_000;

function wanted() {
  const { values } = parseArgs({ options: { only: { type: "string" }, keep: { type: "boolean" } } });
  const letters = values.only ? values.only.toUpperCase().split(/[,|]/) : Object.keys(STORIES);
  const unknown = letters.filter((letter) => !(letter in STORIES));
  if (unknown.length > 0) throw new Error(`there is no story ${unknown.join(", ")}; the stories are ${Object.keys(STORIES).join(", ")}`);
  return { letters, keep: values.keep };
}

function needs() {
  const missing = ["target/debug/holdfast", "target/debug/holdfast-server", "target/tools/bin/tauri-driver"]
    .filter((file) => !existsSync(path.join(ROOT, file)));
  if (missing.length > 0) {
    throw new Error(`not built yet: ${missing.join(", ")}; run \`cargo xtask check --only system,npm,screen,build\` first`);
  }
}

async function main() {
  const { letters, keep } = wanted();
  needs();
  for (const old of readdirSync(LOGS).filter((name) => /\.log$|^failed-/.test(name))) rmSync(path.join(LOGS, old));
  const report = new Report();
  const folder = mkdtempSync(path.join(os.tmpdir(), "holdfast-end-to-end-"));
  const stage = new Stage(folder, report);
  const late = setTimeout(() => {
    report.failed += 1;
    report.say(`\nFAILED  the stories took longer than ${LIMIT_MS / 60_000} minutes`);
    leave(1);
  }, LIMIT_MS);
  const leave = (code) => {
    clearTimeout(late);
    sweep();
    if (!keep) rmSync(folder, { recursive: true, force: true });
    report.say(`\n${report.closing()}`);
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => leave(130));
  for (const letter of letters) await STORIES[letter](stage);
  await stage.leave();
  leave(report.failed === 0 ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  sweep();
  console.log("0 passed, 1 failed");
  process.exit(1);
});
