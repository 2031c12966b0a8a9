// Reading records in a component: each hook is drawn again by its own topic alone.
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type {
  AttentionItem,
  Card,
  Choices,
  DoorError,
  DutyChip,
  IncidentId,
  IncidentView,
  RecordChoice,
  SessionView,
  SignalCard,
  SignalId,
  SyncView,
} from "../bindings";
import { call, reasonOf } from "../door";
import { readDuties, readIncident } from "./reading";
import { records, type Topic } from "./records";

/** Reads one topic. `get` must answer the same value until the topic changes. */
export function useTopic<T>(topic: Topic, get: () => T): T {
  const subscribe = useCallback((listener: () => void) => records.subscribe(topic, listener), [topic]);
  return useSyncExternalStore(subscribe, get);
}

export const useCard = (id: IncidentId): Card | undefined =>
  useTopic(`card:${id}`, () => records.cards.get(id));

export const useSignal = (id: SignalId): SignalCard | undefined =>
  useTopic(`signal:${id}`, () => records.signals.get(id));

export const useSession = (): SessionView | null => useTopic("session", () => records.session);

export const useSync = (): SyncView | null => useTopic("sync", () => records.sync);

export const useChoices = (): Choices | null => useTopic("choices", () => records.choices);

export const useAttention = (): readonly AttentionItem[] => useTopic("attention", () => records.attention);

export const useOwed = (): number => useTopic("owed", () => records.owed);

/** The duties of mine that come first: read when asked for, and again after changes while they are shown. */
export function useDuties(): readonly DutyChip[] {
  useEffect(() => void readDuties().catch(() => undefined), []);
  return useTopic("duties", () => records.duties);
}

const NONE: readonly RecordChoice[] = [];

/** Records beside the incidents, as they stood when asked for; nothing while they are being read. */
export function useRecordChoices(asked: boolean): readonly RecordChoice[] | undefined {
  const [read, setRead] = useState<readonly RecordChoice[]>();
  useEffect(() => {
    let shown = asked;
    const show = (found: readonly RecordChoice[]) => shown && setRead(found);
    if (asked) call("records", {}).then(show, () => show(NONE));
    return () => {
      shown = false;
    };
  }, [asked]);
  return asked ? read : NONE;
}

const UNREAD: ReadonlyMap<IncidentId, IncidentView> = new Map();

/** Several incidents in full, those of them that have been read; each is asked for once and followed from then on. */
export function useIncidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, IncidentView> {
  const named = ids.join(" ");
  const [views, setViews] = useState(UNREAD);
  useEffect(() => {
    const all = named.split(" ").filter(Boolean);
    const show = () =>
      setViews(new Map(all.map((id) => [id, records.incidents.get(id)] as const).filter(isRead)));
    const stops = all.map((id) => records.subscribe(`incident:${id}`, show));
    // Where one cannot be read, the form goes without its lines.
    for (const id of all) readIncident(id).catch(() => undefined);
    if (all.length > 0) show();
    else setViews(UNREAD);
    return () => {
      for (const stop of stops) stop();
    };
  }, [named]);
  return views;
}

function isRead(
  pair: readonly [IncidentId, IncidentView | undefined],
): pair is readonly [IncidentId, IncidentView] {
  return pair[1] !== undefined;
}

/** One incident in full: read when asked for, and again whenever its card changes. */
export function useIncident(id: IncidentId): {
  view: IncidentView | undefined;
  error: DoorError | undefined;
} {
  const view = useTopic(`incident:${id}`, () => records.incidents.get(id));
  const card = useCard(id);
  const [error, setError] = useState<DoorError>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed card is a reason to read its incident anew
  useEffect(() => {
    let asked = true;
    readIncident(id).then(
      () => asked && setError(undefined),
      (caught: unknown) => asked && setError(reasonOf(caught)),
    );
    return () => {
      asked = false;
    };
  }, [id, card]);
  return { view, error };
}
