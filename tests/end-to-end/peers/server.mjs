// The built server, on a folder and a port that stay the same however often it stops and starts.
import path from "node:path";
import { end, freePort, ROOT, run, runs, start } from "./process.mjs";
import { until } from "./wait.mjs";

const PROGRAM = process.env.HOLDFAST_SERVER ?? path.join(ROOT, "target/debug/holdfast-server");

export class Server {
  constructor(folder, port) {
    this.folder = folder;
    this.address = `http://127.0.0.1:${port}`;
    this.listen = `127.0.0.1:${port}`;
  }

  static async over(folder) {
    return new Server(folder, await freePort());
  }

  /** One of the server's own commands. */
  tell(...args) {
    return this.tellWith(undefined, ...args);
  }

  tellWith(input, ...args) {
    return run(PROGRAM, [...args, "--data", this.folder], { input, timeout: 120_000 });
  }

  init(administrator, password) {
    this.tellWith(`${password}\n`, "init", "--admin-name", administrator, "--admin-password-stdin");
  }

  addAccount(name, password, roles) {
    this.tellWith(`${password}\n`, "account", "add", "--name", name, "--password-stdin", ...roles.flatMap((role) => ["--role", role]));
  }

  /** A hook for Alertmanager; its token. */
  addIntake(name) {
    const told = this.tell("intake", "add", "--name", name, "--kind", "alertmanager");
    const token = /Bearer ([^\s`"]+)/.exec(told)?.[1];
    if (!token) throw new Error(`no token in: ${told}`);
    return token;
  }

  /** Starts it, and waits until it says that it listens. */
  async start() {
    let listens = false;
    this.child = start("server", PROGRAM, ["serve", "--listen", this.listen, "--data", this.folder], {
      said: (line) => {
        listens ||= line.includes(this.address);
      },
    });
    await until(() => listens || !runs(this.child), { what: `the server to say that it listens on ${this.address}` });
    if (!runs(this.child)) throw new Error(`the server ended with ${this.child.exitCode ?? this.child.signalCode}; see server.log`);
  }

  async stop() {
    await end(this.child);
  }

  /** Stops its time: connections stay open, and nobody answers. */
  freeze() {
    this.child.kill("SIGSTOP");
  }

  thaw() {
    this.child.kill("SIGCONT");
  }

  /** Every incident as the export writes it, oldest first. */
  incidents() {
    const lines = this.tell("export", "incidents", "--format", "ndjson").split("\n");
    return lines.filter(Boolean).map((line) => JSON.parse(line));
  }

  /** Asks one of its routes. */
  async ask(method, route, { token, body } = {}) {
    const headers = { "content-type": "application/json" };
    if (token) headers.authorization = `Bearer ${token}`;
    const answer = await fetch(this.address + route, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}
