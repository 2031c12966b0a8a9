// What was just done, with a way back for ten seconds. It stands in the line below: it covers nothing that is next.
import { useEffect, useSyncExternalStore } from "react";
import { Button, IconButton } from "../parts/button";
import { dismissToast, latestDone, onDone, undoLatest } from "./run";
import styles from "./toast.module.css";

const SHOWN_MS = 10_000;

/** The latest deed. */
export function Toast() {
  const done = useSyncExternalStore(onDone, latestDone);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(dismissToast, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  if (done === null) return null;
  return (
    <section className={styles.toast} aria-label="Just done">
      <span className={styles.words}>{done.words}</span>
      {done.undo !== null && (
        <>
          <span className={styles.undo} title={done.undo}>
            {done.undo}
          </span>
          <Button label="Undo" keys="mod+z" onPress={undoLatest} />
        </>
      )}
      <IconButton label="Dismiss" icon="close" onPress={dismissToast} />
    </section>
  );
}
