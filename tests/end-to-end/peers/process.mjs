// Other programs: started with a log of their own, awaited, and ended with this one.
//
// Every child carries a mark in its environment, which its own children inherit. At the end whatever
// carries the mark is ended, so that nothing of a run outlives it, and nothing of anybody else is touched.
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, openSync, closeSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { until } from "./wait.mjs";

const MARK = `HOLDFAST_END_TO_END=${process.pid}-${Date.now()}`;

export const ROOT = path.resolve(import.meta.dirname, "../../..");
export const LOGS = path.join(ROOT, "target/end-to-end");
mkdirSync(LOGS, { recursive: true });

/** The environment of a child: ours without a display and a bus, with the mark, and with `extra`. */
export function environment(extra = {}) {
  const [name, value] = MARK.split("=");
  const env = { ...process.env, ...extra, [name]: value };
  for (const key of ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "NODE_OPTIONS"]) {
    if (!(key in extra)) delete env[key];
  }
  return env;
}

/** Starts a program that ends when this one does. Its words go to LOG; `said` sees its standard output too. */
export function start(log, program, args, { env, cwd, input, said } = {}) {
  const file = openSync(path.join(LOGS, `${log}.log`), "a");
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", program, ...args], {
    cwd: cwd ?? ROOT,
    env: environment(env),
    stdio: [input === undefined ? "ignore" : "pipe", said ? "pipe" : file, file],
  });
  closeSync(file);
  if (input !== undefined) child.stdin.end(input);
  if (said) follow(child, log, said);
  child.on("error", (error) => {
    child.failure = error;
  });
  child.called = path.basename(program);
  return child;
}

function follow(child, log, said) {
  const copy = createWriteStream(path.join(LOGS, `${log}.log`), { flags: "a" });
  let rest = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text) => {
    copy.write(text);
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const line of lines) said(line);
  });
  child.stdout.on("close", () => copy.end());
}

/** Runs a program to its end and gives its standard output. */
export function run(program, args, { env, input, timeout = 30_000, mayFail = false } = {}) {
  const done = spawnSync(program, args, {
    cwd: ROOT,
    env: environment(env),
    input,
    timeout,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (done.error) throw new Error(`${program} ${args.join(" ")}: ${done.error.message}`);
  if (done.status !== 0 && !mayFail) {
    throw new Error(`${program} ${args.join(" ")} ended with ${done.status ?? done.signal}: ${done.stderr || done.stdout}`);
  }
  return done.stdout;
}

/** Whether a child of ours still runs. */
export function runs(child) {
  return child.exitCode === null && child.signalCode === null && !child.failure;
}

/** Ends a child and waits until it has ended. */
export async function end(child, signal = "SIGTERM") {
  if (!runs(child)) return;
  child.kill(signal);
  const gone = await until(() => !runs(child), { within: 5_000 }).catch(() => false);
  if (!gone) child.kill("SIGKILL");
  await until(() => !runs(child), { within: 5_000, what: `${child.called} to end` });
}

// Ports below those that Linux gives out by itself (from 32,768 on): between our look and the program's own
// call no connection of anybody else can be given the one we found, nor does WebKitWebDriver choose from here.
const PORTS = { first: 20_000, count: 12_000, tries: 50 };
const given = new Set();

/** A port that was free a moment ago, and that nobody else in this run was or will be given. */
export async function freePort() {
  for (let tries = 0; tries < PORTS.tries; tries += 1) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port was found in ${PORTS.tries} tries from ${PORTS.first} on`);
}

async function isFree(port) {
  return new Promise((resolve) => {
    const listener = createServer();
    listener.on("error", () => resolve(false));
    listener.listen(port, "127.0.0.1", () => listener.close(() => resolve(true)));
  });
}

/** The processes that carry a mark in their environment, each with the words it was started with. */
export function ours(mark = MARK) {
  const found = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      if (!readFileSync(`/proc/${name}/environ`, "latin1").split("\0").includes(mark)) continue;
      const words = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").slice(0, -1);
      found.push({ pid: Number(name), words });
    } catch {
      // It ended between the listing and the reading, or belongs to somebody else.
    }
  }
  return found;
}

/** Ends whatever carries a mark and is still there: by default, whatever this run started. */
export function sweep(mark = MARK) {
  for (const signal of ["SIGTERM", "SIGKILL"]) {
    for (const { pid } of ours(mark)) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended by itself.
      }
    }
    if (ours(mark).length > 0) spawnSync("sleep", ["0.3"]);
  }
}
