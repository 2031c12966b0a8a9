// How records come in: read once at the start, then told by pushes. Nothing polls.
import type { IncidentId, IncidentView, Push, Subject } from "../bindings";
import { call, hear, reasonOf, Unanswered } from "../door";
import { records } from "./records";

/** What the reader does with news that are not records. */
export interface Reader {
  openDuty(subject: Subject): void;
}

const DUTIES_AFTER_MS = 250;
let dutiesTimer: ReturnType<typeof setTimeout> | undefined;

/** Reads who is here, then everything that person may see, and listens from then on. */
export async function beginReading(reader: Reader): Promise<() => void> {
  const stop = hear(
    (push) => take(push, reader),
    (open) => records.setLine(open),
  );
  records.watch(() => dutiesSoon());
  await readSession();
  return stop;
}

/** Reads the session, and the board with it where somebody is signed in. */
export async function readSession(): Promise<void> {
  const session = await call("session", {});
  records.readSession(session);
  records.readSync(await call("sync", {}));
  if (session.person !== null) await readEverything();
}

/** Reads all that the signed-in person may see: the board first. */
export async function readEverything(): Promise<void> {
  records.readBoard(await call("board", {}));
  records.readChoices(await call("choices", {}));
  await Promise.all([readAttention(), readDuties()]);
}

/** Reads one incident in full. */
export async function readIncident(id: IncidentId): Promise<IncidentView> {
  const view = await call("incident", { id });
  records.readIncident(view);
  return view;
}

/** Reads what was refused. */
export async function readAttention(): Promise<void> {
  records.readAttention(await call("attention", {}));
}

async function readDuties(): Promise<void> {
  records.readDuties(await call("my_duties", {}));
}

function dutiesSoon(): void {
  if (records.session?.person == null || dutiesTimer !== undefined) return;
  dutiesTimer = setTimeout(() => {
    dutiesTimer = undefined;
    readDuties().catch(signedOut);
  }, DUTIES_AFTER_MS);
}

function take(push: Push, reader: Reader): void {
  switch (push.push) {
    case "board":
      records.push(push.value);
      break;
    case "reload":
      readSession().catch(signedOut);
      break;
    case "incident":
      if (records.incidents.has(push.value)) readIncident(push.value).catch(signedOut);
      break;
    case "sync":
      records.readSync(push.value);
      if (push.value.link === "signed_out" && records.session?.person != null) {
        call("session", {}).then((session) => records.readSession(session), signedOut);
      }
      break;
    case "attention":
      readAttention().catch(signedOut);
      break;
    case "open_duty":
      reader.openDuty(push.value);
      break;
  }
}

/** A background reading that failed because the session ended brings the sign-in up; others show in the line. */
function signedOut(caught: unknown): void {
  const { code } = reasonOf(caught);
  if (code === "signed_out" && records.session !== null) {
    records.readSession({ ...records.session, person: null });
  } else if (!(caught instanceof Unanswered) || code === "failed") {
    records.setLine(false);
  }
}
