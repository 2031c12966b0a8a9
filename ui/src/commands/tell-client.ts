// Tell client: a notice, an update or a confirmation in words of one's own (§3.4). Told is what arrives.
import type { Topic } from "../bindings";
import { type Field, type Ground, gap, type IncidentDeed, options, said } from "./deed";
import { CHANNELS, KINDS, listed, message, OUTCOMES, TOPICS, whichMessage, word } from "./message";
import { aheadIfAny, minutesAheadIfAny } from "./minutes";

export const tellClient: IncidentDeed = {
  on: "incident",
  verb: "tell_client",
  label: "Tell client",
  keywords: ["client", "notice", "update", "message", "mail", "call"],
  icon: "phone",
  keys: "u",
  begins: true,
  fields: (view, ground, values) => [
    { kind: "choice", name: "kind", label: "What is it?", options: listed(KINDS) },
    { kind: "choice", name: "channel", label: "How?", options: listed(CHANNELS) },
    { kind: "line", name: "contact", label: "To whom?", initial: view.reporter },
    { kind: "text", name: "text", label: "In your own words" },
    minutesAheadIfAny(ground, "next", "Next update", "Severity 1 and 2 need one; it becomes a deadline."),
    ...templateField(ground),
    {
      kind: "several",
      name: "topics",
      label: "Does it touch one of these?",
      hint: "The house may want somebody else to read it first.",
      options: listed(TOPICS),
      optional: true,
    },
    ...(values.channel === "phone"
      ? [
          {
            kind: "choice",
            name: "outcome",
            label: "How did the call end?",
            options: listed(OUTCOMES.slice(1, 4)),
            optional: true,
          } as const,
        ]
      : []),
    ...(values.kind === "correction"
      ? [{ ...whichMessage(view), name: "correction_of", label: "What was wrong?" }]
      : []),
  ],
  build: (view, values, ground, fresh) => {
    const kind = word(KINDS, values.kind);
    if (kind === undefined) return gap("kind", "Choose what it is.");
    const channel = word(CHANNELS, values.channel);
    if (channel === undefined) return gap("channel", "Choose how it goes out.");
    const next = aheadIfAny(ground, values, "next");
    if ("gap" in next) return next;
    const topics = said(values, "topics")
      .split(" ")
      .map((topic) => word(TOPICS, topic))
      .filter((topic): topic is Topic => topic !== undefined)
      .sort();
    return {
      command: {
        verb: "tell_client",
        incident: view.card.id,
        message: fresh,
        kind,
        channel,
        contact: said(values, "contact"),
        text: said(values, "text"),
        template: said(values, "template") || null,
        next_update_at: next.at,
        topics,
        correction_of: message(view, values.correction_of) ?? null,
        outcome: word(OUTCOMES, values.outcome) ?? null,
      },
    };
  },
};

/** Which of the house's templates goes along; nothing is asked where the house has none. */
function templateField({ choices }: Ground): readonly Field[] {
  const known = options(choices.templates);
  if (known.length === 0) return [];
  return [{ kind: "choice", name: "template", label: "Template", options: known, optional: true }];
}
