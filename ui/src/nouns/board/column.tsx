// One column: its head, and only as many cards as can be seen.
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { Column, ColumnHead } from "../../bindings";
import { TIME_STATE_NAMES, TIME_STATES } from "../../parts/countdown";
import { usePreferences } from "../../parts/preferences";
import { TimeShape } from "../../parts/time-shape";
import type { Arrangement, Lane } from "./arrangement";
import { IncidentCard } from "./card";
import styles from "./column.module.css";
import { SignalInColumn } from "./signal-card";
import { rem, sizes } from "./sizes";

/** What a column says to a card that is carried over it. */
export interface Welcome {
  readonly kind: "here" | "ready" | "needs" | "closed";
  readonly words: string;
}

/** What the board can ask of a column. */
export interface LaneHandle {
  focus(index: number): void;
}

interface Standing {
  readonly head: ColumnHead;
  readonly arrangement: Arrangement;
  readonly welcome: Welcome | null;
  /** Whether the carried card stands over it, by keys. */
  readonly over: boolean;
  /** The card that Tab reaches here. */
  readonly reachable: string | null;
  readonly onMenu: (id: string, anchor: HTMLElement) => void;
  readonly onHandle: (column: Column, handle: LaneHandle | null) => void;
  readonly onHold: (column: Column, by: "pointer" | "focus", held: boolean) => void;
}

/** Cards beyond the edge. Each is drawn at the start, and again with every tick of its clock. */
const OVERSCAN = 3;

/** A column of the lifecycle: drawn again when its own cards change places, not when another's do. */
export const BoardColumn = memo(function BoardColumn(standing: Standing) {
  const { head, arrangement, welcome, over, onHold } = standing;
  const { column } = head;
  const lane = useSyncExternalStore(arrangement.subscribe, () => arrangement.lane(column));
  const section = useRef<HTMLElement>(null);
  const [hovered, setHovered] = useState(false);
  useEffect(() => {
    const element = section.current;
    if (element === null) return;
    return dropTargetForElements({
      element,
      getData: () => ({ column }),
      onDragEnter: () => setHovered(true),
      onDragLeave: () => setHovered(false),
      onDrop: () => setHovered(false),
    });
  }, [column]);
  return (
    <section
      ref={section}
      className={styles.column}
      aria-label={head.name}
      data-column={column}
      data-welcome={welcome?.kind}
      data-over={over || hovered || undefined}
      onPointerEnter={() => onHold(column, "pointer", true)}
      onPointerLeave={() => onHold(column, "pointer", false)}
      onFocus={() => onHold(column, "focus", true)}
      onBlur={() => onHold(column, "focus", false)}
    >
      <Head head={head} lane={lane} welcome={welcome} onSort={() => arrangement.sortNow(column)} />
      <Cards {...standing} lane={lane} />
    </section>
  );
});

function Head({
  head,
  lane,
  welcome,
  onSort,
}: {
  head: ColumnHead;
  lane: Lane;
  welcome: Welcome | null;
  onSort: () => void;
}) {
  const shown = lane.ids.length;
  return (
    <header className={styles.head}>
      <h2 className={styles.name}>
        {head.name}{" "}
        <span className={styles.total}>{shown === lane.total ? shown : `${shown} of ${lane.total}`}</span>
      </h2>
      {welcome !== null && welcome.kind !== "here" ? (
        <p className={styles.welcome} title={welcome.words}>
          {welcome.words}
        </p>
      ) : (
        <p className={styles.counts}>
          {TIME_STATES.filter((state) => state !== "on_track" && lane.counts[state] > 0).map((state) => (
            <span
              key={state}
              className={styles.count}
              data-state={state}
              title={`${lane.counts[state]} ${TIME_STATE_NAMES[state]}`}
            >
              <TimeShape state={state} />
              {lane.counts[state]}
            </span>
          ))}
          {lane.wouldMove > 0 && (
            <button type="button" className={styles.pill} onClick={onSort}>
              {lane.wouldMove} would move · R
            </button>
          )}
        </p>
      )}
    </header>
  );
}

function Cards({ head, lane, reachable, onMenu, onHandle }: Standing & { lane: Lane }) {
  const { column } = head;
  const scroll = useRef<HTMLDivElement>(null);
  const { density, text } = usePreferences();
  // Asked of the page only when the text size changes: the answer makes the browser lay everything out.
  const pixels = useMemo(() => rem(text), [text]);
  const size = sizes(density, pixels);
  const { ids } = lane;
  // The same function while the column stands as it was: with another one every place is worked out anew, in
  // every frame of a scroll.
  const getItemKey = useCallback((index: number) => ids[index] ?? index, [ids]);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => size.card + size.gap,
    getItemKey,
    overscan: OVERSCAN,
    // All columns that scroll in one frame are drawn together, in one pass.
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size is a reason to measure anew
  useEffect(() => virtual.measure(), [size.card, virtual]);
  useEffect(() => {
    onHandle(column, { focus: (index) => focusCard(virtual.scrollToIndex, scroll, index) });
    return () => onHandle(column, null);
  }, [column, onHandle, virtual]);
  const at = reachable === null ? 0 : Math.max(0, lane.ids.indexOf(reachable));
  return (
    <div ref={scroll} className={styles.scroll}>
      <ul
        className={styles.tall}
        data-glides={lane.glides || undefined}
        aria-label={`${head.name}, ${lane.ids.length}`}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const id = lane.ids[index];
          if (id === undefined) return null;
          const placed = { id, reachable: index === at, density, onMenu };
          return (
            <li
              key={key}
              className={styles.slot}
              aria-posinset={index + 1}
              aria-setsize={lane.ids.length}
              data-index={index}
              style={{ height: size.card, transform: `translateY(${start}px)` }}
            >
              {column === "identified" ? <SignalInColumn {...placed} /> : <IncidentCard {...placed} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The card may not be mounted yet: scroll to it, then focus it in the next frame. */
function focusCard(
  scrollTo: (index: number) => void,
  scroll: React.RefObject<HTMLDivElement | null>,
  index: number,
): void {
  const find = () => scroll.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
  scrollTo(index);
  const here = find();
  if (here) here.focus();
  else requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
}
