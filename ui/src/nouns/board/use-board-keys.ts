// The keys of the board. What they act on is the card that has the focus, or the last one that had it. A key that is
// not for such a card says what to do instead.
import type { Column, ColumnHead, Verb } from "../../bindings";
import { INCIDENT_DEEDS, SIGNAL_DEEDS } from "../../commands/all";
import { say } from "../../doing/run";
import type { KeyBinding } from "../../keys/registry";
import { useKeys } from "../../keys/use-keys";
import type { Arrangement } from "./arrangement";
import type { LaneHandle } from "./column";
import type { Standpoint } from "./use-focused-card";

/** What the keys can reach. */
export interface Reach {
  readonly active: boolean;
  readonly columns: readonly ColumnHead[];
  readonly arrangement: Arrangement;
  readonly handles: ReadonlyMap<Column, LaneHandle>;
  readonly current: () => Standpoint | null;
  readonly carrying: boolean;
  readonly onShift: (by: 1 | -1) => void;
  readonly onDrop: () => void;
  readonly onPutBack: () => void;
  readonly onGrab: (id: string) => void;
  readonly onMenu: (part: "all" | "moves") => void;
  readonly onDeed: (verb: Verb) => void;
  readonly onSignalDeed: (verb: Verb) => void;
  readonly onToMe: () => void;
  readonly onFilter: () => void;
  readonly onSortNow: () => void;
}

const SCOPE = "Board";
const LISTED = "Shift+F10 lists what may be done with it.";

/** Registers them while the board is in front. */
export function useBoardKeys(reach: Reach): void {
  useKeys(reach.active ? [...moving(reach), ...acting(reach)] : []);
}

function moving(reach: Reach): KeyBinding[] {
  const step = (columns: 1 | -1) => (reach.carrying ? reach.onShift(columns) : aside(reach, columns));
  const key = (keys: string, label: string, run: () => void): KeyBinding => ({
    keys,
    label,
    scope: SCOPE,
    run,
  });
  const all = [
    key("arrowdown,j", "Next card", () => down(reach, 1)),
    key("arrowup,k", "Previous card", () => down(reach, -1)),
    key("arrowleft,h", "Column to the left", () => step(-1)),
    key("arrowright,l", "Column to the right", () => step(1)),
    key("mod+shift+m", "Pick the card up; arrows, Enter, Esc", () =>
      withIncident(reach, "Picking up", reach.onGrab),
    ),
  ];
  if (!reach.carrying) return all;
  return [
    ...all,
    key("enter", "Drop the card", reach.onDrop),
    key("escape", "Put the card back", reach.onPutBack),
  ];
}

function acting(reach: Reach): KeyBinding[] {
  const key = (keys: string, label: string, run: () => void): KeyBinding => ({
    keys,
    label,
    scope: SCOPE,
    run,
  });
  const deeds = INCIDENT_DEEDS.flatMap((deed) =>
    deed.keys === null
      ? []
      : [key(deed.keys, deed.label, () => withIncident(reach, deed.label, () => reach.onDeed(deed.verb)))],
  );
  const onSignals = SIGNAL_DEEDS.flatMap(({ keys, label, verb }) =>
    keys === null
      ? []
      : [key(keys, `${label} (a signal)`, () => withSignal(reach, label, () => reach.onSignalDeed(verb)))],
  );
  return [
    key("s", "Move to …, then 1–6", () => withCard(reach, () => reach.onMenu("moves"))),
    key(".,shift+f10", "All actions", () => withCard(reach, () => reach.onMenu("all"))),
    ...onSignals,
    ...deeds,
    key("i", "Assign to me", () => withIncident(reach, "Assign to me", reach.onToMe)),
    key("/", "Filter", reach.onFilter),
    key("r", "Sort now what is held still", reach.onSortNow),
  ];
}

function withCard(reach: Reach, run: (card: Standpoint) => void): void {
  const now = reach.current();
  if (now === null) say("Choose a card first: the arrows go from card to card.");
  else run(now);
}

function withIncident(reach: Reach, label: string, run: (id: string) => void): void {
  withCard(reach, ({ column, id }) => {
    if (column === "identified") say(`${label} is for incidents, and this is a signal. 1 logs it; ${LISTED}`);
    else run(id);
  });
}

function withSignal(reach: Reach, label: string, run: () => void): void {
  withCard(reach, ({ column }) => {
    if (column === "identified") run();
    else say(`${label} is for signals, and this is an incident. S moves it; ${LISTED}`);
  });
}

function down(reach: Reach, by: 1 | -1): void {
  const now = reach.current();
  const column =
    now?.column ?? reach.columns.find((head) => reach.arrangement.lane(head.column).ids.length > 0)?.column;
  if (column === undefined) return;
  const { ids } = reach.arrangement.lane(column);
  const at = now === null ? -1 : ids.indexOf(now.id);
  reach.handles.get(column)?.focus(Math.min(ids.length - 1, Math.max(0, at + by)));
}

/** To the nearest column on that side with a card, at the same height. */
function aside(reach: Reach, by: 1 | -1): void {
  const now = reach.current();
  if (now === null) {
    down(reach, 1);
    return;
  }
  const at = reach.columns.findIndex((head) => head.column === now.column);
  const height = reach.arrangement.lane(now.column).ids.indexOf(now.id);
  for (let next = at + by; reach.columns[next] !== undefined; next += by) {
    const column = reach.columns[next]?.column;
    if (column === undefined) return;
    const { ids } = reach.arrangement.lane(column);
    const handle = reach.handles.get(column);
    if (ids.length > 0 && handle !== undefined) {
      handle.focus(Math.min(height, ids.length - 1));
      return;
    }
  }
}
