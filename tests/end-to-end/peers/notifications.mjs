// What arrives at the notification daemon of one computer, and when: heard on the bus, asked of dunst.
import { start } from "./process.mjs";
import { until } from "./wait.mjs";

const HEAD = /^method call time=(\d+\.\d+) .*member=Notify$/;
const WORDS = /^ {3}string "(.*)"?$/;
const REPLACES = /^ {3}uint32 (\d+)$/;
const URGENCY = /^ +variant +byte (\d)$/;
/** As the specification counts them. */
const URGENCIES = ["low", "normal", "critical"];

export class Notifications {
  constructor(computer) {
    this.computer = computer;
    this.heard = [];
  }

  /** Listens from now on; returns when it is sure to hear. */
  async listen() {
    const match = "type='method_call',interface='org.freedesktop.Notifications',member='Notify'";
    start(this.computer.log("notifications"), "stdbuf", ["-oL", "dbus-monitor", "--session", match], {
      env: this.computer.env,
      said: (line) => this.take(line),
    });
    await until(() => this.proven(), { every: 200, what: "a first notification to be heard" });
    this.computer.run("dunstctl", ["close-all"]);
    this.heard = [];
  }

  proven() {
    this.computer.run("notify-send", ["--app-name=end-to-end", "first word"]);
    return this.heard.some((one) => one.words.includes("first word"));
  }

  take(line) {
    const head = HEAD.exec(line);
    if (head) {
      this.heard.push({ at: Math.round(Number(head[1]) * 1000), words: [] });
      return;
    }
    // Application name, icon, title and body stand as strings at the first level, in this order.
    const word = WORDS.exec(line);
    const latest = this.heard.at(-1);
    if (latest === undefined) return;
    if (word) latest.words.push(word[1].replace(/"$/, ""));
    const replaces = REPLACES.exec(line);
    if (replaces) latest.replaces = Number(replaces[1]);
    const urgency = URGENCY.exec(line);
    if (urgency) latest.urgency = URGENCIES[Number(urgency[1])];
  }

  /** Those whose title holds all of these words, each with the instant it was sent on the bus. */
  about(...parts) {
    return this.heard
      .map(({ at, words, ...more }) => ({ at, title: words[2] ?? "", body: words[3] ?? "", ...more }))
      .filter(({ title }) => parts.every((part) => title.includes(part)));
  }

  /** What dunst shows and has shown. */
  history() {
    const told = JSON.parse(this.computer.run("dunstctl", ["history"]));
    return told.data.flat().map((one) => ({ title: one.summary.data, body: one.body.data }));
  }

  /** How many dunst shows at this moment. */
  displayed() {
    return Number(this.computer.run("dunstctl", ["count", "displayed"]));
  }

  /** Activates the newest one shown, as a click on it does. */
  activate() {
    this.computer.run("dunstctl", ["action", "0"]);
  }
}
