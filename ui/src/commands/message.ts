// What is told to clients: closed lists of the policy, and the messages that an incident has.
import type { Channel, IncidentView, MessageId, MessageKind, Outcome, ReplyKind, Topic } from "../bindings";
import { type Field, type Option, options } from "./deed";

export interface Word<T extends string> {
  readonly value: T;
  readonly name: string;
}

export const KINDS: readonly Word<MessageKind>[] = [
  { value: "first_notice", name: "First notice" },
  { value: "update", name: "Update" },
  { value: "restoration_notice", name: "Restoration notice" },
  { value: "resolution_confirmation", name: "Resolution confirmation" },
  { value: "correction", name: "Correction" },
];

export const TOPICS: readonly Word<Topic>[] = [
  { value: "data_loss", name: "Loss of data" },
  { value: "security", name: "Security" },
  { value: "blame", name: "Who is at fault" },
  { value: "committed_time", name: "A time of repair" },
];

export const OUTCOMES: readonly Word<Outcome>[] = [
  { value: "delivered", name: "Delivered" },
  { value: "answered", name: "Answered the phone" },
  { value: "voicemail", name: "Left on voicemail" },
  { value: "no_answer", name: "Nobody answered" },
  { value: "failed", name: "Not sent" },
  { value: "bounced", name: "Came back" },
];

export const CHANNELS: readonly Word<Channel>[] = [
  { value: "phone", name: "Phone" },
  { value: "email", name: "E-mail" },
  { value: "portal", name: "Portal" },
];

export const REPLIES: readonly Word<ReplyKind>[] = [
  { value: "human", name: "A person" },
  { value: "auto_reply", name: "An automatic reply" },
];

/** Words of a closed list as options of a form. */
export function listed<T extends string>(words: readonly Word<T>[]): readonly Option[] {
  return words.map((word) => ({ value: word.value, name: word.name, hint: "" }));
}

/** The word that was chosen. */
export function word<T extends string>(words: readonly Word<T>[], value: string | undefined): T | undefined {
  return words.find((word) => word.value === value)?.value;
}

/** The question which message is meant. */
export function whichMessage(view: IncidentView): Field {
  return { kind: "choice", name: "message", label: "Which message?", options: options(view.messages) };
}

/** The message that was chosen. */
export function message(view: IncidentView, value: string | undefined): MessageId | undefined {
  return view.messages.find((choice) => choice.value === value)?.value;
}
