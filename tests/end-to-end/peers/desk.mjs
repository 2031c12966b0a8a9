// A desk: the built desktop on one computer, driven through its own window by WebDriver.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { By, Key } from "selenium-webdriver";
import { openWindow } from "./opening.mjs";
import { end, LOGS, ours, ROOT, run } from "./process.mjs";
import { until } from "./wait.mjs";

const PROGRAM = process.env.HOLDFAST ?? path.join(ROOT, "target/debug/holdfast");

export class Desk {
  constructor(computer, server) {
    this.computer = computer;
    this.name = computer.name;
    this.server = server;
    this.data = path.join(computer.folder, "desk");
    mkdirSync(this.data, { recursive: true });
  }

  /** Starts the desk with its driver, and waits for the page. */
  async start(...more) {
    const args = ["--data", this.data, "--server", this.server.address, ...more];
    const { window, driver } = await openWindow(this.computer, PROGRAM, args);
    this.window = window;
    this.driverProcess = driver;
    await this.window.manage().setTimeouts({ script: 20_000, pageLoad: 30_000, implicit: 0 });
    await this.until(() => document.readyState === "complete", [], "the page to load");
    await this.page(listenForTrouble);
  }

  /** Starts the desk a second time, as a person who forgot the first; returns what it said when it has ended. */
  startAgain(...more) {
    return this.computer.run(PROGRAM, ["--data", this.data, "--server", this.server.address, ...more], { timeout: 15_000 });
  }

  /** Files of this desk and this computer that hold these words. */
  filesWith(words) {
    const found = run("grep", ["-rlaF", "-e", words, this.data, this.computer.env.HOME, "--", "/dev/null"], { mayFail: true });
    return found.split("\n").filter(Boolean);
  }

  /** Ends it as a power cut would: nothing of it gets a word in. */
  async kill() {
    const mine = ours().filter(({ words }) => words[0] === PROGRAM && words.includes(this.data));
    if (mine.length === 0) throw new Error(`no process of ${this.name}'s desk is there to be killed`);
    for (const { pid } of mine) process.kill(pid, "SIGKILL");
    await until(() => !ours().some(({ pid }) => mine.some((one) => one.pid === pid)), {
      what: `${this.name}'s desk to be gone`,
    });
    await end(this.driverProcess);
    this.window = undefined;
  }

  /** Runs a function in the page. */
  async page(body, ...args) {
    return this.window.executeScript(`return (${body}).apply(null, arguments)`, ...args);
  }

  /** Runs a function in the page until it gives something truthy. */
  async until(body, args, what, { within, instead } = {}) {
    return until(() => this.page(body, ...args), {
      within,
      what: `${what} (${this.name})`,
      instead: instead ?? (() => this.text()),
    });
  }

  /** What a person could read now, cut to a length that a message bears. */
  async text() {
    const text = await this.page(() => document.body.innerText.replace(/\s+/g, " "));
    const troubles = await this.troubles();
    return `${text.slice(0, 1500)}${troubles.length > 0 ? ` [the page broke: ${troubles.join("; ")}]` : ""}`;
  }

  /** What broke in the page since it was loaded: errors, broken promises, and what its policy forbade. */
  async troubles() {
    return this.page(() => window.troubles ?? []);
  }

  /** Types keys wherever the focus is. */
  async keys(...keys) {
    await this.window.actions().sendKeys(...keys).perform();
  }

  /** Types a key while others are held. */
  async chord(held, key) {
    const actions = this.window.actions().keyDown(held).sendKeys(key).keyUp(held);
    await actions.perform();
  }

  async find(css) {
    return this.window.findElement(By.css(css));
  }

  /** Keeps what the window shows as target/end-to-end/NAME.png: the screen itself, once it holds still. */
  async picture(name) {
    const [window] = this.visible();
    if (!window) throw new Error(`${this.name}'s window is not to be seen`);
    this.computer.run("dunstctl", ["close-all"]);
    await this.window.executeAsyncScript("const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(done));");
    const file = path.join(LOGS, `${name}.png`);
    let before = "";
    const still = () => {
      this.computer.run("import", ["-window", window, file]);
      const now = createHash("sha256").update(readFileSync(file)).digest("hex");
      const same = now === before;
      before = now;
      return same;
    };
    // Clocks on screen may go on for ever: then the last picture is as good as any.
    await until(still, { within: 3_000, every: 150 }).catch(() => undefined);
  }

  /** Windows of this desk that can be seen. */
  visible() {
    return this.computer.visibleWindows("Holdfast");
  }

  async quit() {
    await this.window?.quit().catch(() => undefined);
    if (this.driverProcess) await end(this.driverProcess);
  }
}

export { Key };

/** Runs in the page. */
function listenForTrouble() {
  window.troubles = [];
  const note = (words) => window.troubles.push(String(words).slice(0, 600));
  addEventListener("error", (event) => note(event.error?.stack ?? event.message));
  addEventListener("unhandledrejection", (event) => note(event.reason?.stack ?? event.reason));
  addEventListener("securitypolicyviolation", (event) => note(`${event.violatedDirective} forbids ${event.blockedURI}`));
  const { error } = console;
  console.error = (...words) => {
    note(words.map((word) => word?.stack ?? word).join(" "));
    error.apply(console, words);
  };
}
