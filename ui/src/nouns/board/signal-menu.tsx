// The "…" of a signal: what may become of it, each with its key or the reason why not. A signal moves to no column but
// by one of these.
import { useEffect, useLayoutEffect, useRef } from "react";
import { Menu, Popover } from "react-aria-components";
import type { SignalCard, Verb } from "../../bindings";
import { SIGNAL_DEEDS } from "../../commands/all";
import type { SignalDeed } from "../../commands/deed";
import { refusalOf } from "../../doing/begin";
import type { TypedAhead } from "../../parts/typed-ahead";
import { useSignal } from "../../records/hooks";
import styles from "./card-menu.module.css";
import { type MenuDeed, MenuDeeds } from "./menu-deeds";
import type { SignalMenuOpen } from "./moving";

interface Offered {
  readonly menu: SignalMenuOpen;
  /** What was typed before it was here. */
  readonly typed: TypedAhead;
  readonly onDeed: (verb: Verb) => void;
  readonly onClose: () => void;
}

/** The menu, beside what opened it; it goes with its signal. */
export function SignalMenu({ menu, typed, onDeed, onClose }: Offered) {
  const anchor = useRef(menu.anchor);
  anchor.current = menu.anchor;
  const signal = useSignal(menu.id);
  const gone = signal === undefined;
  const choose = (deed: SignalDeed | undefined) => {
    if (deed === undefined) return;
    onClose();
    onDeed(deed.verb);
  };
  const digit = (event: React.KeyboardEvent) => {
    const deed = deedOf(event.key);
    if (deed === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(deed);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it was typed once, for the menu as it opened
  useLayoutEffect(() => {
    const [first = ""] = typed.current;
    typed.current = "";
    choose(deedOf(first));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it goes when the signal does, whoever is told of it then
  useEffect(() => {
    if (gone) onClose();
  }, [gone]);
  if (gone) return null;
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      aria-label="Actions"
      onOpenChange={(open) => !open && onClose()}
      placement="bottom end"
      className={styles.popover ?? ""}
    >
      <div role="presentation" onKeyDownCapture={digit}>
        <Menu
          aria-label={`Actions for ${signal.summary}`}
          autoFocus="first"
          className={styles.menu ?? ""}
          onAction={(key) => choose(SIGNAL_DEEDS.find((one) => one.verb === key))}
        >
          <MenuDeeds deeds={deedsOf(signal)} open />
          <MenuDeeds deeds={deedsOf(signal)} open={false} />
        </Menu>
      </div>
    </Popover>
  );
}

function deedOf(key: string): SignalDeed | undefined {
  return SIGNAL_DEEDS.find((deed) => deed.keys === key);
}

function deedsOf(signal: SignalCard): readonly MenuDeed[] {
  return SIGNAL_DEEDS.map((deed) => ({ deed, label: deed.label, refusal: refusalOf(signal, deed.verb) }));
}
