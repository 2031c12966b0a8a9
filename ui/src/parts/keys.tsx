// A shortcut, printed the way it is pressed.
import styles from "./keys.module.css";

const NAMES: Readonly<Record<string, string>> = {
  mod: /Mac/.test(globalThis.navigator?.platform ?? "") ? "⌘" : "Ctrl",
  shift: "Shift",
  enter: "Enter",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
};

/** Key caps beside a label: drawn, so that they are no part of the label's text or name. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span aria-hidden="true" className={styles.aside}>
      {keys.split(" ").map((chord) => (
        <span key={chord} className={styles.drawn} data-key={printed(chord)} />
      ))}
    </span>
  );
}

/** Key caps within a sentence: `mod+shift+m`, or `g b`. */
export function KeysInText({ keys }: { keys: string }) {
  return (
    <kbd className={styles.keys}>
      {keys.split(" ").map((chord) => (
        <span key={chord}>{printed(chord)}</span>
      ))}
    </kbd>
  );
}

/** A chord in words. */
export function printed(chord: string): string {
  return chord
    .split("+")
    .map((key) => NAMES[key.toLowerCase()] ?? key.toUpperCase())
    .join("+");
}
