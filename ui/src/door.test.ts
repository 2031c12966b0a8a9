import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Call, Push } from "./bindings";
import { call, changeHands, hear, hostTransport, openDoor, reasonOf, Unheard } from "./door";

class InventedEvents {
  static latest: InventedEvents;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  closed = false;
  constructor(readonly address: string) {
    InventedEvents.latest = this;
  }
  close() {
    this.closed = true;
  }
}

let asked: { address: string; call: Call }[];

function answer(body: unknown, status = 200) {
  vi.stubGlobal("fetch", (address: string, sent: { body: string }) => {
    asked.push({ address, call: JSON.parse(sent.body) });
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
}

beforeEach(() => {
  asked = [];
  vi.stubGlobal("EventSource", InventedEvents);
  openDoor(hostTransport());
});

describe("the door over the loopback host", () => {
  it("posts the call and answers its value", async () => {
    answer({ call: "draft", value: "words" });
    expect(await call("draft", { key: "k" })).toBe("words");
    expect(asked).toEqual([{ address: "/door", call: { call: "draft", key: "k" } }]);
  });

  it("turns a failed answer into its error, refusal and all", async () => {
    const refusal = {
      code: "too_early",
      verb: "close",
      clause: "§3.1",
      what: "w",
      instead: "i",
      exception_by: [],
      field: null,
    };
    answer({ code: "refused", message: "No.", refusal }, 409);
    const caught: unknown = await call("choices", {}).catch((reason: unknown) => reason);
    expect(reasonOf(caught)).toEqual({ code: "refused", message: "No.", refusal });
  });

  it("says what to do where the desk does not answer, or answers something else", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
    expect(reasonOf(await call("sync", {}).catch((reason: unknown) => reason)).message).toContain(
      "Start it again",
    );
    answer("<html>", 502);
    expect(reasonOf(await call("sync", {}).catch((reason: unknown) => reason)).code).toBe("failed");
    answer({ call: "board", value: {} });
    expect(reasonOf(await call("sync", {}).catch((reason: unknown) => reason)).message).toContain(
      "was answered board",
    );
  });

  it("answers whoever asked, and nobody else where they have left since", async () => {
    const late: ((response: Response) => void)[] = [];
    vi.stubGlobal("fetch", () => new Promise<Response>((told) => late.push(told)));
    const caught = (reason: unknown) => reason;
    const asked = [call("draft", { key: "k" }).catch(caught), call("attention", {}).catch(caught)];
    const entering = call("sign_out", {}).catch(caught);
    changeHands();
    const [draft, attention, out] = late;
    draft?.(new Response(JSON.stringify({ call: "draft", value: "words of before" })));
    attention?.(new Response(JSON.stringify({ code: "signed_out", message: "" }), { status: 401 }));
    out?.(new Response(JSON.stringify({ call: "sign_out", value: { person: null } })));
    for (const answer of await Promise.all(asked)) expect(answer).toBeInstanceOf(Unheard);
    expect(await entering).toEqual({ person: null });
  });

  it("hears pushes, and reads everything again after the line was down", () => {
    const heard: Push[] = [];
    const line: boolean[] = [];
    const stop = hear(
      (push) => heard.push(push),
      (open) => line.push(open),
    );
    const events = InventedEvents.latest;
    events.onopen?.();
    events.onmessage?.({ data: JSON.stringify({ push: "attention", value: 2 }) });
    events.onerror?.();
    events.onopen?.();
    expect(heard).toEqual([{ push: "attention", value: 2 }, { push: "reload" }]);
    expect(line).toEqual([true, false, true]);
    stop();
    expect(events.closed).toBe(true);
  });
});
