// What the stories share: the server with its house, and the two desks. Each is made when first asked for.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { ADMINISTRATOR, furnish, PASSWORD, PEOPLE } from "./house.mjs";
import { Computer } from "./peers/computer.mjs";
import { Desk } from "./peers/desk.mjs";
import { Server } from "./peers/server.mjs";
import { signIn } from "./pages/sign-in.mjs";

export class Stage {
  #server;
  #desks = new Map();
  #more = [];

  constructor(folder, report) {
    this.folder = folder;
    this.report = report;
  }

  place(name) {
    const folder = path.join(this.folder, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** The server over a house of two people, two clients and their agreements. */
  server() {
    this.#server ??= this.#openHouse();
    return this.#server;
  }

  async #openHouse() {
    const server = await Server.over(this.place("server"));
    server.init(ADMINISTRATOR, PASSWORD);
    for (const { name, roles } of Object.values(PEOPLE)) server.addAccount(name, PASSWORD, roles);
    this.hook = server.addIntake("alertmanager");
    await server.start();
    await furnish(server);
    return server;
  }

  /** A person's desk, signed in, with the board before them. */
  desk(name) {
    if (!this.#desks.has(name)) this.#desks.set(name, this.#openDesk(name));
    return this.#desks.get(name);
  }

  async #openDesk(name) {
    const [server, computer] = await Promise.all([this.server(), Computer.start(name, this.place(name))]);
    const desk = new Desk(computer, server);
    await desk.start();
    await signIn(desk, PEOPLE[name].name, PASSWORD);
    return desk;
  }

  both() {
    return Promise.all([this.desk("ada"), this.desk("ben")]);
  }

  /** A server over the demo, and who may sign in there. */
  async demo() {
    const server = await Server.over(path.join(this.folder, "demo"));
    const told = server.tell("seed");
    await server.start();
    this.#more.push(server);
    return { server, ...whoMaySignIn(told) };
  }

  /** The desks that could be opened, for pictures of what went wrong. */
  async opened() {
    const settled = await Promise.allSettled(this.#desks.values());
    return settled.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
  }

  async leave() {
    for (const desk of await this.opened()) await desk.quit();
    const server = await this.#server?.catch(() => undefined);
    for (const running of [server, ...this.#more]) await running?.stop();
  }
}

/** The Incident Manager among those whom the seed names, who sees most. */
function whoMaySignIn(told) {
  const found = /^\s*(?<name>\S+)\s+password (?<password>\S+)\s+Incident Manager/m.exec(told);
  if (!found) throw new Error(`the seed names no Incident Manager who may sign in: ${told}`);
  return found.groups;
}
