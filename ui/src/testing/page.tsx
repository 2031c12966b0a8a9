// The screen on invented records, for looking at it: `/testing.html?cards=10000&state=offline`.
import type { SyncView } from "../bindings";
import { start } from "../desk/start";
import { InventedDesk } from "./desk";
import { local, world } from "./world";

const asked = new URLSearchParams(location.search);
const now = () => Date.now();
const state = asked.get("state") ?? "live";
const HOUR = 3_600_000;

const SYNC: Readonly<Record<string, Partial<SyncView>>> = {
  offline: {
    link: "offline",
    since: local(now() - HOUR / 2),
    reason: "The server does not answer.",
    unsent: 3,
    as_of: local(now() - HOUR / 2),
  },
  connecting: { link: "connecting", since: local(now()) },
  filling: { link: "live", filling: 1240 },
  unshown: { unshown: 2 },
  "session-ended": { link: "signed_out", unsent: 2 },
  "signed-out": { link: "signed_out" },
  "signed-out-offline": { link: "offline", since: local(now() - HOUR / 2) },
};

const desk = new InventedDesk(world(state === "empty" ? 0 : Number(asked.get("cards") ?? 60), now), {
  signedIn: !state.startsWith("signed-out"),
  sync: SYNC[state] ?? {},
  attention: asked.get("attention") !== "none",
});
if (state === "empty") {
  desk.world.cards.clear();
  desk.world.signals.clear();
}
start(desk);
