// What stands in front of the board, each in a file of its own: fetched once the board has been painted.
export const pages = {
  attention: () =>
    import("../nouns/attention/attention-inbox").then((page) => ({ default: page.AttentionInbox })),
  duties: () => import("../nouns/duties/my-work").then((page) => ({ default: page.MyWork })),
  entry: () => import("../nouns/entry/new-entry").then((page) => ({ default: page.NewEntry })),
  incident: () => import("../nouns/incident/incident-page").then((page) => ({ default: page.IncidentPage })),
  keys: () => import("../nouns/palette/key-list").then((page) => ({ default: page.KeyList })),
  palette: () => import("../nouns/palette/palette").then((page) => ({ default: page.Palette })),
  triage: () => import("../nouns/triage/triage").then((page) => ({ default: page.Triage })),
  panel: () => import("../doing/guard-panel").then((page) => ({ default: page.GuardPanel })),
};

/** Fetches them all, so that the first press opens at once. */
export function fetchPages(): void {
  for (const fetchPage of Object.values(pages)) fetchPage().catch(() => undefined);
}
