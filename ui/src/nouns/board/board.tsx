// The board: the lifecycle from left to right, the duties that press above it, every card within reach of a key.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Column, ColumnHead, IncidentView, Move, Offer } from "../../bindings";
import { incidentDeed } from "../../commands/all";
import { assign } from "../../commands/assign";
import { useAsk } from "../../doing/asking";
import { execute, say, sayRefusal } from "../../doing/run";
import { reasonOf } from "../../door";
import { useTopic } from "../../records/hooks";
import { readIncident } from "../../records/reading";
import { records } from "../../records/records";
import { go, toIncident } from "../../route";
import styles from "./board.module.css";
import { BoardBar } from "./board-bar";
import { CardMenu, deedsOf, type OpenMenu } from "./card-menu";
import { ClosedRail } from "./closed-rail";
import { BoardColumn, type LaneHandle } from "./column";
import { NoCards } from "./no-cards";
import { NowStrip } from "./now-strip";
import { useArrangement } from "./use-arrangement";
import { useBoardKeys } from "./use-board-keys";
import { useCarrying } from "./use-carrying";

/** The board; `active` while nothing stands in front of it. */
export function Board({ active }: { active: boolean }) {
  const columns = useTopic("columns", () => records.columns);
  const ask = useAsk();
  const move = useCallback((view: IncidentView, to: Move) => askMove(ask, records.columns, view, to), [ask]);
  const carrying = useCarrying(columns, move);
  const { arrangement, hold, frozen } = useArrangement(carrying.carried !== null);
  const overview = useSyncExternalStore(arrangement.subscribe, () => arrangement.overview());
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [closedOpen, setClosedOpen] = useState(false);
  const filterInput = useRef<HTMLInputElement>(null);
  const focus = useFocusedCard(active);
  const openMenu = useCallback((id: string, anchor: HTMLElement) => setMenu({ id, anchor, part: "all" }), []);
  const closeMenu = () => {
    setMenu(null);
    focus.back();
  };
  const deed = (view: IncidentView, offer: Offer) => askDeed(ask, view, offer.verb);
  useBoardKeys({
    active: active && menu === null,
    columns,
    arrangement,
    handles: focus.handles,
    current: focus.current,
    carrying: carrying.carried !== null,
    onShift: carrying.shift,
    onDrop: carrying.drop,
    onPutBack: carrying.putBack,
    onGrab: (id) => carrying.pickUp(id, "keys"),
    onMenu: (part) => openAtFocus(part, setMenu),
    onDeed: (verb) => onFocused(focus.current, (view) => askDeed(ask, view, verb)),
    onToMe: () => onFocused(focus.current, assignToMe),
    onFilter: () => filterInput.current?.focus(),
    onSortNow: () => arrangement.settle(new Set()),
  });
  const lane = (head: ColumnHead) => (
    <BoardColumn
      key={head.column}
      head={head}
      arrangement={arrangement}
      welcome={carrying.welcomes.get(head.column) ?? null}
      over={carrying.carried?.over === head.column && carrying.carried.by === "keys"}
      reachable={focus.reachable.get(head.column) ?? null}
      onMenu={openMenu}
      onHandle={focus.onHandle}
      onHold={hold}
      onSort={(column) => arrangement.sortNow(column)}
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it watches where the focus goes, nothing is pressed here
    <div className={styles.board} onFocus={focus.onFocus}>
      <h1 className="unseen">Board</h1>
      <BoardBar
        ref={filterInput}
        overview={overview}
        onFilter={(filter) => arrangement.filterBy(filter)}
        frozen={frozen}
      />
      <NowStrip pressing={overview.pressing} />
      <NoCards overview={overview} />
      <div className={styles.columns}>
        {columns.filter((head) => head.column !== "closed").map(lane)}
        <ClosedRail
          arrangement={arrangement}
          open={closedOpen}
          onOpen={setClosedOpen}
          carrying={carrying.carried !== null}
        >
          {columns.filter((head) => head.column === "closed").map(lane)}
        </ClosedRail>
      </div>
      {menu !== null && (
        <CardMenu
          menu={menu}
          columns={columns}
          onMove={move}
          onDeed={deed}
          onOpen={(id) => go(toIncident(id))}
          onClose={closeMenu}
        />
      )}
    </div>
  );
}

type Ask = ReturnType<typeof useAsk>;

function askMove(ask: Ask, columns: readonly ColumnHead[], view: IncidentView, move: Move): void {
  const name = columns.find((head) => head.column === move.to)?.name ?? move.to;
  if (move.to === view.card.column) return;
  if (move.refusal !== null) {
    sayRefusal(move.refusal);
    return;
  }
  ask({
    about: { on: "incident", id: view.card.id },
    deeds: deedsOf(move),
    title: `Move to ${name}`,
    of: `${view.card.label} ${view.card.title}`,
  });
}

function askDeed(ask: Ask, view: IncidentView, verb: string): void {
  const offer = view.offers.find((one) => one.verb === verb);
  const deed = offer === undefined ? undefined : incidentDeed(offer.verb);
  if (offer === undefined || deed === undefined) return;
  const { refusal } = offer;
  if (refusal !== null) {
    sayRefusal(refusal);
    return;
  }
  ask({
    about: { on: "incident", id: view.card.id },
    deeds: [deed],
    title: offer.label,
    of: `${view.card.label} ${view.card.title}`,
  });
}

function assignToMe(view: IncidentView): void {
  const { choices, session } = records;
  const me = session?.person?.id;
  if (choices === null || me === undefined) return;
  const built = assign.build(view, { to: me }, { choices, me, opened: 0, cards: () => [] });
  if ("gap" in built) {
    say(built.words);
    return;
  }
  execute(built.command, `Assigned to you: ${view.card.label}`).catch((caught: unknown) =>
    say(reasonOf(caught).message),
  );
}

function onFocused(current: () => { id: string } | null, run: (view: IncidentView) => void): void {
  const now = current();
  if (now !== null) readIncident(now.id).then(run, (caught: unknown) => say(reasonOf(caught).message));
}

function openAtFocus(part: OpenMenu["part"], open: (menu: OpenMenu) => void): void {
  const card = document.activeElement?.closest<HTMLElement>("[data-card]");
  if (card?.dataset.card) open({ id: card.dataset.card, anchor: card, part });
}

/** Which card has the focus, which one Tab reaches in each column, and the way back to it. */
function useFocusedCard(active: boolean) {
  const handles = useRef(new Map<Column, LaneHandle>());
  const last = useRef<{ column: Column; id: string } | null>(null);
  const [reachable, setReachable] = useState<ReadonlyMap<Column, string>>(new Map());
  const onHandle = useCallback((column: Column, handle: LaneHandle | null) => {
    if (handle === null) handles.current.delete(column);
    else handles.current.set(column, handle);
  }, []);
  const onFocus = useCallback((event: React.FocusEvent) => {
    const card = event.target.closest<HTMLElement>("[data-card], [data-signal]");
    const column = records.columns.find(
      (head) => head.column === event.target.closest<HTMLElement>("[data-column]")?.dataset.column,
    )?.column;
    const id = card?.dataset.card ?? card?.dataset.signal;
    if (id === undefined || column === undefined) return;
    last.current = { column, id };
    setReachable((now) => (now.get(column) === id ? now : new Map(now).set(column, id)));
  }, []);
  const back = useCallback(() => {
    const id = last.current?.id;
    document.querySelector<HTMLElement>(`[data-card="${id}"] a, [data-signal="${id}"] a`)?.focus();
  }, []);
  const current = useCallback(() => {
    const now = last.current;
    const there = now !== null && (records.cards.has(now.id) || records.signals.has(now.id));
    if (!there) return null;
    const column = now.column === "identified" ? "identified" : records.cards.get(now.id)?.column;
    return column ? { id: now.id, column } : null;
  }, []);
  useEffect(() => {
    if (active) requestAnimationFrame(back);
  }, [active, back]);
  return { handles: handles.current, reachable, onHandle, onFocus, back, current };
}
