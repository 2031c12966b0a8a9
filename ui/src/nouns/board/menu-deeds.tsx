// The deeds in a "…" menu: those that may be done, each with its key, and those that may not, with the reason.
import { Header, MenuItem, MenuSection } from "react-aria-components";
import type { Refusal } from "../../bindings";
import type { IncidentDeed, SignalDeed } from "../../commands/deed";
import { Icon } from "../../parts/icon";
import { Keys } from "../../parts/keys";
import styles from "./card-menu.module.css";

export interface MenuDeed {
  readonly deed: IncidentDeed | SignalDeed;
  /** How it is called on this very subject. */
  readonly label: string;
  readonly refusal: Refusal | null;
}

/** Of these deeds the ones that are open, or the ones that are not; nothing where there are none. */
export function MenuDeeds({ deeds, open }: { deeds: readonly MenuDeed[]; open: boolean }) {
  const shown = deeds.filter(({ refusal }) => (refusal === null) === open);
  if (shown.length === 0) return null;
  return (
    <MenuSection>
      <Header className={styles.header ?? ""}>{open ? "Do" : "Not now"}</Header>
      {shown.map(({ deed, label, refusal }) => (
        <MenuItem
          key={deed.verb}
          id={deed.verb}
          textValue={deed.label}
          isDisabled={!open}
          className={styles.item ?? ""}
        >
          <Icon name={deed.icon} />
          <span>{label}</span>
          {refusal && <span className={styles.reason}>{refusal.what}</span>}
          {open && deed.keys && <Keys keys={deed.keys} />}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
