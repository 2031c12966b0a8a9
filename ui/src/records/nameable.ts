// Whom the deeds of a form may name: read with the form, and again where an answer in it changes that.
import { useEffect, useMemo, useState } from "react";
import type { Choice, Naming, PersonId } from "../bindings";
import { call } from "../door";

/** Everybody who may be named at a place; nobody until that is read. */
export type Nameable = (naming: Naming) => readonly Choice<PersonId>[];

type Read = ReadonlyMap<string, readonly Choice<PersonId>[]>;

const NOBODY: readonly Choice<PersonId>[] = [];
const NOTHING_ASKED: Nameable = () => NOBODY;

/** Whom these places may name; nothing while the first of them are being read. */
export function useNameable(places: readonly Naming[] | undefined): Nameable | undefined {
  const asked = places === undefined ? undefined : JSON.stringify(places);
  const [read, setRead] = useState<Read>();
  useEffect(() => {
    if (asked === undefined) return;
    const named: readonly Naming[] = JSON.parse(asked);
    let shown = true;
    // What was read before stays: an answer that is taken back shows its list at once.
    const add = (lists: readonly (readonly Choice<PersonId>[])[]) => {
      const found = lists.flatMap((list, at) => (named[at] ? [[keyOf(named[at]), list] as const] : []));
      if (shown) setRead((known) => new Map([...(known ?? []), ...found]));
    };
    if (named.length === 0) add([]);
    else call("nameable", { places: [...named] }).then(add, () => add([]));
    return () => {
      shown = false;
    };
  }, [asked]);
  const nameable = useMemo(() => read && ((naming: Naming) => read.get(keyOf(naming)) ?? NOBODY), [read]);
  return nameable ?? (asked === "[]" ? NOTHING_ASKED : undefined);
}

function keyOf(naming: Naming): string {
  return JSON.stringify(naming);
}
