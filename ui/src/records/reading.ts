// How records come in: read once at the start, then told by pushes. Nothing polls.
import type { Board, DutyChip, IncidentId, IncidentView, Push, Subject } from "../bindings";
import { call, hear, reasonOf, Unanswered, Unheard } from "../door";
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
    (open) => (open ? records.setLine(true) : records.lineLost()),
  );
  records.watch(() => dutiesSoon());
  await readSession();
  return stop;
}

/** Reads the session, and the board with it where somebody is signed in: asked in one breath. */
export async function readSession(): Promise<void> {
  const board = call("board", {}).catch((caught: unknown) => {
    if (reasonOf(caught).code === "signed_out") return null;
    throw caught;
  });
  const answers = [call("session", {}), call("sync", {}), board] as const;
  const [session, sync, read] = await Promise.all(answers);
  records.readSession(session);
  records.readSync(sync);
  if (session.person !== null && read !== null) takeBoard(read);
}

/** Reads all that the signed-in person may see: the board first. */
export async function readEverything(): Promise<void> {
  takeBoard(await call("board", {}));
}

/** The board is what people wait for; what forms and lists need comes right after it. */
function takeBoard(board: Board): void {
  records.readBoard(board);
  call("choices", {}).then((choices) => records.readChoices(choices), signedOut);
  readAttention().catch(signedOut);
  dutiesSoon();
}

/** How often incidents were asked for; and of each, which asking was answered last. */
let asked = 0;
const answered = new Map<IncidentId, number>();

/**
 * Reads one incident in full. Whoever asked later knows of every push before it: an answer that it overtook is not
 * shown.
 */
export async function readIncident(id: IncidentId): Promise<IncidentView> {
  const asking = ++asked;
  const view = await call("incident", { id });
  if (asking > (answered.get(id) ?? 0)) {
    answered.set(id, asking);
    records.readIncident(view);
  }
  return view;
}

/** Reads what was refused. */
export async function readAttention(): Promise<void> {
  records.readAttention(await call("attention", {}));
}

/** Reads the duties of mine that come first. */
export async function readDuties(): Promise<readonly DutyChip[]> {
  const { soonest, owed } = await call("my_duties", {});
  records.readDuties(soonest);
  records.readOwed(owed);
  return soonest;
}

/** Reads them again where somebody looks at them: a list that nobody sees costs nothing. */
function dutiesSoon(): void {
  if (records.session?.person == null || dutiesTimer !== undefined || !records.hears("duties")) return;
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
      if (records.hears(`incident:${push.value}`)) readIncident(push.value).catch(signedOut);
      else records.forgetIncident(push.value);
      break;
    case "owed":
      records.readOwed(push.value);
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
  if (caught instanceof Unheard) return;
  const { code } = reasonOf(caught);
  if (code === "signed_out" && records.session !== null) {
    records.readSession({ ...records.session, person: null });
  } else if (!(caught instanceof Unanswered) || code === "failed") {
    records.setLine(false);
  }
}
