// Sign-in: a server, a name, a password. What went wrong is said, what was typed is kept. It is the page before the
// desk; where a session has ended it is a page of the desk, whose board and unsent work stay as they are.
import { useId, useState } from "react";
import type { DoorError } from "../../bindings";
import { call, reasonOf } from "../../door";
import { nearTime } from "../../parts/clock";
import { Refused } from "../../parts/refusal";
import { keepDrafts } from "../../records/drafts";
import { useSession, useSync } from "../../records/hooks";
import { readEverything } from "../../records/reading";
import { records } from "../../records/records";
import { go, routeOf } from "../../route";
import styles from "./sign-in.module.css";

/** The page before the desk. */
export function SignIn() {
  return (
    <main className={styles.page}>
      <Form lead="Sign in to your desk." />
    </main>
  );
}

/** A page of the desk: the session has ended, and the next one goes on from here. */
export function SignInAgain() {
  const ended = useSync()?.link === "signed_out";
  const lead = ended
    ? "Your session has ended. Sign in again: what you did since waits here, and is sent then."
    : "You are signed in. Signing in anew ends the session before it.";
  return (
    <section className={styles.page} aria-label="Sign in again">
      <Form lead={lead} />
    </section>
  );
}

function Form({ lead }: { lead: string }) {
  const known = useSession()?.server ?? "";
  const [server, setServer] = useState(known);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<DoorError>();
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await keepDrafts();
      records.readSession(await call("sign_in", { server: server.trim(), name: name.trim(), password }));
      await readEverything();
      if (routeOf(location.hash).at === "sign_in") go({ at: "board" });
    } catch (caught) {
      setError(reasonOf(caught));
      setPassword("");
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Sign in">
      <h1 className={styles.title}>Holdfast</h1>
      <p className={styles.lead}>{lead}</p>
      <Line
        label="Server"
        value={server}
        onChange={setServer}
        kind="url"
        placeholder="https://desk.example.com"
      />
      <Line
        label="Name"
        value={name}
        onChange={setName}
        kind="text"
        autoFocus={known !== ""}
        complete="username"
      />
      <Line
        label="Password"
        value={password}
        onChange={setPassword}
        kind="password"
        complete="current-password"
      />
      {error && <Refused error={error} />}
      <Standing />
      <button type="submit" className={styles.submit} aria-disabled={busy || undefined}>
        {busy ? "Signing in …" : "Sign in"}
      </button>
    </form>
  );
}

/** How the line stands, where that matters to somebody who signs in. */
function Standing() {
  const sync = useSync();
  if (sync === null) return null;
  const waiting = sync.unsent === 1 ? "One deed waits" : `${sync.unsent} deeds wait`;
  const unsent = `${waiting} unsent on this computer until whoever did it signs in.`;
  if (sync.link !== "offline" && sync.link !== "out_of_date") {
    if (sync.unsent === 0) return null;
    return (
      <p className={styles.standing} role="status">
        {unsent}
      </p>
    );
  }
  const since = sync.since === null ? "" : ` since ${nearTime(sync.since)}`;
  const words =
    sync.link === "offline"
      ? `The server has not answered${since}. Signing in needs it; what you did before is kept on this computer.`
      : "This desk and its server are of different versions. Update the desk, then sign in.";
  return (
    <p className={styles.standing} role="status">
      {words}
      {sync.unsent > 0 && ` ${unsent}`}
    </p>
  );
}

interface Lined {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind: "text" | "password" | "url";
  readonly placeholder?: string;
  readonly complete?: string;
  readonly autoFocus?: boolean;
}

function Line({ label, value, onChange, kind, placeholder, complete = "off", autoFocus = false }: Lined) {
  const id = useId();
  return (
    <div className={styles.line}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={autoFocus ? focusOnce : undefined}
        type={kind}
        value={value}
        placeholder={placeholder}
        autoComplete={complete}
        spellCheck={false}
        required
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}
