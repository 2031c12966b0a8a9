// Lines of the log that a person points to: chosen from the timelines of the incidents, as far as the server has
// them.
import type { EntryId, IncidentId, IncidentView, TimelineLine } from "../bindings";
import { dayTime } from "../parts/clock";
import { type Field, type Ground, type Option, said, type Values } from "./deed";

/** So much of what was said tells a line from the next. */
const WORDS_MAX = 80;

/** The lines of one incident, as options. */
export function linesOf(view: IncidentView): readonly Option[] {
  return known(view).map((line) => ({ value: line.id, name: nameOf(line), hint: hintOf(line) }));
}

/** The question which lines of these incidents show it; none has to be named. */
export function linesField(
  ground: Ground,
  incidents: readonly IncidentId[],
  name: string,
  label: string,
): Field {
  const views = read(ground, incidents);
  const many = views.length > 1;
  const options = views.flatMap((view) =>
    linesOf(view).map((line) => ({
      ...line,
      hint: many ? `${view.card.label} · ${line.hint}` : line.hint,
    })),
  );
  const asked = { kind: "several", name, label, options, optional: true } as const;
  return incidents.length === 0
    ? { ...asked, hint: "Choose the incident first; its lines are listed then." }
    : asked;
}

/** The lines that were chosen and are still among those of these incidents. */
export function linesChosen(
  ground: Ground,
  incidents: readonly IncidentId[],
  values: Values,
  name: string,
): EntryId[] {
  const chosen = said(values, name).split(" ");
  const all = read(ground, incidents).flatMap(known);
  return all.filter((line) => chosen.includes(line.id)).map((line) => line.id);
}

/** These lines as they read, one below the other; those that are not on this computer are counted. */
export function linesTold(
  ground: Ground,
  incidents: readonly IncidentId[],
  lines: readonly EntryId[],
): string {
  const all = read(ground, incidents).flatMap((view) => view.timeline);
  const found = all.filter((line) => lines.includes(line.id));
  const told = found.map((line) => `${nameOf(line)}: ${line.text || line.who}`);
  const missing = lines.length - found.length;
  return [...told, ...(missing > 0 ? [`${missing} more, not on this computer`] : [])].join("\n");
}

function read(ground: Ground, incidents: readonly IncidentId[]): readonly IncidentView[] {
  return incidents.flatMap((id) => ground.incidents.get(id) ?? []);
}

function known(view: IncidentView): readonly TimelineLine[] {
  return view.timeline.filter((line) => !line.unsent);
}

function nameOf(line: TimelineLine): string {
  return `${dayTime(line.at)} ${line.title}`;
}

function hintOf(line: TimelineLine): string {
  const words = line.text.length > WORDS_MAX ? `${line.text.slice(0, WORDS_MAX)}…` : line.text;
  return words === "" ? line.who : `${line.who}: ${words}`;
}
