// Whose incident it is: a client and the services of it that are struck.
import type { ClientId, ServiceId } from "../bindings";
import { chosen, type Field, type Ground, options, type Values } from "./deed";

/** The questions. */
export function whoseFields(ground: Ground, values: Values): readonly Field[] {
  const { choices } = ground;
  const services = options(choices.services)
    .filter((service) => service.hint === values.client)
    .map((service) => ({ ...service, hint: "" }));
  return [
    { kind: "choice", name: "client", label: "Client", options: options(choices.clients) },
    { kind: "several", name: "services", label: "Affected services", options: services },
  ];
}

/** What was chosen, or the first choice that is missing. */
export function whose(
  ground: Ground,
  values: Values,
): { client: ClientId; services: ServiceId[] } | { gap: string; words: string } {
  const { choices } = ground;
  const client = chosen(choices.clients, values.client);
  if (client === undefined) return { gap: "client", words: "Choose the client." };
  const named = (values.services ?? "").split(" ");
  const services = choices.services
    .filter((service) => service.hint === client && named.includes(service.value))
    .map((service) => service.value);
  if (services.length === 0) return { gap: "services", words: "Choose at least one affected service." };
  return { client, services };
}
