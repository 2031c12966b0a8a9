// The "…" of a signal: what may become of it, each with its key or the reason why not. A signal moves to no column but
// by one of these.
import { useEffect, useLayoutEffect, useRef } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover } from "react-aria-components";
import type { SignalCard, Verb } from "../../bindings";
import { SIGNAL_DEEDS } from "../../commands/all";
import type { SignalDeed } from "../../commands/deed";
import { refusalOf } from "../../doing/begin";
import { Icon } from "../../parts/icon";
import { Keys } from "../../parts/keys";
import type { TypedAhead } from "../../parts/typed-ahead";
import { useSignal } from "../../records/hooks";
import styles from "./card-menu.module.css";
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
          <Deeds signal={signal} open />
          <Deeds signal={signal} open={false} />
        </Menu>
      </div>
    </Popover>
  );
}

function deedOf(key: string): SignalDeed | undefined {
  return SIGNAL_DEEDS.find((deed) => deed.keys === key);
}

function Deeds({ signal, open }: { signal: SignalCard; open: boolean }) {
  const deeds = SIGNAL_DEEDS.flatMap((deed) => {
    const refusal = refusalOf(signal, deed.verb);
    return (refusal === null) === open ? [{ deed, refusal }] : [];
  });
  if (deeds.length === 0) return null;
  return (
    <MenuSection>
      <Header className={styles.header ?? ""}>{open ? "Do" : "Not now"}</Header>
      {deeds.map(({ deed, refusal }) => (
        <MenuItem
          key={deed.verb}
          id={deed.verb}
          textValue={deed.label}
          isDisabled={!open}
          className={styles.item ?? ""}
        >
          <Icon name={deed.icon} />
          <span>{deed.label}</span>
          {refusal && <span className={styles.reason}>{refusal.what}</span>}
          {open && deed.keys && <Keys keys={deed.keys} />}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
