// Which card has the focus, which one Tab reaches in each column, and the way back to it.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Column } from "../../bindings";
import { readAhead } from "../../records/ahead";
import { records } from "../../records/records";
import type { LaneHandle } from "./column";

/** A card, and the column it stands in now. */
export interface Standpoint {
  readonly column: Column;
  readonly id: string;
}

/** Follows the focus over the board. */
export function useFocusedCard(active: boolean) {
  const handles = useRef(new Map<Column, LaneHandle>());
  const last = useRef<Standpoint | null>(null);
  const [reachable, setReachable] = useState<ReadonlyMap<Column, string>>(new Map());
  const onHandle = useCallback((column: Column, handle: LaneHandle | null) => {
    if (handle === null) handles.current.delete(column);
    else handles.current.set(column, handle);
  }, []);
  const onFocus = useCallback((event: React.FocusEvent) => {
    const found = standpointOf(event.target);
    if (found === null) return;
    last.current = found;
    if (found.column !== "identified") readAhead(found.id);
    setReachable((now) =>
      now.get(found.column) === found.id ? now : new Map(now).set(found.column, found.id),
    );
  }, []);
  const back = useCallback(() => {
    const id = last.current?.id;
    document.querySelector<HTMLElement>(`[data-card="${id}"] a, [data-signal="${id}"] a`)?.focus();
  }, []);
  /** The card that has the focus, or had it last, wherever it stands now. */
  const current = useCallback((): Standpoint | null => {
    const now = last.current;
    if (now === null) return null;
    if (records.signals.has(now.id)) return now;
    const column = records.cards.get(now.id)?.column;
    return column ? { id: now.id, column } : null;
  }, []);
  useEffect(() => {
    if (active) requestAnimationFrame(back);
  }, [active, back]);
  return { handles: handles.current, reachable, onHandle, onFocus, back, current };
}

function standpointOf(target: Element): Standpoint | null {
  const card = target.closest<HTMLElement>("[data-card], [data-signal]");
  const place = target.closest<HTMLElement>("[data-column]")?.dataset.column;
  const column = records.columns.find((head) => head.column === place)?.column;
  const id = card?.dataset.card ?? card?.dataset.signal;
  return id === undefined || column === undefined ? null : { column, id };
}
