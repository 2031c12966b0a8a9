// Opens a desk's window through WebDriver: one desk after the other, and again when the driver says nothing.
//
// Now and then WebKitWebDriver starts a browser and waits for a word of it that never comes, without an end
// and without an error. Only that silence is tried again, and each time is told: an error of the driver is a
// fault of the desk and fails at once, and so does the third silence.
import { Builder } from "selenium-webdriver";
import path from "node:path";
import { remark } from "../report.mjs";
import { freePort, ours, ROOT, start, sweep } from "./process.mjs";
import { until } from "./wait.mjs";

const DRIVER = process.env.TAURI_DRIVER ?? path.join(ROOT, "target/tools/bin/tauri-driver");
const TRIES = 3;
const SILENT_MS = 15_000;
let turn = Promise.resolve();
let tried = 0;

/** The window of this program with these words, and the driver that holds it. */
export async function openWindow(computer, program, args) {
  const mine = turn.then(() => open(computer, program, args));
  turn = mine.catch(() => undefined);
  return mine;
}

async function open(computer, application, args) {
  for (let tries = 1; ; tries += 1) {
    tried += 1;
    const [name, value] = ["HOLDFAST_OPENING", `${computer.name}-${tried}`];
    const mark = `${name}=${value}`;
    const env = { ...computer.env, RUST_BACKTRACE: "1", [name]: value };
    const opened = await openOnce(computer.log("desk"), env, { application, args });
    if (opened.window) return opened;
    const there = ours(mark).map(({ words }) => path.basename(words[0] ?? ""));
    sweep(mark);
    const told = `${computer.name}'s window: ${opened.silence} (try ${tries} of ${TRIES}; there were ${there.join(", ") || "no processes"})`;
    if (tries === TRIES) throw new Error(`${told}; see ${computer.log("desk")}.log`);
    remark(`  AGAIN   ${told}`);
  }
}

/** A driver with its window, or what stayed silent. */
async function openOnce(log, env, options) {
  const [port, native] = [await freePort(), await freePort()];
  const words = ["--port", port, "--native-port", native, "--native-driver", "/usr/bin/WebKitWebDriver"];
  const driver = start(log, DRIVER, words.map(String), { env });
  const listening = async () => (await fetch(`http://127.0.0.1:${native}/status`)).ok;
  const ready = await until(listening, { within: SILENT_MS }).catch(() => false);
  if (!ready) return { silence: `no driver listened on ${native} within ${SILENT_MS} ms` };
  const session = new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({ browserName: "wry", "tauri:options": options })
    .build();
  const window = await answered(session, SILENT_MS);
  return window ? { window, driver } : { silence: `no session within ${SILENT_MS} ms` };
}

/** What is promised, or nothing at the deadline; nobody hears of it when it fails after that. */
async function answered(promise, within) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, within);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
