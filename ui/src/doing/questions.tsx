// The questions of one deed, and what is wrong with an answer.
import type { Deed, Field } from "../commands/deed";
import { answerOf } from "../commands/deed";
import { realInstant, wall } from "../parts/clock";
import { ChoiceField, LineField, SeveralField, Shown, TextField } from "../parts/fields";
import { MinutesField } from "../parts/minutes-field";
import { MomentField } from "../parts/moment-field";
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
      return <MinutesField {...asked} lies={field.lies} moment={momentOf(field.from)} usual={field.usual} />;
    case "moment":
      return <MomentField {...asked} today={wall(realInstant()).day} zone={zone} />;
  }
}

function momentOf(at: number): string {
  const { time, zone } = wall(at);
  return `${time.slice(0, 5)} ${zone === "UTC" ? "UTC" : ""}`.trim();
}
