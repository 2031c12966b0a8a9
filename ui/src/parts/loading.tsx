// What is not here yet, in words: said where it takes long enough for somebody to wonder, and not before.
import { useEffect, useState } from "react";
import styles from "./loading.module.css";

/** What comes sooner than this was never waited for. */
const WONDERS_AFTER_MS = 200;

/** A quiet line; `what` is loading. */
export function Loading({ what }: { what: string }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), WONDERS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={styles.loading} role="status">
      {long && `${what}: loading …`}
    </p>
  );
}
