// What forms read from the record of an incident, which crosses the door as it is.
import type { Choice, IncidentId } from "../bindings";
import { type Ground, type Option, said, type Values } from "./deed";

type Fields = Readonly<Record<string, unknown>>;

/** What a list of the record holds, as options: each by its id, named by one of its fields. What has the field
 * `ended` is left out. */
export function listed(
  record: unknown,
  path: readonly string[],
  name: readonly string[],
  ended?: string,
): readonly Option[] {
  const list = at(record, path);
  if (!Array.isArray(list)) return [];
  return list.filter(hasFields).flatMap((one) => {
    const [id, words] = [one.id, at(one, name)];
    const isOpen = ended === undefined || one[ended] === null;
    return isOpen && typeof id === "string" ? [{ value: id, name: String(words), hint: "" }] : [];
  });
}

/** Other open incidents. */
export function others(own: IncidentId, ground: Ground): readonly Option[] {
  const cards = ground.cards().filter((card) => card.id !== own);
  return cards.map((card) => ({
    value: card.id,
    name: `${card.label} ${card.title}`,
    hint: card.client_name,
  }));
}

/** What was typed; nothing where it is blank. */
export function saidOrNone(values: Values, field: string): string | null {
  return said(values, field) || null;
}

/** The choices that were made, parted by spaces. */
export function several<T extends string>(choices: readonly Choice<T>[], values: string | undefined): T[] {
  const named = (values ?? "").split(" ");
  return choices.filter((choice) => named.includes(choice.value)).map((choice) => choice.value);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((reached: unknown, step) => (hasFields(reached) ? reached[step] : undefined), value);
}

function hasFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
