// A deed that was begun before its record was read: once it is, this says whether it may be done. Until then its
// form stood open for what was typed; where it may not, the form goes and the reason is said as anywhere else.
import { type ReactNode, useEffect, useState } from "react";
import type { IncidentView } from "../bindings";
import { type Request, useAsk } from "./asking";
import { askDeed, offeredOf } from "./begin";

interface Begun {
  readonly request: Request;
  readonly view: IncidentView;
  readonly onEnd: () => void;
  /** Its form. */
  readonly children: ReactNode;
}

/** Judged once, by the record as it was first read: a form that somebody fills in does not go away under them. */
export function OnceRead({ request, view, onEnd, children }: Begun) {
  const ask = useAsk();
  const [refused] = useState(() => request.judged === "when_read" && !isOffered(request, view));
  useEffect(() => {
    if (!refused) return;
    onEnd();
    for (const { verb } of request.deeds) askDeed(ask, view, verb);
  }, [refused, request, view, onEnd, ask]);
  return refused ? null : children;
}

function isOffered({ deeds }: Request, { offers }: IncidentView): boolean {
  return deeds.every(({ verb }) => offeredOf([verb], offers) !== undefined);
}
