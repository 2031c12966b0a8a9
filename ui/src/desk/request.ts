// What the guard panel asks, where it was asked, and how it ends.
import { useCallback, useEffect, useRef, useState } from "react";
import type { About } from "../doing/about";
import type { Ask, Request } from "../doing/asking";
import { here, type Route } from "../route";

interface Asked {
  readonly request: Request;
  readonly key: number;
  readonly at: Route;
}

/** The request of the panel, and the way back to where the focus was. It ends where the person is led to something
 * else: whoever types there means what is in front. Its draft is kept. */
export function useRequest(route: Route) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const cameFrom = useRef<Element | null>(null);
  const count = useRef(0);
  const ask: Ask = useCallback((request) => {
    const at = document.activeElement;
    if (at?.closest("aside") == null) cameFrom.current = at;
    count.current += 1;
    setAsked({ request, key: count.current, at: here() });
  }, []);
  const end = useCallback(() => {
    setAsked(null);
    const back = cameFrom.current;
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  }, []);
  const left = asked !== null && !stays(asked, route) ? asked : null;
  useEffect(() => {
    if (left !== null) setAsked((now) => (now === left ? null : now));
  }, [left]);
  const shown = left === null ? asked : null;
  return { request: shown?.request ?? null, key: shown?.key ?? 0, ask, end };
}

/** Whether what was asked still belongs here: what is about the whole desk does everywhere, what is about one record
 * where it was asked and on that record's own page. */
function stays({ request, at }: Asked, route: Route): boolean {
  if (request.about.on === "desk" || isSamePlace(at, route)) return true;
  const led = subjectOf(route);
  return led !== null && led.on === request.about.on && led.id === request.about.id;
}

function isSamePlace(one: Route, other: Route): boolean {
  const [first, second] = [subjectOf(one), subjectOf(other)];
  return one.at === other.at && first?.id === second?.id;
}

function subjectOf(route: Route): Exclude<About, { on: "desk" }> | null {
  if (route.at === "incident") return { on: "incident", id: route.id };
  return route.at === "triage" && route.signal !== null ? { on: "signal", id: route.signal } : null;
}
