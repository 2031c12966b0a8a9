// What a form may look at: the lists to choose from, the open cards, and the records that its deeds speak of.
import { useMemo } from "react";
import type { IncidentId, IncidentView, Timestamp } from "../bindings";
import type { Deed, Ground, Values } from "../commands/deed";
import { namingsOf } from "../commands/whom";
import { useChoices, useIncidents, useRecordChoices, useSession } from "../records/hooks";
import { type Nameable, useNameable } from "../records/nameable";
import { records } from "../records/records";
import { fieldsOf, readsOf, type Subject } from "./about";

const NONE: ReadonlyMap<IncidentId, IncidentView> = new Map();
const NOBODY: Nameable = () => [];

/** The ground of these deeds with what was answered so far; nothing while it is being read. */
export function useGround(
  deeds: readonly Deed[],
  subject: Subject,
  opened: Timestamp,
  values: Readonly<Record<string, Values>>,
): Ground | undefined {
  const choices = useChoices();
  const chosen = useRecordChoices(deeds.some(choosesRecords));
  const session = useSession();
  const me = session?.person?.id;
  const zone = session?.zone ?? "";
  const bare = useMemo(
    () =>
      choices === null || me === undefined || chosen === undefined
        ? undefined
        : {
            choices,
            me,
            opened,
            zone,
            cards: () => [...records.cards.values()].filter(isOpen),
            records: chosen,
            nameable: NOBODY,
            incidents: NONE,
          },
    [choices, me, zone, chosen, opened],
  );
  const incidents = useIncidents(readsOf(deeds, bare, (verb) => values[verb] ?? {}));
  const asked = (deed: Deed, ground: Ground) => fieldsOf(deed, subject, ground, values[deed.verb] ?? {});
  const nameable = useNameable(bare && deeds.flatMap((deed) => namingsOf(asked(deed, bare))));
  return useMemo(
    () => (bare && nameable ? { ...bare, incidents, nameable } : undefined),
    [bare, incidents, nameable],
  );
}

function choosesRecords(deed: Deed): boolean {
  return deed.on === "record" || (deed.on === "desk" && deed.choosesRecords === true);
}

function isOpen(card: { column: string | null }): boolean {
  return card.column !== null && card.column !== "closed";
}
