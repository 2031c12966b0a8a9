// Whoever is signed in, at the foot of the rail: the name opens what can be done about the session.
import { useState } from "react";
import { quit } from "../doing/quit";
import { signOut } from "../doing/sign-out";
import { Icon } from "../parts/icon";
import { useSession, useSync } from "../records/hooks";
import { hrefOf } from "../route";
import styles from "./rail.module.css";

/** The name; pressed, it opens the ways out, and the way back in where the session has ended. */
export function Person() {
  const name = useSession()?.person?.name ?? "";
  const ended = useSync()?.link === "signed_out";
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const leave = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    close();
  };
  return (
    <div role="presentation" onKeyDownCapture={leave} onBlurCapture={(event) => isOutside(event) && close()}>
      {open && ended && (
        <a className={styles.quiet} href={hrefOf({ at: "sign_in" })} title="Sign in again" onClick={close}>
          <Icon name="lock" />
          <span className={styles.name}>Sign in</span>
        </a>
      )}
      {open && (
        <button
          type="button"
          className={styles.quiet}
          onClick={signOut}
          title="Sign out: unsent work stays on this computer"
        >
          <Icon name="close" />
          <span className={styles.name}>Sign out</span>
        </button>
      )}
      {open && (
        <button
          type="button"
          className={styles.quiet}
          onClick={quit}
          title="Quit: no alarm rings until Holdfast is started again; unsent work stays on this computer"
        >
          <Icon name="power" />
          <span className={styles.name}>Quit</span>
        </button>
      )}
      <button
        type="button"
        className={styles.quiet}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        title={name}
      >
        <Icon name="person" />
        <span className={styles.name}>{name}</span>
      </button>
    </div>
  );
}

/** Whether the focus went elsewhere. A press that takes no focus, as on a button in WebKit, is no reason to close. */
function isOutside({ relatedTarget, currentTarget }: React.FocusEvent): boolean {
  return relatedTarget !== null && !currentTarget.contains(relatedTarget);
}
