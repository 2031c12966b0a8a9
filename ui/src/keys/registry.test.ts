import { beforeEach, describe, expect, it } from "vitest";
import { chordOf, KeyRegistry } from "./registry";

let keys: KeyRegistry;
let did: string[];

beforeEach(() => {
  keys = new KeyRegistry();
  did = [];
  document.body.innerHTML = `
    <input id="line"><textarea id="text"></textarea><div role="combobox" id="combo" tabindex="0"></div>
    <div role="menu"><button id="item">x</button></div><button id="button">x</button>`;
});

function bind(...chords: string[]) {
  return keys.add(
    chords.map((chord) => ({ keys: chord, label: chord, scope: "s", run: () => did.push(chord) })),
  );
}

function press(key: string, at = "button", with_: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...with_ });
  let handled = false;
  const listen = (heard: Event) => {
    handled = keys.press(heard as KeyboardEvent);
  };
  addEventListener("keydown", listen, { once: true });
  document.getElementById(at)?.dispatchEvent(event);
  return handled;
}

describe("a key", () => {
  it("is written the way bindings write it", () => {
    const chord = (init: KeyboardEventInit) => chordOf(new KeyboardEvent("keydown", init));
    expect(chord({ key: "K", ctrlKey: true })).toBe("mod+k");
    expect(chord({ key: "M", metaKey: true, shiftKey: true })).toBe("mod+shift+m");
    expect(chord({ key: "?", shiftKey: true })).toBe("?");
    expect(chord({ key: " " })).toBe("space");
    expect(chord({ key: "ArrowDown", shiftKey: true })).toBe("shift+arrowdown");
  });

  it("fires where nobody types", () => {
    bind("c");
    expect(press("c")).toBe(true);
    expect(did).toEqual(["c"]);
  });

  it.each(["line", "text", "combo", "item"])("of one letter never fires in %s", (place) => {
    bind("c", "1", "/");
    for (const key of ["c", "1", "/"]) expect(press(key, place)).toBe(false);
    expect(did).toEqual([]);
  });

  it("with a modifier fires in a field too, but Ctrl+Z there takes back letters", () => {
    bind("mod+k", "mod+z");
    press("k", "line", { ctrlKey: true });
    press("z", "line", { ctrlKey: true });
    press("z", "button", { ctrlKey: true });
    expect(did).toEqual(["mod+k", "mod+z"]);
  });

  it("leaves arrows and Enter to a field", () => {
    bind("arrowdown", "enter");
    expect(press("ArrowDown", "text")).toBe(false);
    expect(press("Enter", "line")).toBe(false);
  });

  it("of one letter can be switched off, sequences with it", () => {
    bind("c", "g b", "f8");
    keys.letters = false;
    press("c");
    press("g");
    press("b");
    press("F8");
    expect(did).toEqual(["f8"]);
  });

  it("begins a sequence, and what came between ends it", () => {
    bind("g b", "b");
    press("g");
    press("b");
    press("b");
    press("g");
    press("x");
    press("b");
    expect(did).toEqual(["g b", "b", "b"]);
  });

  it("belongs to whoever asked last, and returns when they leave", () => {
    bind("escape");
    const leave = keys.add([{ keys: "escape", label: "", scope: "", run: () => did.push("inner") }]);
    press("Escape");
    leave();
    press("Escape");
    expect(did).toEqual(["inner", "escape"]);
    expect(keys.list()).toHaveLength(1);
  });

  it("of one letter is kept for a page that is on its way; others fire as ever", () => {
    bind("c", "escape", "mod+k");
    const kept: string[] = [];
    const leave = keys.keep((event) => kept.push(event.key));
    press("c");
    press("c", "line");
    press("k", "button", { ctrlKey: true });
    press("Escape");
    leave();
    press("c");
    expect([kept, did]).toEqual([["c"], ["mod+k", "escape", "c"]]);
  });

  it("that somebody handled already is left alone", () => {
    bind("c");
    const event = new KeyboardEvent("keydown", { key: "c", cancelable: true });
    event.preventDefault();
    expect(keys.press(event)).toBe(false);
  });
});
