// Dismiss signal: it is no incident (§6); signal and reason are kept.
import { type SignalDeed, said } from "./deed";

export const dismissSignal: SignalDeed = {
  on: "signal",
  verb: "dismiss_signal",
  label: "Not an incident",
  keywords: ["decline", "noise", "reject"],
  icon: "ban",
  keys: "3",
  fields: () => [{ kind: "text", name: "reason", label: "Why is it no incident?" }],
  build: (signal, values) => ({
    command: { verb: "dismiss_signal", signal: signal.id, reason: said(values, "reason") },
  }),
};
