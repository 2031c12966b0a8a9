// What stands in front of the desk or beside it in the moment in which its file is fetched: a field for what is
// typed meanwhile. That is handed on, and none of it reaches the board as a key.
import { type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { KeepKeys, PressKept } from "../keys/pressed-ahead";
import { Loading } from "../parts/loading";
import { type TypedAhead, TypingAhead } from "../parts/typed-ahead";
import styles from "./soon.module.css";

interface Soon {
  /** What is being opened. */
  readonly title: string;
  readonly placeholder?: string;
  readonly onLeave: () => void;
  /** What is fetched; it takes what was typed ahead. */
  readonly children: (typed: TypedAhead) => ReactNode;
}

/** In front of everything. */
export function SoonInFront({ title, placeholder, onLeave, children }: Soon) {
  const typed = useRef("");
  useWayBack();
  const field = <TypingAhead title={title} placeholder={placeholder} typed={typed} onLeave={onLeave} />;
  return (
    <Suspense
      fallback={
        <div className={styles.behind}>
          <div className={styles.field}>{field}</div>
        </div>
      }
    >
      {children(typed)}
    </Suspense>
  );
}

/** Beside the work. */
export function SoonBeside({ title, onLeave, children }: Soon) {
  const typed = useRef("");
  return (
    <Suspense
      fallback={
        <aside className={styles.beside} aria-label={title}>
          <h2 className={styles.title}>{title}</h2>
          <TypingAhead title={title} typed={typed} onLeave={onLeave} />
        </aside>
      }
    >
      {children(typed)}
    </Suspense>
  );
}

/** A whole page: what is pressed meanwhile is pressed when it is here. */
export function SoonPage({ title, children }: { title: string; children: ReactNode }) {
  const pressed = useRef<KeyboardEvent[]>([]);
  return (
    <Suspense
      fallback={
        <>
          <KeepKeys pressed={pressed} />
          <Loading what={title} />
        </>
      }
    >
      {children}
      <PressKept pressed={pressed} />
    </Suspense>
  );
}

/** A dialog gives the focus back to what had it before; where that was the field, it goes to what had it earlier. */
function useWayBack(): void {
  const [cameFrom] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
    },
    [cameFrom],
  );
}
