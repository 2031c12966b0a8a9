// Raise signal: anyone reports what may be an incident (§3.1, §3.2).
import { chosen, type DeskDeed, gap, options, said } from "./deed";
import { ago, minutesAgo } from "./minutes";

export const raiseSignal: DeskDeed = {
  on: "desk",
  verb: "raise_signal",
  label: "Report",
  keywords: ["signal", "something is wrong", "notice"],
  icon: "signal",
  keys: null,
  fields: (ground, values) => [
    { kind: "line", name: "summary", label: "What did you see?" },
    { kind: "text", name: "details", label: "Anything else", optional: true },
    { kind: "line", name: "reporter", label: "Reported by" },
    { kind: "choice", name: "source", label: "Source", options: options(ground.choices.sources) },
    {
      kind: "choice",
      name: "client",
      label: "Client",
      options: options(ground.choices.clients),
      optional: true,
    },
    {
      kind: "choice",
      name: "service",
      label: "Service",
      options: options(ground.choices.services)
        .filter((service) => service.hint === values.client)
        .map((service) => ({ ...service, hint: "" })),
      optional: true,
    },
    minutesAgo(ground, "reported", "Reported"),
  ],
  build: (values, ground, fresh) => {
    const source = chosen(ground.choices.sources, values.source);
    if (source === undefined) return gap("source", "Choose where it came from.");
    const reported = ago(ground, values, "reported");
    if ("gap" in reported) return reported;
    return {
      command: {
        verb: "raise_signal",
        signal: fresh,
        sighting: {
          source,
          client: chosen(ground.choices.clients, values.client) ?? null,
          service: chosen(ground.choices.services, values.service) ?? null,
          summary: said(values, "summary"),
          details: said(values, "details"),
          reporter: said(values, "reporter"),
          reported_at: reported.at,
          dedup_key: null,
          link: null,
        },
      },
    };
  },
};
