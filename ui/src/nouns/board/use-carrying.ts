// A card in the hand: by pointer or by keys, it goes the same way. Every column says beforehand whether it takes it.
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Column, ColumnHead, IncidentView, Move } from "../../bindings";
import { sayCaught } from "../../doing/run";
import { announce } from "../../parts/announce";
import { readIncident } from "../../records/reading";
import { records } from "../../records/records";
import type { Welcome } from "./column";
import { spoken, welcomeOf } from "./moving";

/** The card that is carried. */
export interface Carried {
  readonly id: string;
  readonly by: "pointer" | "keys";
  /** Its moves, once they are read. */
  readonly view: IncidentView | null;
  /** The column it would go to, by keys. */
  readonly over: Column | null;
}

/** Carrying a card, and what becomes of it when it is let go. */
export function useCarrying(
  columns: readonly ColumnHead[],
  onMove: (view: IncidentView, move: Move) => void,
) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const latest = useRef(onMove);
  latest.current = onMove;

  const setDown = useCallback(() => setCarried(null), []);
  const pickUp = useCallback((id: string, by: Carried["by"]) => {
    setCarried({ id, by, view: null, over: null });
    readIncident(id).then(
      (view) => {
        setCarried((now) => (now?.id === id ? { ...now, view, over: view.card.column } : now));
        if (by === "keys")
          announce(
            `${view.card.label} picked up, in ${view.phase}. Arrows choose a column, Enter drops, Escape puts back.`,
          );
      },
      (caught: unknown) => {
        setCarried(null);
        sayCaught(caught);
      },
    );
  }, []);

  const held = useRef(carried);
  held.current = carried;
  const letGo = useCallback((id: string, to: Column) => {
    const known = held.current?.view ?? undefined;
    const foreseen = openMove(known, to);
    setCarried(null);
    if (known !== undefined && foreseen !== undefined) latest.current(known, foreseen);
    // Read again, from this computer: a quick hand drops before the moves are read, and what they said while the card
    // was carried may be another matter by now.
    readIncident(id).then((view) => {
      const move = view.moves.find((one) => one.to === to);
      if (move === undefined || (foreseen !== undefined && move.refusal === null)) return;
      latest.current(view, move);
    }, sayCaught);
  }, []);

  usePointer(columns, pickUp, letGo, setDown);

  const welcomes = useMemo(() => {
    const view = carried?.view;
    const of = new Map<Column, Welcome>();
    for (const move of view?.moves ?? []) of.set(move.to, welcomeOf(move, view?.card.column ?? null));
    return of;
  }, [carried]);

  const shift = useCallback(
    (by: 1 | -1) => {
      const at = columns.findIndex((head) => head.column === carried?.over);
      const head = columns[Math.min(columns.length - 1, Math.max(0, at + by))];
      if (carried === null || head === undefined) return;
      setCarried({ ...carried, over: head.column });
      const welcome = welcomes.get(head.column);
      if (welcome) announce(spoken(head.name, welcome));
    },
    [carried, columns, welcomes],
  );

  const drop = useCallback(() => {
    if (carried?.over) letGo(carried.id, carried.over);
    else setCarried(null);
  }, [carried, letGo]);

  const putBack = useCallback(() => {
    setCarried(null);
    announce("Put back.");
  }, []);

  return { carried, welcomes, pickUp, shift, drop, putBack };
}

/** The move to a column where the record, as it stands on the board now, says that it may be. */
function openMove(view: IncidentView | undefined, to: Column): Move | undefined {
  if (view === undefined || records.cards.get(view.card.id)?.updated_at !== view.card.updated_at)
    return undefined;
  return view.moves.find((one) => one.to === to && one.refusal === null);
}

/** The pointer picks up, and drops on the innermost column; anywhere else the card goes back. */
function usePointer(
  columns: readonly ColumnHead[],
  pickUp: (id: string, by: "pointer") => void,
  letGo: (id: string, to: Column) => void,
  setDown: () => void,
): void {
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => typeof source.data.card === "string",
        onDragStart: ({ source }) => pickUp(String(source.data.card), "pointer"),
        onDrop: ({ source, location }) => {
          const to = location.current.dropTargets[0]?.data.column;
          const column = columns.find((head) => head.column === to)?.column;
          if (column === undefined) setDown();
          else letGo(String(source.data.card), column);
        },
      }),
    [columns, pickUp, letGo, setDown],
  );
}
