// Accept signal: log the incident that it tells of (§3.1). Its source is the signal's.
import type { SignalDeed } from "./deed";
import { entryFields, entryOf } from "./entry";

export const acceptSignal: SignalDeed = {
  on: "signal",
  verb: "accept_signal",
  label: "Accept and log",
  keywords: ["log", "incident", "take"],
  icon: "check",
  keys: "1",
  fields: (signal, ground, values) =>
    entryFields(ground, values, signal).filter((field) => field.name !== "source"),
  build: (signal, values, ground, fresh) => {
    const read = entryOf(ground, { ...values, source: signal.source }, signal);
    if ("gap" in read) return read;
    return { command: { verb: "accept_signal", signal: signal.id, incident: fresh, entry: read.entry } };
  },
};
