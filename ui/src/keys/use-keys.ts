// Keys that live as long as a component does.
import { useEffect, useMemo, useRef } from "react";
import { usePreferences } from "../parts/preferences";
import { type KeyBinding, KeyRegistry } from "./registry";

/** The keys of this desk. */
export const keys = new KeyRegistry();

/** Registers keys while the component is there. Labels and keys are fixed; what they do may change. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const signature = bindings.map((binding) => `${binding.scope}|${binding.keys}|${binding.label}`).join("\n");
  const stable = useMemo(
    () =>
      signature.split("\n").flatMap((line, index) => {
        const [scope = "", chord = "", label = ""] = line.split("|");
        return chord === "" ? [] : [{ scope, keys: chord, label, run: () => latest.current[index]?.run() }];
      }),
    [signature],
  );
  useEffect(() => keys.add(stable), [stable]);
}

/** Listens to the keyboard; once, at the top. */
export function useKeyboard(): void {
  const { letterKeys } = usePreferences();
  useEffect(() => {
    keys.letters = letterKeys;
  }, [letterKeys]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => void keys.press(event);
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
