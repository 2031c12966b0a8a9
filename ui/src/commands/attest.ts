// Attest: a person has understood a procedure, and shows it by answering its case (§3.5).
import { type DeskDeed, type Field, type Ground, gap, type Option } from "./deed";

export const attest: DeskDeed = {
  on: "desk",
  verb: "attest",
  label: "Attest a procedure",
  keywords: ["procedure", "understood", "read"],
  icon: "check",
  keys: null,
  fields: (ground, values) => {
    const which: Field = {
      kind: "choice",
      name: "procedure",
      label: "Procedure",
      options: ground.choices.procedures.map((one) => ({ value: one.id, name: one.name, hint: "" })),
    };
    const procedure = chosenProcedure(ground, values.procedure);
    if (procedure === undefined) return [which];
    const answers: Option[] = procedure.scenario.answers.map((name, place) => ({
      value: String(place),
      name,
      hint: "",
    }));
    const label = procedure.scenario.question;
    return [which, { kind: "choice", name: "answer", label, hint: procedure.text, options: answers }];
  },
  build: (values, ground) => {
    const procedure = chosenProcedure(ground, values.procedure);
    if (procedure === undefined) return gap("procedure", "Choose a procedure.");
    const answer = Number.parseInt(values.answer ?? "", 10);
    if (Number.isNaN(answer)) return gap("answer", "Choose what you would do.");
    return { command: { verb: "attest", procedure: procedure.id, version: procedure.version, answer } };
  },
};

function chosenProcedure(ground: Ground, id: string | undefined) {
  return ground.choices.procedures.find((one) => one.id === id);
}
