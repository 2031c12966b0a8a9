// Merge signal: it belongs to an incident that is open already (§3.1).
import { gap, type SignalDeed } from "./deed";

export const mergeSignal: SignalDeed = {
  on: "signal",
  verb: "merge_signal",
  label: "Merge into incident",
  keywords: ["duplicate", "same", "join"],
  icon: "merge",
  keys: "2",
  fields: (signal, ground) => {
    const likely = (id: string) => signal.candidates.includes(id);
    const open = [...ground.cards()].sort((a, b) => Number(likely(b.id)) - Number(likely(a.id)));
    const listed = open.map((card) => ({
      value: card.id,
      name: `${card.label} ${card.title}`,
      hint: `${card.client_name}${likely(card.id) ? " · likely the same" : ""}`,
    }));
    const first = signal.candidates[0];
    return [
      {
        kind: "choice",
        name: "into",
        label: "Into which incident?",
        options: listed,
        ...(first ? { initial: first } : {}),
      },
    ];
  },
  build: (signal, values, ground) => {
    const into = ground.cards().find((card) => card.id === values.into);
    if (into === undefined) return gap("into", "Choose the incident it belongs to.");
    return { command: { verb: "merge_signal", signal: signal.id, into: into.id } };
  },
};
