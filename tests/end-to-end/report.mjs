// What was checked, and what came of it: one line each, and a count at the end.
import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LOGS } from "./peers/process.mjs";

const FILE = path.join(LOGS, "report.log");

function keep(line) {
  appendFileSync(FILE, `${new Date().toISOString()} ${line}\n`);
}

/** What a reader of the run should know although no step says it; findings on standard output stay alone. */
export function remark(line) {
  console.error(line);
  keep(line);
}

export class Report {
  constructor() {
    this.passed = 0;
    this.failed = 0;
    writeFileSync(FILE, "");
  }

  say(line) {
    console.log(line);
    keep(line);
  }

  /** A step of a story: what comes after it needs it, so a failure ends the story. */
  async step(what, deed) {
    const began = Date.now();
    try {
      const word = await deed();
      this.passed += 1;
      this.say(`  passed  ${what}${word ? `: ${word}` : ""} (${Date.now() - began} ms)`);
    } catch (error) {
      this.failed += 1;
      this.say(`  FAILED  ${what} (${Date.now() - began} ms)`);
      for (const line of error.message.split("\n")) this.say(`          ${line}`);
      appendFileSync(FILE, `${error.stack}\n`);
      throw Object.assign(new Error(what), { told: true });
    }
  }

  /** A check that nothing after it depends on: a failure is told, and the story goes on. */
  async check(what, deed) {
    await this.step(what, deed).catch((error) => {
      if (!error.told) throw error;
    });
  }

  /** A whole story, with its windows pictured where it failed, and its pages asked what broke in them. */
  async story(title, desks, deed) {
    this.say(`\n${title}`);
    try {
      await deed();
      for (const desk of await desks()) {
        await this.check(`nothing broke in ${desk.name}'s page`, async () => same(await desk.troubles(), [], "what the page says"));
      }
    } catch (error) {
      if (!error.told) {
        this.failed += 1;
        this.say(`  FAILED  ${error.message}`);
        appendFileSync(FILE, `${error.stack}\n`);
      }
      const letter = title.slice(0, 1);
      for (const desk of await desks()) await desk.picture(`failed-${letter}-${desk.name}`).catch(() => undefined);
    }
  }

  closing() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

/** Fails unless the two are the same. */
export function same(got, expected, what) {
  const [left, right] = [JSON.stringify(got), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

/** Fails with these words unless it holds. */
export function holds(condition, words) {
  if (!condition) throw new Error(words);
}
