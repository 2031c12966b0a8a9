// Signing out: the session ends, what waits unsent stays on this computer for whoever did it.
import { call, reasonOf } from "../door";
import { keepDrafts } from "../records/drafts";
import { records } from "../records/records";
import { say } from "./run";

/** Signs out here; the page before the desk comes up. */
export function signOut(): void {
  keepDrafts()
    .then(() => call("sign_out", {}))
    .then(
      (session) => records.readSession(session),
      (caught: unknown) => say(`Not signed out: ${reasonOf(caught).message}`),
    );
}
