// The questions of one deed, and what is wrong with an answer.
import type { Timestamp } from "../bindings";
import type { Deed, Field } from "../commands/deed";
import { answerOf } from "../commands/deed";
import { answerFrom, counted } from "../commands/minutes";
import { realInstant, useClock, wall } from "../parts/clock";
import { ChoiceField, LineField, SeveralField, Shown, TextField } from "../parts/fields";
import { MinutesField } from "../parts/minutes-field";
import { MomentField } from "../parts/moment-field";
import { dayName } from "../parts/wall-time";
import { fieldsOf, type Subject } from "./about";
import type { Form } from "./use-form";

/** Every question of a deed. */
export function Questions({ deed, subject, form }: { deed: Deed; subject: Subject; form: Form }) {
  const { ground, trouble } = form;
  if (ground === undefined) return null;
  const values = form.valuesOf(deed.verb);
  return fieldsOf(deed, subject, ground, values).map((field) => {
    const here = trouble?.verb === deed.verb && trouble.field === field.name;
    return (
      <Question
        key={field.name}
        field={field}
        zone={ground.zone}
        value={answerOf(field, values)}
        wrong={here ? (trouble.error.refusal?.what ?? trouble.error.message) : undefined}
        onChange={(value) => form.write(deed.verb, field.name, value)}
      />
    );
  });
}

interface Answered {
  readonly field: Field;
  readonly zone: string;
  readonly value: string;
  readonly wrong: string | undefined;
  readonly onChange: (value: string) => void;
}

function Question({ field, zone, ...answer }: Answered) {
  const { name, label, hint, optional } = field;
  const asked = { name, label, hint, optional, ...answer };
  switch (field.kind) {
    case "shown":
      return <Shown label={label} hint={hint} text={field.text} />;
    case "line":
      return <LineField {...asked} />;
    case "number":
      return <LineField {...asked} inputMode="numeric" />;
    case "text":
      return <TextField {...asked} />;
    case "choice":
      return <ChoiceField {...asked} entries={field.options} />;
    case "several":
      return <SeveralField {...asked} entries={field.options} />;
    case "minutes":
      return <Minutes {...answer} field={field} />;
    case "moment":
      return <MomentField {...asked} today={wall(realInstant()).day} zone={zone} />;
  }
}

interface Counting extends Omit<Answered, "field" | "zone"> {
  readonly field: Extract<Field, { kind: "minutes" }>;
}

/** What was kept counts from where it was counted; whoever answers now counts from when this form was opened. */
function Minutes({ field, value, wrong, onChange }: Counting) {
  const { name, label, hint, optional, lies, usual } = field;
  const { number, from } = counted(value, field.from);
  const moment = useClock((now) => momentOf(from, now));
  const opened = useClock((now) => momentOf(field.from, now));
  return (
    <MinutesField
      {...{ name, label, hint, optional, lies, usual, wrong, moment, opened }}
      value={number}
      onChange={(typed) => onChange(answerFrom({ number: typed, from: field.from }))}
    />
  );
}

/** `14:02`, or `23 Nov 14:02` where that is not today. */
function momentOf(at: Timestamp, now: Timestamp): string {
  const { day, time, zone } = wall(at);
  const today = wall(now).day;
  const date = day === today ? "" : dayName(day, today.slice(0, 4));
  return `${date} ${time.slice(0, 5)} ${zone === "UTC" ? "UTC" : ""}`.trim();
}
