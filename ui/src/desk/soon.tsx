// What stands where the palette will be, in the moment in which it is fetched: a field for the letters typed
// meanwhile. They are handed on, and none of them reaches the board as a key.
import styles from "./soon.module.css";

interface Soon {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

/** The field. */
export function PaletteSoon({ text, onText, onClose }: Soon) {
  const leave = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <div className={styles.behind}>
      <input
        className={styles.input}
        // biome-ignore lint/a11y/noAutofocus: it was called by a key, and the next one is meant for it
        autoFocus
        aria-label="Command or incident"
        placeholder="A command, a number, a client, a word"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={leave}
      />
    </div>
  );
}
