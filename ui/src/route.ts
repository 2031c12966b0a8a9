// Where the person is: the hash of the URL, and nothing else.
import { useSyncExternalStore } from "react";
import type { IncidentId, SignalId, Subject, Verb } from "./bindings";

export type Route =
  | { readonly at: "board" }
  | { readonly at: "triage"; readonly signal: SignalId | null }
  | { readonly at: "incident"; readonly id: IncidentId; readonly doing: string | null }
  | { readonly at: "duties" }
  | { readonly at: "attention" }
  | { readonly at: "sign_in" };

/** The address of a route. */
export function hrefOf(route: Route): string {
  switch (route.at) {
    case "board":
      return "#/board";
    case "triage":
      return route.signal === null ? "#/triage" : `#/triage/${route.signal}`;
    case "incident":
      return `#/incident/${route.id}${route.doing === null ? "" : `/${route.doing}`}`;
    case "duties":
      return "#/my-work";
    case "attention":
      return "#/attention";
    case "sign_in":
      return "#/sign-in";
  }
}

/** Reads an address; anything unknown is the board. */
export function routeOf(hash: string): Route {
  const [place, id, doing] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  switch (place) {
    case "triage":
      return { at: "triage", signal: id ?? null };
    case "incident":
      return id ? { at: "incident", id, doing: doing ?? null } : { at: "board" };
    case "my-work":
      return { at: "duties" };
    case "attention":
      return { at: "attention" };
    case "sign-in":
      return { at: "sign_in" };
    default:
      return { at: "board" };
  }
}

/** Goes there. */
export function go(route: Route): void {
  location.hash = hrefOf(route);
}

/** What is begun on arrival: a deed, whatever is owed next, or nothing. */
type Doing = Verb | "duty" | null;

/** The address of an incident, or of a deed on it. */
export function toIncident(id: IncidentId, doing: Doing = null): Route {
  return { at: "incident", id, doing };
}

/** Where a duty is paid: on its incident by that deed, in triage, or from the list of what I owe. */
export function toDuty(subject: Subject, doing: Doing): Route {
  if (subject.on === "incident") return toIncident(subject.id, doing);
  return subject.on === "signal" ? { at: "triage", signal: subject.id } : { at: "duties" };
}

let known: { hash: string; route: Route } | undefined;

/** Where the person is now. */
export function here(): Route {
  if (known?.hash !== location.hash) known = { hash: location.hash, route: routeOf(location.hash) };
  return known.route;
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** Where the person is, drawn again when that changes. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, here);
}
