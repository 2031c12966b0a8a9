// One person's computer: a display with a window manager, a message bus, a notification daemon, a keychain.
//
// Each desk has its own, as two people have. So single instance, keychain and notifications are tried as
// they are, and neither desk can take the other's focus.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { Notifications } from "./notifications.mjs";
import { environment, LOGS, run, start } from "./process.mjs";
import { until } from "./wait.mjs";

const SCREEN = "1440x900x24";
const DISPLAY_TRIES = 3;
let opening = Promise.resolve();

export class Computer {
  /** Starts everything and waits until each part answers. */
  static async start(name, folder) {
    const computer = new Computer(name, folder);
    computer.makeHome();
    await computer.startDisplay();
    await computer.startBus();
    await Promise.all([computer.startWindows(), computer.startNotifications(), computer.startKeychain()]);
    return computer;
  }

  constructor(name, folder) {
    this.name = name;
    this.folder = folder;
    this.env = {};
  }

  makeHome() {
    const place = (...parts) => path.join(this.folder, ...parts);
    const places = {
      HOME: place("home"),
      XDG_DATA_HOME: place("home/.local/share"),
      XDG_CONFIG_HOME: place("home/.config"),
      XDG_CACHE_HOME: place("home/.cache"),
      XDG_STATE_HOME: place("home/.local/state"),
      XDG_RUNTIME_DIR: place("run"),
    };
    for (const folder of Object.values(places)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    // No GPU here; and no accessibility bus, which nobody on this display would read.
    this.env = { ...places, LANG: "C.UTF-8", WEBKIT_DISABLE_DMABUF_RENDERER: "1", NO_AT_BRIDGE: "1" };
  }

  log(part) {
    return `${this.name}-${part}`;
  }

  /**
   * A display that is not to begin anew when its last program leaves: whoever comes in that moment is thrown
   * out, and that would be the window manager after our own look at the display.
   *
   * Displays are opened one after the other: two that look for a free number at once may take the same.
   */
  async startDisplay() {
    const mine = opening.then(() => this.openDisplay());
    opening = mine.catch(() => undefined);
    await mine;
  }

  async openDisplay() {
    for (let tries = 1; ; tries += 1) {
      const { display, number } = await this.tryDisplay();
      this.env.DISPLAY = `:${number}`;
      const answers = () => this.run("xwininfo", ["-root"]).includes("the root window");
      const there = await until(answers, { what: `display ${this.env.DISPLAY} to answer` }).catch((error) => error);
      if (there === true) return;
      display.kill("SIGKILL");
      if (tries === DISPLAY_TRIES) throw there;
    }
  }

  async tryDisplay() {
    const log = openSync(path.join(LOGS, `${this.log("display")}.log`), "a");
    const args = ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp", "-ac", "-noreset"];
    const display = spawn("setpriv", ["--pdeathsig", "KILL", "--", "Xvfb", ...args], {
      env: environment(this.env),
      stdio: ["ignore", log, log, "pipe"],
    });
    closeSync(log);
    let told = "";
    display.stdio[3].setEncoding("utf8").on("data", (text) => {
      told += text;
    });
    await until(() => told.endsWith("\n"), { within: 15_000, what: "Xvfb to name its display" });
    return { display, number: told.trim() };
  }

  async startBus() {
    let address = "";
    const args = ["--session", "--nofork", "--nopidfile", "--print-address"];
    start(this.log("bus"), "dbus-daemon", args, {
      env: this.env,
      said: (line) => {
        address ||= line.trim();
      },
    });
    await until(() => address, { what: "dbus-daemon to name its address" });
    this.env.DBUS_SESSION_BUS_ADDRESS = address;
  }

  async startWindows() {
    start(this.log("openbox"), "openbox", ["--sm-disable"], { env: this.env });
    await until(() => this.run("wmctrl", ["-m"]).includes("Openbox"), {
      what: "openbox to manage the windows",
    });
  }

  async startNotifications() {
    start(this.log("dunst"), "dunst", ["-verbosity", "info"], { env: this.env });
    await this.owned("org.freedesktop.Notifications");
    this.notifications = new Notifications(this);
    await this.notifications.listen();
  }

  async startKeychain() {
    const args = ["--foreground", "--unlock", "--components=secrets"];
    start(this.log("keyring"), "gnome-keyring-daemon", args, { env: this.env, input: "\n" });
    await this.owned("org.freedesktop.secrets");
  }

  /** Waits until somebody on the bus answers to this name. */
  async owned(name) {
    const call = ["call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus"];
    const ask = [...call, "-m", "org.freedesktop.DBus.NameHasOwner", name];
    await until(() => this.run("gdbus", ask).includes("true"), {
      what: `${name} on the bus of ${this.name}`,
    });
  }

  /** Runs a program here to its end. */
  run(program, args, options = {}) {
    return run(program, args, { ...options, env: { ...this.env, ...options.env } });
  }

  /** What the keychain holds under these attributes. */
  secret(...attributes) {
    return this.run("secret-tool", ["lookup", ...attributes]);
  }

  /** The windows of that title that are to be seen; a desk in the tray, or minimised, has none. */
  visibleWindows(title) {
    const lines = this.run("wmctrl", ["-l"], { mayFail: true }).split("\n");
    const shown = lines.map((line) => /^(0x\S+)\s+\S+\s+\S+\s+(.*)$/.exec(line)).filter((found) => found?.[2] === title);
    return shown.map(([, window]) => window).filter((window) => this.isViewable(window));
  }

  isViewable(window) {
    return this.run("xwininfo", ["-id", window], { mayFail: true }).includes("Map State: IsViewable");
  }

  /** Closes a window as its cross would. */
  closeWindow(window) {
    this.run("wmctrl", ["-i", "-c", window]);
  }
}
