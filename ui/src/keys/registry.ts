// Every key of the screen: who listens, and when none may (WCAG 2.1.4).
//
// A key of one letter never fires while somebody types, and can be switched off altogether.

/** A key, what it does, and where it is listed. */
export interface KeyBinding {
  /** `c`, `mod+k`, `g b`, `f8`; several ways are parted by commas. */
  readonly keys: string;
  readonly label: string;
  /** The heading it is listed under. */
  readonly scope: string;
  readonly run: () => void;
}

const SEQUENCE_MS = 1000;
const TYPING =
  "input, textarea, select, [contenteditable='true'], [role='textbox'], [role='combobox'], [role='searchbox']";
/** Widgets with keys of their own. */
const OCCUPIED =
  "[role='menu'], [role='listbox'], [role='dialog'], [role='alertdialog'], [role='radiogroup']";

/** The chord of a key press, as bindings write it. */
export function chordOf(event: KeyboardEvent): string {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("mod");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && (parts.length > 0 || event.key.length > 1)) parts.push("shift");
  return [...parts, key].join("+");
}

/** Whether a chord is a single character without a modifier. */
export function isLetter(chord: string): boolean {
  return !chord.includes("+") && (chord.length === 1 || chord === "space");
}

/** The bindings in force; what came last is asked first. */
export class KeyRegistry {
  #layers: (readonly KeyBinding[])[] = [];
  #begun: { chord: string; at: number } | undefined;
  #keepers: ((event: KeyboardEvent) => void)[] = [];
  /** Whether keys of one letter are on. */
  letters = true;

  /** Adds bindings until the returned function is called. */
  add(bindings: readonly KeyBinding[]): () => void {
    this.#layers = [bindings, ...this.#layers];
    return () => {
      this.#layers = this.#layers.filter((layer) => layer !== bindings);
    };
  }

  /** Gives keys of one letter to `keeper`, who came last, until the returned function is called. */
  keep(keeper: (event: KeyboardEvent) => void): () => void {
    this.#keepers = [keeper, ...this.#keepers];
    return () => {
      this.#keepers = this.#keepers.filter((one) => one !== keeper);
    };
  }

  /** All bindings, for the list of keys; of two with the same keys, the one that fires. */
  list(): readonly KeyBinding[] {
    const all = this.#layers.flat();
    return all.filter((one, index) => all.findIndex((other) => other.keys === one.keys) === index);
  }

  /** Handles a key press; true when something was done. */
  press(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing) return false;
    const chord = chordOf(event);
    const letter = isLetter(chord);
    const typing = within(event.target, TYPING);
    if (letter && (!this.letters || typing || within(event.target, OCCUPIED))) return false;
    // In a text field Ctrl+Z takes back letters, and arrows and Enter are the field's own.
    if (typing && (chord === "mod+z" || !/^(mod|alt)\+|^f\d|^escape$/.test(chord))) return false;
    if (!letter && !typing && within(event.target, OCCUPIED) && !chord.startsWith("mod+")) return false;
    const [keeper] = this.#keepers;
    if (letter && keeper !== undefined) {
      keeper(event);
      return false;
    }
    return this.#fire(chord, event);
  }

  #fire(chord: string, event: KeyboardEvent): boolean {
    const begun = this.#begun;
    this.#begun = undefined;
    const sequence =
      begun !== undefined && event.timeStamp - begun.at < SEQUENCE_MS ? `${begun.chord} ${chord}` : "";
    const binding = this.#find(sequence) ?? this.#find(chord);
    if (binding === undefined) {
      if (this.#startsSequence(chord)) this.#begun = { chord, at: event.timeStamp };
      return false;
    }
    event.preventDefault();
    binding.run();
    return true;
  }

  #find(keys: string): KeyBinding | undefined {
    if (keys === "") return undefined;
    return this.#layers.flat().find((binding) => binding.keys.split(",").includes(keys));
  }

  #startsSequence(chord: string): boolean {
    return this.#layers.flat().some((binding) => binding.keys.startsWith(`${chord} `));
  }
}

function within(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
