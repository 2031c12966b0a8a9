// The board: the lifecycle from left to right, the duties that press above it, every card within reach of a key.
import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import type { ColumnHead, IncidentView, Move } from "../../bindings";
import { useAsk } from "../../doing/asking";
import { askDeed } from "../../doing/begin";
import { useTopic } from "../../records/hooks";
import { records } from "../../records/records";
import { go, toIncident } from "../../route";
import styles from "./board.module.css";
import { BoardBar } from "./board-bar";
import { CardMenuSoon } from "./card-menu-soon";
import { ClosedRail } from "./closed-rail";
import { BoardColumn } from "./column";
import { askMove, assignToMe, beginDeed, beginSignalDeed } from "./deeds";
import { MajorRows } from "./major-rows";
import { type CardMenuOpen, menuOf, type OpenMenu } from "./moving";
import { NoCards } from "./no-cards";
import { NowStrip } from "./now-strip";
import { useArrangement } from "./use-arrangement";
import { useBoardKeys } from "./use-board-keys";
import { useCarrying } from "./use-carrying";
import { useFocusedCard } from "./use-focused-card";

/** The board: `inFront` while it is the page, `active` while nothing at all stands before it. */
export function Board({ inFront, active }: { inFront: boolean; active: boolean }) {
  const board = useBoard(inFront, active);
  const { columns, arrangement, overview, carrying, focus, menu } = board;
  const lane = (head: ColumnHead) => (
    <BoardColumn
      key={head.column}
      head={head}
      arrangement={arrangement}
      welcome={carrying.welcomes.get(head.column) ?? null}
      over={carrying.carried?.over === head.column && carrying.carried.by === "keys"}
      reachable={focus.reachable.get(head.column) ?? null}
      onMenu={board.openMenu}
      onHandle={focus.onHandle}
      onHold={board.hold}
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it watches where the focus goes; a card's menu has a button and keys of its own
    <div
      className={styles.board}
      onFocus={focus.onFocus}
      onContextMenu={(event) => openUnder(event, board.openMenu)}
    >
      <h1 className="unseen">Board</h1>
      <BoardBar
        ref={board.filterInput}
        overview={overview}
        onFilter={(filter) => arrangement.filterBy(filter)}
        frozen={board.frozen}
      />
      <NowStrip pressing={overview.pressing} />
      <MajorRows majors={overview.majors} />
      <NoCards overview={overview} />
      <div className={styles.columns}>
        {columns.filter((head) => head.column !== "closed").map(lane)}
        <ClosedRail
          arrangement={arrangement}
          welcome={carrying.welcomes.get("closed") ?? null}
          over={carrying.carried?.over === "closed" && carrying.carried.by === "keys"}
        >
          {columns.filter((head) => head.column === "closed").map(lane)}
        </ClosedRail>
      </div>
      {menu !== null && (
        <CardMenuSoon
          menu={menu}
          columns={columns}
          onMove={board.move}
          onDeed={(view, offer) => askDeed(board.ask, view, offer.verb)}
          onSignalDeed={(id, verb) => beginSignalDeed(board.ask, id, verb)}
          onOpen={(id) => go(toIncident(id))}
          onClose={board.closeMenu}
        />
      )}
    </div>
  );
}

/** What the board holds: its arrangement, the card in the hand, the focus, the open menu, its keys. */
function useBoard(inFront: boolean, active: boolean) {
  const columns = useTopic("columns", () => records.columns);
  const ask = useAsk();
  const move = useCallback((view: IncidentView, to: Move) => askMove(ask, records.columns, view, to), [ask]);
  const carrying = useCarrying(columns, move);
  const { arrangement, hold, frozen } = useArrangement(carrying.carried !== null);
  const overview = useSyncExternalStore(arrangement.subscribe, () => arrangement.overview());
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const focus = useFocusedCard(active);
  const openMenu = useCallback((id: string, anchor: HTMLElement) => setMenu(menuOf(id, anchor, "all")), []);
  const closeMenu = () => {
    setMenu(null);
    focus.back();
  };
  useBoardKeys({
    active: inFront,
    columns,
    arrangement,
    handles: focus.handles,
    current: focus.current,
    carrying: carrying.carried !== null,
    onShift: carrying.shift,
    onDrop: carrying.drop,
    onPutBack: carrying.putBack,
    onGrab: (id) => carrying.pickUp(id, "keys"),
    onMenu: (part) => openAt(focus.current()?.id, part, setMenu),
    onDeed: (verb) => beginDeed(ask, focus.current()?.id, verb),
    onSignalDeed: (verb) => beginSignalDeed(ask, focus.current()?.id, verb),
    onToMe: () => assignToMe(focus.current()?.id),
    onFilter: () => filterInput.current?.focus(),
    onSortNow: () => arrangement.settle(new Set()),
  });
  return {
    columns,
    ask,
    move,
    carrying,
    arrangement,
    hold,
    frozen,
    overview,
    menu,
    filterInput,
    focus,
    openMenu,
    closeMenu,
  };
}

/** The other button of the mouse opens the menu of the card under it. */
function openUnder(event: React.MouseEvent, open: (id: string, anchor: HTMLElement) => void): void {
  const card =
    event.target instanceof Element ? event.target.closest<HTMLElement>("[data-card], [data-signal]") : null;
  const id = card?.dataset.card ?? card?.dataset.signal;
  if (card === null || id === undefined) return;
  event.preventDefault();
  open(id, card);
}

/** The keys open the menu where the card is. */
function openAt(id: string | undefined, part: CardMenuOpen["part"], open: (menu: OpenMenu) => void): void {
  const card = document.querySelector<HTMLElement>(`[data-card="${id}"], [data-signal="${id}"]`);
  if (id !== undefined && card !== null) open(menuOf(id, card, part));
}
