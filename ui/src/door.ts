// The one door: every question the screen asks and every push it hears.
//
// The desktop shell and the loopback host answer the same calls. Nothing else in the screen knows which of
// the two it speaks to.
import { invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Answered, Call, DoorError, Push } from "./bindings";

/** Whoever carries calls to the desk and pushes back. */
export interface Transport {
  ask(call: Call): Promise<Answered>;
  /** Hears pushes until the returned function is called. `line` says whether the desk itself answers. */
  listen(hear: (push: Push) => void, line: (open: boolean) => void): () => void;
}

/** A question of one kind, and what answers it. */
export type Question<C extends Call["call"]> = Omit<Extract<Call, { call: C }>, "call">;
export type AnswerTo<C extends Call["call"]> = Extract<Answered, { call: C }>["value"];

/** A call that failed, with what was kept and what to do next. */
export class Unanswered extends Error {
  constructor(readonly error: DoorError) {
    super(error.message);
    this.name = "Unanswered";
  }
}

/** Whoever asked has left since: the answer, or the fault, is nobody's. There is nothing to say of it to anybody. */
export class Unheard extends Unanswered {
  constructor() {
    super({ code: "failed", message: "Somebody else is signed in now.", refusal: null });
    this.name = "Unheard";
  }
}

let transport: Transport | undefined;

/** How often the person at this desk changed. */
let hands = 0;

/** What brings that change about, and is answered to whoever is here then. */
const CHANGES: ReadonlySet<Call["call"]> = new Set(["sign_in", "sign_out"]);

/** Chooses who carries the calls; done once, before the first call. */
export function openDoor(chosen: Transport): void {
  transport = chosen;
}

/** Somebody else is here from now on, or nobody: what was asked before is answered to no one. */
export function changeHands(): void {
  hands += 1;
}

/** Asks one question, for whoever is here now. */
export async function call<C extends Call["call"]>(kind: C, question: Question<C>): Promise<AnswerTo<C>> {
  if (transport === undefined) throw failed("The door is not open yet.");
  const asker = hands;
  const answered = await transport.ask({ ...question, call: kind } as Call).catch(asUnanswered);
  if (asker !== hands && !CHANGES.has(kind)) throw new Unheard();
  if (answered instanceof Unanswered) throw answered;
  if (answered.call !== kind) throw failed(`Asked ${kind}, was answered ${answered.call}.`);
  return answered.value as AnswerTo<C>;
}

/** Hears pushes. */
export function hear(push: (push: Push) => void, line: (open: boolean) => void): () => void {
  return transport === undefined ? () => undefined : transport.listen(push, line);
}

/** What a caught value says, for people. */
export function reasonOf(caught: unknown): DoorError {
  return caught instanceof Unanswered ? caught.error : failed(words(caught)).error;
}

function failed(what: string): Unanswered {
  return new Unanswered({ code: "failed", message: what, refusal: null });
}

function words(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

/** The host this page was loaded from. */
export function hostTransport(): Transport {
  return isTauri() ? shell() : loopback();
}

function shell(): Transport {
  return {
    async ask(call) {
      try {
        return await invoke<Answered>("door", { call });
      } catch (reason) {
        throw asUnanswered(reason);
      }
    },
    listen(hear, line) {
      const stop = listen<Push>("push", (event) => hear(event.payload));
      stop.then(
        () => line(true),
        () => line(false),
      );
      return () => void stop.then((end) => end());
    },
  };
}

function loopback(): Transport {
  return {
    async ask(call) {
      let response: Response;
      try {
        response = await fetch("/door", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(call),
        });
      } catch {
        throw failed("The desk on this computer does not answer. Start it again; what was saved is kept.");
      }
      const body: unknown = await response.json().catch(() => null);
      if (!response.ok) throw asUnanswered(body);
      return body as Answered;
    },
    listen(hear, line) {
      const source = new EventSource("/pushes");
      let missed = false;
      source.onopen = () => {
        line(true);
        // Whatever was pushed while the line was down is gone: read everything again.
        if (missed) hear({ push: "reload" });
        missed = false;
      };
      source.onerror = () => {
        missed = true;
        line(false);
      };
      source.onmessage = (event: MessageEvent<string>) => hear(JSON.parse(event.data) as Push);
      return () => source.close();
    },
  };
}

function asUnanswered(reason: unknown): Unanswered {
  if (reason instanceof Unanswered) return reason;
  const isError = typeof reason === "object" && reason !== null && "code" in reason && "message" in reason;
  return isError ? new Unanswered(reason as DoorError) : failed(words(reason ?? "The desk gave no reason."));
}
